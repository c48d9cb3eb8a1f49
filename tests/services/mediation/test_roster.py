"""Who claims what, and who speaks for them."""

from __future__ import annotations

from datetime import date

import pytest

from services.mediation.domain import refusals
from shared.kernel.errors import Refusal
from shared.kernel.ids import new_id
from shared.kernel.money import MAX_FEN, AmountInvalid
from tests.services.mediation import samples as s


def test_the_roster_counts_people_and_money() -> None:
    dispute = s.applied([100, 250])
    assert (dispute.headcount, dispute.claimed_fen, dispute.is_collective) == (2, 350, False)
    assert s.applied([1] * 9).is_collective is False
    assert s.applied([1] * 10).is_collective is True


def test_a_worker_of_another_employer_is_refused_at_their_place() -> None:
    dispute, roster = s.applied(), s.claims_of([1, 2, 3])
    employers: dict[str, str | None] = {told["worker_id"]: s.EMPLOYER for told in roster}
    employers[roster[1]["worker_id"]] = new_id()
    with pytest.raises(refusals.ClaimantOfAnotherEmployer) as refused:
        dispute.add_claimants(roster, employers, s.RULE)
    assert refused.value.pointer == "/claimants/1/worker_id"
    assert dispute.claims == []


def test_a_worker_without_an_employer_is_no_claimant() -> None:
    dispute, roster = s.applied(), s.claims_of([1])
    with pytest.raises(refusals.ClaimantOfAnotherEmployer):
        dispute.add_claimants(roster, {roster[0]["worker_id"]: None}, s.RULE)


def test_an_unknown_worker_is_refused() -> None:
    with pytest.raises(refusals.ClaimantUnknown):
        s.applied().add_claimants(s.claims_of([1]), {}, s.RULE)


def test_nobody_claims_twice() -> None:
    dispute, roster = s.applied(), s.claims_of([1])
    employers = {roster[0]["worker_id"]: s.EMPLOYER}
    with pytest.raises(refusals.ClaimantTwice) as refused:
        dispute.add_claimants([*roster, *roster], employers, s.RULE)
    assert refused.value.pointer == "/claimants/1/worker_id"
    dispute.add_claimants(roster, employers, s.RULE)
    with pytest.raises(refusals.ClaimantTwice):
        dispute.add_claimants(roster, employers, s.RULE)


def test_a_period_does_not_run_backwards() -> None:
    roster = s.claims_of([1])
    roster[0]["period_to"] = date(2025, 10, 31)
    with pytest.raises(refusals.PeriodReversed) as refused:
        s.applied().add_claimants(roster, {roster[0]["worker_id"]: s.EMPLOYER}, s.RULE)
    assert refused.value.pointer == "/claimants/0/period_to"


def test_a_roster_has_limits() -> None:
    with pytest.raises(refusals.RosterFull):
        s.applied([1] * 2001)
    with pytest.raises(AmountInvalid):
        s.applied([MAX_FEN, MAX_FEN])


@pytest.mark.parametrize("chosen", [2, 6])
def test_too_few_or_too_many_representatives(chosen: int) -> None:
    dispute = s.applied([1] * 12)
    with pytest.raises(refusals.RepresentativesWrong, match="3 to 5"):
        dispute.choose_representatives([claim.worker_id for claim in dispute.claims[:chosen]], s.RULE)


def test_representatives_come_from_the_roster_each_once() -> None:
    dispute = s.applied([1] * 12)
    two = [claim.worker_id for claim in dispute.claims[:2]]
    for wrong in ([*two, new_id()], [*two, two[0]]):
        with pytest.raises(refusals.RepresentativesWrong):
            dispute.choose_representatives(wrong, s.RULE)
    dispute.choose_representatives([claim.worker_id for claim in dispute.claims[:3]], s.RULE)
    assert len(dispute.representative_ids) == 3


def test_a_small_dispute_has_no_representatives() -> None:
    dispute = s.applied([1] * 9)
    with pytest.raises(refusals.NotCollective):
        dispute.choose_representatives([claim.worker_id for claim in dispute.claims[:3]], s.RULE)


def test_a_case_needs_claimants_and_two_willing_sides() -> None:
    with pytest.raises(refusals.NoClaimants):
        s.applied().accept("TJ37020220260000019", True, True, s.APPLIED_ON)
    for willing in ((True, False), (False, True)):
        with pytest.raises(refusals.BothSidesMustBeWilling):
            s.applied([1]).accept("TJ37020220260000019", *willing, s.APPLIED_ON)


def test_the_case_tells_what_it_is() -> None:
    dispute = s.applied([1] * 43)
    dispute.accept("TJ37020220260000019", True, True, s.APPLIED_ON)
    told = s.told(dispute, "dispute_accepted")[0]
    assert (told["headcount"], told["is_collective"], told["kind"]) == (43, True, "WAGE")


def assign_refusals() -> list[tuple[int, list[object], object, type[Refusal]]]:
    plain, retired = s.mediator(is_chief=False), s.mediator()
    retired.retire()
    return [
        (10, [plain], s.lawyer(), refusals.ChiefMediatorNeeded),
        (10, [s.mediator()], None, refusals.DutyLawyerNeeded),
        (1, [retired], None, refusals.MediatorUnfit),
        (1, [s.mediator()], s.lawyer(is_active=False), refusals.LawyerUnfit),
        (1, [s.mediator()], s.lawyer(clients=[s.EMPLOYER]), refusals.LawyerUnfit),
    ]


@pytest.mark.parametrize(("headcount", "mediators", "lawyer", "refusal"), assign_refusals())
def test_who_may_not_mediate(headcount: int, mediators: list, lawyer: object, refusal: type[Refusal]) -> None:
    dispute = s.applied([1] * headcount)
    dispute.accept("TJ37020220260000019", True, True, s.APPLIED_ON)
    with pytest.raises(refusal):
        dispute.assign_mediators(mediators, lawyer)
    assert dispute.state == "ACCEPTED"


def test_a_small_case_needs_neither_chief_nor_lawyer() -> None:
    dispute = s.applied([1])
    dispute.accept("TJ37020220260000019", True, True, s.APPLIED_ON)
    dispute.assign_mediators([s.mediator(is_chief=False)], None)
    assert s.told(dispute, "mediators_assigned")[0]["duty_lawyer_id"] is None
