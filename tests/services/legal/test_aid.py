"""Legal aid: exemption, decision, urgency, objection, conflict of interest, periods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.legal.domain import refusals
from services.legal.domain.aid import BASES, EXEMPT_MATTERS, MATTERS
from shared.contracts.legal import schemas
from shared.kernel.errors import DayInFuture, SamePerson
from tests.services.legal import samples as s


def test_the_contract_names_the_codes_of_the_domain() -> None:
    assert (schemas.MATTERS, schemas.BASES) == (MATTERS, BASES)


@given(st.sampled_from(MATTERS), st.lists(st.booleans(), min_size=1, max_size=5))
def test_exempt_only_if_all_are_migrants_and_claim_pay_or_injury(matter: str, migrants: list[bool]) -> None:
    case = s.applied(matter, migrants)
    is_exempt = matter in ("WAGE", "WORK_INJURY") and all(migrants)
    assert case.basis == ("EXEMPT_MIGRANT_WAGE" if is_exempt else None)
    if is_exempt:
        case.grant(s.CASE_NO, "EXEMPT_MIGRANT_WAGE", None, "officer", s.ON)
        assert case.state == "GRANTED"
    else:
        with pytest.raises(refusals.NotExempt):
            case.grant(s.CASE_NO, "EXEMPT_MIGRANT_WAGE", None, "officer", s.ON)
        assert case.state == "RECEIVED"


def test_injury_exemption_is_for_injuries() -> None:
    with pytest.raises(refusals.NotExempt):
        s.applied("WAGE").grant(s.CASE_NO, "EXEMPT_WORK_INJURY", None, "officer", s.ON)
    s.applied("WORK_INJURY").grant(s.CASE_NO, "EXEMPT_WORK_INJURY", None, "officer", s.ON)


@pytest.mark.parametrize("basis", sorted(set(BASES) - set(EXEMPT_MATTERS)))
def test_every_other_basis_needs_evidence(basis: str) -> None:
    case = s.applied(migrants=[False])
    with pytest.raises(refusals.EvidenceNeeded):
        case.grant(s.CASE_NO, basis, None, "officer", s.ON)
    case.grant(s.CASE_NO, basis, "已核查低保证", "officer", s.ON)
    assert s.told(case, "legal_aid_granted")[0]["basis"] == basis


def test_the_periods() -> None:
    case = s.applied()
    assert case.decision_due_on == date(2026, 3, 9)
    case.grant(s.CASE_NO, "EXEMPT_MIGRANT_WAGE", None, "officer", date(2026, 3, 6))
    assert case.assign_due_on == date(2026, 3, 9)


def test_the_assignment_period_rolls_off_a_weekend() -> None:
    case = s.applied()
    case.grant(s.CASE_NO, "EXEMPT_MIGRANT_WAGE", None, "officer", date(2026, 3, 4))
    assert case.assign_due_on == date(2026, 3, 9)  # the third day is a Saturday


def test_what_is_missing_is_told_once_and_waiting_does_not_count() -> None:
    case = s.applied()
    case.ask_supplement(["劳动合同"], s.ON + timedelta(days=10), s.ON)
    case.supplement(s.ON + timedelta(days=4))
    assert case.decision_due_on == date(2026, 3, 13)
    with pytest.raises(refusals.SupplementAskedAlready):
        case.ask_supplement(["工资条"], s.ON + timedelta(days=10), s.ON)


def test_a_supplement_needs_time() -> None:
    with pytest.raises(refusals.DayBefore):
        s.applied().ask_supplement(["劳动合同"], s.ON, s.ON)


@pytest.mark.parametrize(("left_days", "is_urgent"), [(8, False), (7, False), (6, True), (0, True)])
def test_urgent_with_fewer_than_seven_days_left(left_days: int, is_urgent: bool) -> None:
    case = s.applied(limitation_on=s.ON + timedelta(days=left_days))
    assert case.is_urgent(s.ON) is is_urgent
    if is_urgent:
        case.grant_urgent(s.CASE_NO, "LIMITATION", "officer", s.ON)
        assert (case.state, case.is_provisional) == ("GRANTED", True)
    else:
        with pytest.raises(refusals.NotUrgent):
            case.grant_urgent(s.CASE_NO, "LIMITATION", "officer", s.ON)


def test_without_a_limitation_only_other_grounds_are_urgent() -> None:
    case = s.applied()
    with pytest.raises(refusals.NotUrgent):
        case.grant_urgent(s.CASE_NO, "LIMITATION", "officer", s.ON)
    case.grant_urgent(s.CASE_NO, "ADVANCE_EXECUTION", "officer", s.ON)
    assert s.told(case, "legal_aid_granted") == []


def test_the_check_after_an_urgent_grant() -> None:
    case = s.applied(migrants=[False])
    case.grant_urgent(s.CASE_NO, "PRESERVATION", "officer", s.ON)
    case.assign(s.lawyer(), [], s.ON)
    with pytest.raises(refusals.NotExempt):
        case.verify_means("EXEMPT_MIGRANT_WAGE", None)
    case.verify_means("PLEDGE", "诚信承诺书")
    assert (case.state, case.is_provisional) == ("ASSIGNED", False)
    assert s.told(case, "legal_aid_granted")[0]["basis"] == "PLEDGE"


@pytest.mark.parametrize("decide", [
    lambda c: c.grant(s.CASE_NO, "EXEMPT_MIGRANT_WAGE", None, "clerk", s.ON),
    lambda c: c.grant_urgent(s.CASE_NO, "PRESERVATION", "clerk", s.ON),
    lambda c: c.refuse("不在范围", "clerk", s.ON),
])
def test_who_applied_does_not_decide(decide: object) -> None:
    case = s.applied()
    with pytest.raises(SamePerson):
        decide(case)  # type: ignore[operator]
    assert case.state == "RECEIVED"


def refused() -> s.AidCase:
    case = s.applied()
    case.refuse("不在范围", "officer", s.ON)
    return case


def test_an_objection_is_reviewed_by_somebody_else() -> None:
    case = refused()
    case.object("应予援助", s.ON)
    assert case.objection_due_on == date(2026, 3, 9)  # the fifth day is a Saturday
    for review in (lambda: case.dismiss_objection("维持", "officer"),
                   lambda: case.uphold_objection(s.CASE_NO, "EXEMPT_MIGRANT_WAGE", None, "officer", s.ON)):
        with pytest.raises(SamePerson):
            review()
    case.uphold_objection(s.CASE_NO, "EXEMPT_MIGRANT_WAGE", None, "director", s.ON)
    assert case.state == "GRANTED"
    assert s.told(case, "objection_decided")[0]["is_upheld"] is True


def test_one_objection() -> None:
    case = refused()
    case.object("应予援助", s.ON)
    case.dismiss_objection("维持原决定", "director")
    with pytest.raises(refusals.ObjectedAlready):
        case.object("再次异议", s.ON)


def test_conflicts_of_interest() -> None:
    case, retired = s.granted(), s.lawyer()
    retired.retire()
    with pytest.raises(refusals.LawyerUnfit):
        case.assign(retired, [], s.ON)
    with pytest.raises(refusals.LawyerActsForEmployer):
        case.assign(s.lawyer(clients=[s.EMPLOYER]), [], s.ON)
    with pytest.raises(SamePerson):
        case.assign(s.lawyer("li"), ["zhang", "li"], s.ON)
    case.assign(s.lawyer("wang"), ["zhang", "li"], s.ON)
    assert s.told(case, "lawyer_assigned")[0]["lawyer_id"] == case.lawyer_id


def test_another_lawyer_on_request() -> None:
    case = s.assigned()
    case.start()
    case.assign(s.lawyer("second"), [], s.ON)
    assert (case.state, case.lawyer_account_id) == ("ASSIGNED", "second")
    case.check_lawyer("second")
    with pytest.raises(refusals.NotYourCase):
        case.check_lawyer("lawyer")


def test_a_case_to_its_end() -> None:
    case = s.assigned()
    case.start()
    case.report("ARBITRATION_FILED", s.ON, "仲裁委已立案", "lawyer")
    case.report("AWARD", s.ON, "裁决支付", "lawyer")
    case.close("WON", 80_000, s.ON)
    case.note_follow_up("电话回访,满意")
    assert [stage.number for stage in case.stages] == [1, 2]
    told = s.told(case, "legal_aid_case_closed")[0]
    assert (told["result"], told["case_no"], case.state) == ("WON", s.CASE_NO, "FOLLOWED_UP")


def test_no_application_from_tomorrow() -> None:
    with pytest.raises(DayInFuture):
        s.AidCase.apply(s.new_id(), s.PLACE, "clerk", s.NOW, matter="WAGE", source="WINDOW", summary="x",
                        received_on=s.ON + timedelta(days=1), applicants={s.new_id(): True})


def test_a_lawyer_says_when_they_sit() -> None:
    lawyer = s.lawyer()
    lawyer.update([5, 2, 2], ["b", "a", "a"])
    assert (lawyer.duty_weekdays, lawyer.client_employer_ids) == ([2, 5], ["a", "b"])
