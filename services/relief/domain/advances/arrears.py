"""What mediation has found of the wages owed in a dispute (欠薪核实情况): what an advance is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from services.relief.domain.advances.refusals import (
    AdvanceAboveAcknowledged,
    AdvanceRequested,
    ArrearsNotVerified,
    ClaimDiffers,
    ClaimNotInDispute,
    ClaimOfAnotherWorker,
    DisputeOfAnotherEmployer,
    DisputeOfAnotherUnit,
)
from shared.kernel.money import format_yuan


class Line(Protocol):
    claim_id: str
    worker_id: str
    claimed_fen: int
    position: int


@dataclass(frozen=True)
class Claim:
    """What one worker claims, in fen; `is_requested`: mediation has asked relief for an advance on it already."""

    claim_id: str
    worker_id: str
    claimed_fen: int
    is_requested: bool


@dataclass(frozen=True)
class Arrears:
    """`advanceable_fen` is the most that can be advanced in all: what is claimed, as far as the employer acknowledges
    it. `obstacle` says why nothing can be advanced, in Chinese and English."""

    dispute_id: str
    org_path: str
    employer_id: str
    advanceable_fen: int
    obstacle: tuple[str, str] | None
    claims: Mapping[str, Claim]

    @classmethod
    def told(cls, told: Mapping[str, Any]) -> Arrears:
        """As mediation answers it."""
        claims = [Claim(one["claim_id"], one["worker_id"], one["claimed_fen"], one["advance_state"] == "REQUESTED")
                  for one in told["claims"]]
        obstacle = (told["obstacle_zh"], told["obstacle_en"]) if told["obstacle_zh"] else None
        return cls(told["dispute_id"], told["org_path"], told["employer_id"], told["advanceable_fen"], obstacle,
                   {claim.claim_id: claim for claim in claims})

    def require_party(self, employer_id: str, org_path: str | None) -> None:
        """Raises DisputeOfAnotherUnit, DisputeOfAnotherEmployer, ArrearsNotVerified."""
        if org_path not in (None, self.org_path):
            raise DisputeOfAnotherUnit(pointer="/org_path", org_path=self.org_path)
        if employer_id != self.employer_id:
            raise DisputeOfAnotherEmployer(pointer="/employer_id", employer_id=self.employer_id)
        if self.obstacle:
            raise ArrearsNotVerified(pointer="/dispute_id", why_zh=self.obstacle[0], why_en=self.obstacle[1])

    def require_lines(self, lines: Sequence[Line]) -> None:
        """Raises ClaimNotInDispute, ClaimOfAnotherWorker, ClaimDiffers, AdvanceRequested."""
        for line in lines:
            self._require_line(line, f"/lines/{line.position}")

    def _require_line(self, line: Line, pointer: str) -> None:
        claim = self.claims.get(line.claim_id)
        if claim is None:
            raise ClaimNotInDispute(pointer=f"{pointer}/claim_id", claim_id=line.claim_id)
        if line.worker_id != claim.worker_id:
            raise ClaimOfAnotherWorker(pointer=f"{pointer}/worker_id", claim_id=line.claim_id)
        if line.claimed_fen != claim.claimed_fen:
            raise ClaimDiffers(pointer=f"{pointer}/claimed_fen", claim_id=line.claim_id,
                               sent=format_yuan(line.claimed_fen), claimed=format_yuan(claim.claimed_fen),
                               claimed_fen=claim.claimed_fen)
        if claim.is_requested:
            raise AdvanceRequested(pointer=f"{pointer}/claim_id", claim_id=line.claim_id)

    def require_total(self, total_fen: int, beside_fen: int) -> None:
        """`beside_fen` is what other advances of the dispute come to. Raises AdvanceAboveAcknowledged."""
        if total_fen + beside_fen > self.advanceable_fen:
            raise AdvanceAboveAcknowledged(pointer="/total_fen", total=format_yuan(total_fen),
                                           beside=format_yuan(beside_fen), most=format_yuan(self.advanceable_fen))
