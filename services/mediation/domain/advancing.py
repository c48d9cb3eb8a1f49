"""Wage advances (工资垫付) as mediation sees them: asked for here, decided and paid in relief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.mediation.domain import refusals
from services.mediation.domain.roster import Claim, Roster
from services.mediation.domain.session import Session
from shared.kernel.errors import Refusal
from shared.kernel.ids import new_id
from shared.kernel.money import apportion

#: how far relief has come with it; news of an earlier stage that arrives late changes nothing
STAGES = ("REQUESTED", "PROPOSED", "APPROVED", "DISBURSED", "OVERDUE", "WRITTEN_OFF", "REPAID")
PAID_STAGES = ("DISBURSED", "OVERDUE", "WRITTEN_OFF", "REPAID")
REFUSED = "REFUSED"


@dataclass(eq=False)
class Advance:
    """One request for an advance. `advance_id` is relief's record of it; amounts in fen."""

    id: str
    number: int
    total_fen: int
    reason: str
    requested_by: str
    requested_on: date
    state: str = "REQUESTED"
    advance_id: str | None = None
    advance_no: str | None = None
    repaid_fen: int = 0
    refusal: str | None = None

    def reach(self, stage: str) -> None:
        if self.state != REFUSED and STAGES.index(stage) > STAGES.index(self.state):
            self.state = stage

    @property
    def is_paid(self) -> bool:
        return self.state in PAID_STAGES


class Advancing(Roster):
    """The part of a dispute that is about wage advances."""

    kind: str
    case_no: str | None
    sessions: list[Session]
    advances: list[Advance]

    def request_wage_advance(self, total_fen: int, reason: str | None, by: str, on: date) -> None:
        """Ask relief for an advance of `total_fen` in all, divided by what each claims.

        Raises SecondAdvance, AdvanceNotPossible, AdvanceAboveClaims.
        """
        self.machine.next(self.state, "request_wage_advance")
        found = self._check_advance(total_fen)
        advance = Advance(new_id(), len(self.advances) + 1, total_fen, reason or found.cause, by, on)
        self.advances.append(advance)
        lines = self._share_out(advance)
        self.move("request_wage_advance")
        self.record("wage_advance_requested", dispute_id=self.id, case_no=self.case_no, employer_id=self.employer_id,
                    reason=advance.reason, total_fen=total_fen, requested_by=by, lines=lines)

    def _check_advance(self, total_fen: int) -> Session:
        for claim in self.claims:
            if claim.advance_state not in (None, REFUSED):
                raise refusals.SecondAdvance(advance_state=claim.advance_state)
        found = self._verified()
        most_fen = self.advanceable_fen
        if total_fen > most_fen:
            raise refusals.AdvanceAboveClaims(pointer="/total_fen", total_fen=total_fen, most_fen=most_fen)
        return found

    def _verified(self) -> Session:
        """The session whose finding allows an advance. Raises AdvanceNotPossible."""
        found = self.sessions[-1] if self.sessions else None
        if self.kind != "WAGE":
            raise _impossible("不是劳动报酬争议", "the dispute is not about wages")
        if found is None:
            raise _impossible("尚未召开调解会查明事实", "no session has found the facts yet")
        _check_finding(found)
        return found

    @property
    def advanceable_fen(self) -> int:
        """The most that can be advanced in all, in fen: what is claimed, as far as the employer acknowledges it."""
        acknowledged_fen = self.sessions[-1].employer_acknowledges_fen if self.sessions else None
        return min(self.claimed_fen, acknowledged_fen or 0)

    @property
    def advance_obstacle(self) -> Refusal | None:
        """Why nobody may propose an advance for the case as it stands; None when somebody may."""
        if "request_wage_advance" not in self.machine.allowed(self.state):
            return _impossible(f"案件不在调解中({self.state})", f"the case is not in mediation ({self.state})")
        try:
            self._verified()
        except Refusal as refusal:
            return refusal
        return None

    def _share_out(self, advance: Advance) -> list[dict[str, Any]]:
        """Each line follows the worker's own claim; a claim whose share is less than a fen gets no line."""
        shares = apportion(advance.total_fen, [claim.claimed_fen for claim in self.claims])
        lines = [(claim, share) for claim, share in zip(self.claims, shares, strict=True) if share]
        for claim, _ in lines:
            claim.request_id, claim.advance_state = advance.id, advance.state
        return [{"claim_id": claim.id, "worker_id": claim.worker_id, "claimed_fen": claim.claimed_fen,
                 "advanced_fen": share} for claim, share in lines]

    # -- what relief tells -------------------------------------------------------------------------------------

    def advance_of(self, advance_id: str) -> Advance | None:
        """The request that became relief's advance `advance_id`, or the one that still waits for its answer."""
        known = [advance for advance in self.advances if advance.advance_id == advance_id]
        waiting = [advance for advance in self.advances if advance.advance_id is None]
        found = next(iter(known or waiting), None)
        if found is not None:
            found.advance_id = advance_id
        return found

    def adopt_advance(self, advance_id: str, total_fen: int, by: str, on: date) -> Advance:
        """An advance that relief proposed of its own accord."""
        reason = self.sessions[-1].cause if self.sessions else "OTHER"
        advance = Advance(new_id(), len(self.advances) + 1, total_fen, reason, by, on, advance_id=advance_id)
        self.advances.append(advance)
        return advance

    def advance_reached(self, advance: Advance, stage: str) -> None:
        """Note how far relief has come."""
        advance.reach(stage)
        self._mark(advance)

    def advance_refused(self, advance: Advance, reason: str) -> None:
        """Refused before it was paid: the claims are free for another request."""
        if not advance.is_paid:
            advance.state, advance.refusal = REFUSED, reason[:500]
        self._mark(advance)

    def advance_disbursed(self, advance: Advance, total_fen: int, lines: Sequence[Mapping[str, Any]]) -> None:
        """The money has reached the workers; `lines` say who got how much. A claim that was asked for and is not there,
        because the employer has paid it, was not advanced."""
        advance.total_fen = total_fen
        paid = {line["claim_id"]: line["advanced_fen"] for line in lines}
        for claim in self.claims_under(advance):
            if claim.id not in paid:
                claim.request_id, claim.advance_state = None, REFUSED
        for claim in self.claims:
            if claim.id in paid:
                claim.request_id, claim.advanced_fen = advance.id, paid[claim.id]
        self.advance_reached(advance, "DISBURSED")

    def _mark(self, advance: Advance) -> None:
        for claim in self.claims_under(advance):
            claim.advance_state = advance.state
        self.touch()

    def claims_under(self, advance: Advance) -> list[Claim]:
        return [claim for claim in self.claims if claim.request_id == advance.id]

    @property
    def disbursed_fen(self) -> int:
        """What the union has paid on this case."""
        return sum(advance.total_fen for advance in self.advances if advance.is_paid)

    @property
    def repaid_fen(self) -> int:
        return sum(advance.repaid_fen for advance in self.advances)


def _check_finding(found: Session) -> None:
    """The union advances only undisputed wages of an employer who acknowledges them and cannot pay for a short time."""
    if not found.wages_undisputed:
        raise _impossible("工资数额有争议", "the wages are disputed")
    if not found.employer_acknowledges_fen:
        raise _impossible("用人单位没有承认欠款", "the employer does not acknowledge the debt")
    if not found.short_term_inability:
        raise _impossible("用人单位不是短期无力支付", "the employer's inability is not of a short term")


def _impossible(why_zh: str, why_en: str) -> refusals.AdvanceNotPossible:
    return refusals.AdvanceNotPossible(why_zh=why_zh, why_en=why_en)
