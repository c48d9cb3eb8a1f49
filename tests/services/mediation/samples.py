"""Disputes as the domain makes them, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from services.mediation.domain.dispute import Dispute, DutyLawyer
from services.mediation.domain.mediator import Mediator
from services.mediation.domain.roster import RepresentationRule
from shared.kernel.clock import SHANGHAI
from shared.kernel.ids import new_id
from tests.services.desks import PLACE

EMPLOYER = new_id()
APPLIED_ON = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
RULE = RepresentationRule(10, 3, 5, "art. 7")


def claims_of(amounts_fen: Sequence[int]) -> list[dict[str, Any]]:
    """A roster with these claims, each of another worker."""
    return [{"worker_id": new_id(), "claimed_fen": amount, "period_from": date(2025, 11, 1),
             "period_to": date(2026, 1, 31)} for amount in amounts_fen]


def applied(amounts_fen: Sequence[int] = (), kind: str = "WAGE", **rest: Any) -> Dispute:
    """A dispute that has just been applied for, with these claims."""
    dispute = Dispute.apply(new_id(), PLACE, "clerk", NOW, kind=kind, employer_id=EMPLOYER, form="WRITTEN",
                            summary="拖欠工资", applied_on=APPLIED_ON, **rest)
    roster = claims_of(amounts_fen)
    if roster:
        dispute.add_claimants(roster, {told["worker_id"]: EMPLOYER for told in roster}, RULE)
    return dispute


def mediator(*, is_chief: bool = True, account_id: str = "mediator") -> Mediator:
    return Mediator(new_id(), PLACE, "李调解", account_id, is_chief, NOW)


def lawyer(account_id: str = "lawyer", clients: Sequence[str] = (), *, is_active: bool = True) -> DutyLawyer:
    return DutyLawyer(new_id(), account_id, is_active, clients)


def in_mediation(amounts_fen: Sequence[int], **rest: Any) -> Dispute:
    dispute = applied(amounts_fen, **rest)
    dispute.accept("TJ37020220260000019", True, True, APPLIED_ON)
    dispute.assign_mediators([mediator()], lawyer())
    return dispute


def finding(acknowledges_fen: int | None, *, undisputed: bool = True, short_term: bool = True) -> dict[str, Any]:
    return {"held_on": APPLIED_ON, "minutes": "银行转账延迟", "cause": "BANK_TRANSFER_DELAY",
            "wages_undisputed": undisputed, "employer_acknowledges_fen": acknowledges_fen,
            "short_term_inability": short_term}


def with_facts(amounts_fen: Sequence[int], **rest: Any) -> Dispute:
    """In mediation, and the session has found all that an advance needs."""
    dispute = in_mediation(amounts_fen, **rest)
    dispute.hold_session(APPLIED_ON, "mediator", finding(dispute.claimed_fen))
    return dispute


def advanced(amounts_fen: Sequence[int], total_fen: int) -> tuple[Dispute, str]:
    """The union has paid an advance; the dispute, and relief's id of the advance."""
    dispute, advance_id = with_facts(amounts_fen), new_id()
    dispute.request_wage_advance(total_fen, None, "mediator", APPLIED_ON)
    advance = dispute.advance_of(advance_id)
    assert advance is not None
    dispute.advance_disbursed(advance, total_fen, dispute.happened[-1].data["lines"])
    return dispute, advance_id


def signatures(on: date = APPLIED_ON, *, without: str = "") -> list[dict[str, Any]]:
    parties = ("EMPLOYER", "CLAIMANTS", "MEDIATOR", "ORGANISATION_SEAL")
    return [{"party": party, "signed_on": on} for party in parties if party != without]


def owed(kind: str, amount_fen: int, days: int = 30) -> dict[str, Any]:
    return {"kind": kind, "amount_fen": amount_fen, "due_on": APPLIED_ON + timedelta(days=days)}


def agree(dispute: Dispute, *obligations: dict[str, Any]) -> None:
    dispute.agree("XY37020220260000011", obligations, signatures(), APPLIED_ON, True, APPLIED_ON)


def told(dispute: Any, name: str) -> list[dict[str, Any]]:
    """What a dispute has told under this name."""
    return [happened.data for happened in dispute.happened if happened.event == name]
