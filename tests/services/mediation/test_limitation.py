"""Limitation and the periods of mediation, with the days of 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.mediation.domain import refusals
from services.mediation.domain.limitation import limitation_on
from shared.kernel.errors import DayInFuture
from tests.services.mediation import samples as s


@pytest.mark.parametrize(("kind", "knew_on", "ended_on", "expected"), [
    ("WAGE", date(2025, 6, 10), None, None),  # arrears while the employment lasts: no limitation
    ("WAGE", date(2025, 6, 10), date(2025, 9, 15), date(2026, 9, 15)),
    ("SEVERANCE", date(2025, 6, 10), date(2025, 9, 15), date(2026, 6, 10)),
    ("SEVERANCE", date(2025, 2, 15), None, date(2026, 2, 24)),  # the last day lies in the Spring Festival of 2026
    ("SEVERANCE", None, None, None),
])
def test_limitation(kind: str, knew_on: date | None, ended_on: date | None, expected: date | None) -> None:
    assert limitation_on(kind, knew_on, ended_on) == expected


def test_the_periods_run_from_the_application() -> None:
    dispute = s.applied()
    assert dispute.acceptance_due_on == date(2026, 3, 5)
    assert dispute.mediation_due_on == date(2026, 3, 17)


def test_no_application_from_tomorrow() -> None:
    with pytest.raises(DayInFuture):
        s.Dispute.apply(s.new_id(), s.PLACE, "clerk", s.NOW, kind="WAGE", employer_id=s.EMPLOYER, form="ORAL",
                        summary="口头申请", applied_on=s.APPLIED_ON + timedelta(days=1))


def test_both_sides_may_extend() -> None:
    dispute = s.in_mediation([100])
    later = dispute.mediation_due_on + timedelta(days=10)
    for due_on, both in ((later, False), (dispute.mediation_due_on, True)):
        with pytest.raises(refusals.ExtensionNotLater):
            dispute.extend(due_on, both)
    dispute.extend(later, True)
    assert dispute.mediation_due_on == later
    assert s.told(dispute, "mediation_extended") == [
        {"dispute_id": dispute.id, "case_no": dispute.case_no, "due_on": later}]


def test_a_failure_carries_what_legal_aid_needs() -> None:
    dispute = s.in_mediation([100, 200], has_consent=True, termination_on=date(2025, 9, 15))
    dispute.fail("未达成一致", s.APPLIED_ON)
    told = s.told(dispute, "mediation_failed")[0]
    assert told["claimant_ids"] == [claim.worker_id for claim in dispute.claims]
    assert (told["claimed_fen"], told["has_consent"], told["limitation_on"]) == (300, True, date(2026, 9, 15))


def test_consent_may_change_at_the_end() -> None:
    dispute = s.in_mediation([100], has_consent=True)
    dispute.fail("未达成一致", s.APPLIED_ON, has_consent=False)
    assert s.told(dispute, "mediation_failed")[0]["has_consent"] is False
