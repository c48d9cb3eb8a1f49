"""Agreements: form, obligations, performance and default."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain import refusals
from services.mediation.domain.dispute import Dispute
from shared.kernel.ids import new_id
from tests.services.mediation import samples as s


@pytest.mark.parametrize("party", ["EMPLOYER", "CLAIMANTS", "MEDIATOR", "ORGANISATION_SEAL"])
def test_all_have_to_sign(party: str) -> None:
    dispute = s.in_mediation([1000])
    with pytest.raises(refusals.AgreementNotSigned, match=party):
        dispute.agree("XY", [s.owed("PAY_WORKERS", 1000)], s.signatures(without=party), s.APPLIED_ON, True,
                      s.APPLIED_ON)
    assert dispute.state == "IN_MEDIATION"


def test_it_takes_effect_with_the_last_signature_or_later() -> None:
    dispute, signed_on = s.in_mediation([1000]), s.APPLIED_ON + timedelta(days=1)
    with pytest.raises(refusals.EffectiveTooEarly):
        dispute.agree("XY", [s.owed("PAY_WORKERS", 1000)], s.signatures(signed_on), s.APPLIED_ON, True, signed_on)


def test_representatives_need_the_consent_of_all() -> None:
    dispute = s.in_mediation([100] * 10)
    with pytest.raises(refusals.RepresentedMustConsent):
        dispute.agree("XY", [s.owed("PAY_WORKERS", 1000)], s.signatures(), s.APPLIED_ON, False, s.APPLIED_ON)


def test_a_small_group_needs_no_consent_of_represented() -> None:
    dispute = s.in_mediation([100])
    dispute.agree("XY", [s.owed("PAY_WORKERS", 100)], s.signatures(), s.APPLIED_ON, False, s.APPLIED_ON)
    assert dispute.state == "AGREED"


def test_nothing_is_due_before_the_agreement() -> None:
    with pytest.raises(refusals.ObligationDueTooEarly) as refused:
        s.agree(s.in_mediation([1000]), s.owed("PAY_WORKERS", 500), s.owed("PAY_WORKERS", 500, days=-1))
    assert refused.value.pointer == "/obligations/1/due_on"


def test_the_deadlines_after_an_agreement() -> None:
    dispute = s.in_mediation([1000])
    s.agree(dispute, s.owed("PAY_WORKERS", 1000))
    assert dispute.review_due_on == date(2026, 3, 17)
    assert dispute.confirmation_due_on == date(2026, 4, 1)
    told = s.told(dispute, "mediation_agreed")[0]
    assert (told["obligations_count"], told["effective_on"]) == (1, s.APPLIED_ON)


def test_without_an_advance_nothing_goes_back_to_the_union() -> None:
    with pytest.raises(refusals.RepayAboveAdvance):
        s.agree(s.in_mediation([1000]), s.owed("REPAY_UNION", 1))


def test_a_requested_advance_is_not_yet_a_paid_one() -> None:
    dispute = s.with_facts([1000])
    dispute.request_wage_advance(600, None, "mediator", s.APPLIED_ON)
    with pytest.raises(refusals.RepayAboveAdvance):
        s.agree(dispute, s.owed("REPAY_UNION", 600))


def test_the_union_gets_back_at_most_what_it_paid() -> None:
    dispute, _ = s.advanced([1000], 600)
    with pytest.raises(refusals.RepayAboveAdvance):
        s.agree(dispute, s.owed("REPAY_UNION", 300), s.owed("REPAY_UNION", 301))
    s.agree(dispute, s.owed("REPAY_UNION", 300), s.owed("REPAY_UNION", 300))


def test_no_worker_is_paid_twice() -> None:
    dispute, _ = s.advanced([1000], 600)
    with pytest.raises(refusals.PaidTwice):
        s.agree(dispute, s.owed("REPAY_UNION", 600), s.owed("PAY_WORKERS", 401))
    s.agree(dispute, s.owed("REPAY_UNION", 600), s.owed("PAY_WORKERS", 400))


def agreed(*amounts_fen: int) -> Dispute:
    dispute = s.in_mediation([sum(amounts_fen)])
    s.agree(dispute, *[s.owed("PAY_WORKERS", amount) for amount in amounts_fen])
    return dispute


@given(st.lists(st.integers(1, 500), min_size=1, max_size=4), st.data())
def test_performed_when_the_last_fen_is_paid(amounts: list[int], data: st.DataObject) -> None:
    dispute = agreed(*amounts)
    while dispute.state == "AGREED":
        owed = data.draw(st.sampled_from([one for one in dispute.obligations if not one.is_done]))
        dispute.record_performance(owed.id, data.draw(st.integers(1, owed.amount_fen - owed.done_fen)), s.APPLIED_ON)
        assert dispute.state == ("PERFORMED" if all(one.is_done for one in dispute.obligations) else "AGREED")
    assert sum(one.done_fen for one in dispute.obligations) == sum(amounts)
    assert len(s.told(dispute, "mediation_performed")) == 1


def test_nothing_is_paid_above_what_is_owed() -> None:
    dispute = agreed(500)
    dispute.record_performance(dispute.obligations[0].id, 300, s.APPLIED_ON)
    with pytest.raises(refusals.PerformanceAboveObligation) as refused:
        dispute.record_performance(dispute.obligations[0].id, 201, s.APPLIED_ON)
    assert refused.value.params["rest_fen"] == 200


def test_an_obligation_of_another_agreement() -> None:
    with pytest.raises(refusals.ObligationUnknown):
        agreed(500).record_performance(new_id(), 1, s.APPLIED_ON)


def test_the_cashier_records_what_the_union_gets() -> None:
    dispute, _ = s.advanced([1000], 600)
    s.agree(dispute, s.owed("REPAY_UNION", 600))
    with pytest.raises(refusals.RecordedByRelief):
        dispute.record_performance(dispute.obligations[0].id, 600, s.APPLIED_ON)


def test_two_repayments_fill_the_earlier_obligation_first() -> None:
    dispute, advance_id = s.advanced([1000], 600)
    s.agree(dispute, s.owed("REPAY_UNION", 400, days=60), s.owed("REPAY_UNION", 200, days=30))
    dispute.advance_repaid(advance_id, 250, False, s.APPLIED_ON)
    assert [one.done_fen for one in dispute.obligations] == [50, 200]
    assert dispute.obligations[1].done_on == s.APPLIED_ON
    dispute.advance_repaid(advance_id, 600, True, s.APPLIED_ON)
    assert dispute.state == "PERFORMED"


def test_an_agreement_after_the_repayment_is_performed_at_once() -> None:
    dispute, advance_id = s.advanced([1000], 600)
    dispute.advance_repaid(advance_id, 600, True, s.APPLIED_ON)
    assert dispute.state == "IN_MEDIATION"
    s.agree(dispute, s.owed("REPAY_UNION", 600))
    assert dispute.state == "PERFORMED"
    assert [happened.event for happened in dispute.happened][-2:] == ["mediation_agreed", "mediation_performed"]


def test_repaid_but_wages_still_owed() -> None:
    dispute, advance_id = s.advanced([1000], 600)
    s.agree(dispute, s.owed("REPAY_UNION", 600), s.owed("PAY_WORKERS", 400))
    dispute.advance_repaid(advance_id, 600, True, s.APPLIED_ON)
    assert dispute.state == "AGREED"
    dispute.record_performance(dispute.obligations[1].id, 400, s.APPLIED_ON)
    assert dispute.state == "PERFORMED"


def test_an_overdue_advance_puts_the_agreement_in_default() -> None:
    dispute, advance_id = s.advanced([1000], 600)
    s.agree(dispute, s.owed("REPAY_UNION", 600))
    dispute.advance_overdue(advance_id)
    assert (dispute.state, dispute.is_at_risk) == ("DEFAULTED", True)
    dispute.advance_overdue(advance_id)
    assert len(s.told(dispute, "mediation_defaulted")) == 1


def test_overdue_before_the_agreement_is_a_risk() -> None:
    dispute, advance_id = s.advanced([1000], 600)
    dispute.advance_overdue(advance_id)
    assert (dispute.state, dispute.is_at_risk) == ("IN_MEDIATION", True)


def test_late_news_that_it_was_overdue() -> None:
    dispute, advance_id = s.advanced([1000], 600)
    s.agree(dispute, s.owed("REPAY_UNION", 600))
    dispute.advance_repaid(advance_id, 600, True, s.APPLIED_ON)
    dispute.advance_overdue(advance_id)
    assert (dispute.state, dispute.is_at_risk) == ("PERFORMED", False)


def test_a_late_performance_ends_the_default() -> None:
    dispute = agreed(500)
    dispute.pass_due()
    dispute.record_performance(dispute.obligations[0].id, 500, s.APPLIED_ON)
    assert (dispute.state, dispute.is_at_risk) == ("PERFORMED", False)


def test_closing_keeps_the_state_and_happens_once() -> None:
    dispute = agreed(500)
    dispute.record_performance(dispute.obligations[0].id, 500, s.APPLIED_ON)
    dispute.close(s.APPLIED_ON)
    assert (dispute.state, dispute.outcome, dispute.closed_on) == ("PERFORMED", "PERFORMED", s.APPLIED_ON)
    with pytest.raises(refusals.AlreadyClosed):
        dispute.close(s.APPLIED_ON)


def test_a_failed_case_is_referred_before_it_is_closed() -> None:
    dispute = s.in_mediation([500])
    dispute.fail("未达成一致", s.APPLIED_ON)
    dispute.refer("可在时效内申请仲裁")
    dispute.close(s.APPLIED_ON)
    assert dispute.outcome == "REFERRED"
    failed = s.in_mediation([500])
    failed.fail("未达成一致", s.APPLIED_ON)
    failed.close(s.APPLIED_ON)
    with pytest.raises(refusals.AlreadyClosed):
        failed.refer("可在时效内申请仲裁")
