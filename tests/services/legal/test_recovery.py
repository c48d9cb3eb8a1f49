"""Recovery of an overdue advance, and duty calls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.legal.domain import refusals
from shared.kernel.errors import DayInFuture
from tests.services.legal import samples as s


def test_the_payment_order_and_its_days() -> None:
    case = s.recovery()
    case.seek_order("CLAIM_ASSIGNMENT", "某某区人民法院", s.ON, s.ON)
    assert case.notify_due_on == date(2026, 3, 9)  # the fifth day is a Saturday
    case.issue_order("(2026)鲁0202民督1号", s.ON, s.ON)
    assert case.object_due_on == date(2026, 3, 17)
    case.recover("银行到账", s.ON)
    assert [happened.event for happened in case.happened] == [
        "recovery_case_opened", "recovery_order_sought", "recovery_order_issued", "recovery_case_recovered"]


@pytest.mark.parametrize(("sought_on", "refusal"), [
    (s.ON + timedelta(days=1), DayInFuture),
    (date(2026, 2, 19), refusals.DayBefore),
])
def test_no_order_before_it_is_due_or_from_tomorrow(sought_on: date, refusal: type[Exception]) -> None:
    case = s.recovery()
    with pytest.raises(refusal):
        case.seek_order("UNDERTAKING", "某某区人民法院", sought_on, s.ON)
    assert case.state == "OPEN"


def test_no_order_is_served_before_it_was_sought() -> None:
    case = s.recovery()
    case.seek_order("UNDERTAKING", "某某区人民法院", s.ON, s.ON)
    with pytest.raises(refusals.DayBefore):
        case.issue_order("1", s.ON - timedelta(days=1), s.ON)


@given(st.permutations([400, 150, 0]), st.booleans())
def test_repayments_in_any_order(balances: list[int], twice: bool) -> None:
    case = s.recovery(600)
    for balance in balances + balances * twice:
        case.receive(balance, balance == 0, s.ON)
    assert (case.state, case.balance_fen) == ("RECOVERED", 0)
    assert len(s.told(case, "recovery_case_recovered")) == 1


def test_a_closed_recovery_hears_nothing_more() -> None:
    case = s.recovery(600)
    case.close("债务人破产", s.ON)
    case.receive(0, True, s.ON)
    assert (case.state, case.balance_fen) == ("CLOSED", 600)


def test_a_duty_lawyer_does_not_act_for_the_employer() -> None:
    call = s.duty_call()
    with pytest.raises(refusals.LawyerUnfit):
        call.assign(s.lawyer(clients=[s.EMPLOYER]))
    call.assign(s.lawyer())
    assert [told["lawyer_id"] for told in s.told(call, "duty_lawyer_called")] == [None, call.lawyer_id]
