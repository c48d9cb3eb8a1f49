"""Status file of a higher union's scheme (上级互助状态文件): what it decided on claims, in the order of its rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.mutual_aid.claim import MutualAidClaim
from services.relief.domain.mutual_aid.refusals import (
    ClaimOfAnotherPlan,
    ClaimUnknown,
    DecidedHere,
    SchemeAmountDiffers,
    SchemeAmountMissing,
    SchemeFileHashWrong,
    SchemeFileNumberUsed,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Refusal
from shared.kernel.money import format_yuan
from shared.kernel.states import Machine

STATUSES = ("APPROVED", "PAID", "DECLINED")


def content_hash(rows: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 over the rows as compact JSON with sorted names, as they were sent."""
    text = json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(eq=False)
class SchemeFile(Aggregate):
    """One imported file. `errors` names each row that had no effect and why."""

    machine = Machine("IMPORTED", [])

    id: str
    org_path: str
    plan: str
    batch_no: str
    sha256: str
    rows: int
    imported_by: str
    created_at: datetime
    applied: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)
    state: str = "IMPORTED"
    version: int = 1

    def check_hash(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Raises SchemeFileHashWrong."""
        computed = content_hash(rows)
        if computed != self.sha256:
            raise SchemeFileHashWrong(pointer="/sha256", computed=computed, sent=self.sha256)

    def check_same(self, sha256: str) -> None:
        """Raises SchemeFileNumberUsed."""
        if self.sha256 != sha256:
            raise SchemeFileNumberUsed(pointer="/batch_no", batch_no=self.batch_no)

    def apply(self, rows: Sequence[Mapping[str, Any]], claims: Mapping[str, MutualAidClaim], by: str) -> None:
        """Do what each row says of its claim, by number; a row that cannot be done is an error of its own."""
        for n, row in enumerate(rows):
            try:
                self._apply(row, claims, by)
                self.applied += 1
            except Refusal as refusal:
                self.errors.append({"row": n, "claim_no": row["claim_no"], "code": refusal.code,
                                    "zh": refusal.text("zh"), "en": refusal.text("en")})

    def _apply(self, row: Mapping[str, Any], claims: Mapping[str, MutualAidClaim], by: str) -> None:
        claim = claims.get(row["claim_no"])
        if claim is None:
            raise ClaimUnknown(claim_no=row["claim_no"])
        if not claim.is_external:
            raise DecidedHere(claim_no=claim.claim_no)
        if claim.plan != self.plan:
            raise ClaimOfAnotherPlan(claim_no=claim.claim_no, plan=self.plan)
        if row["status"] == "DECLINED":
            claim.decline(row["reason"] or "上级工会不予给付 / declined by the scheme")
            return
        self._grant(claim, row["status"], row["amount_fen"], row["on"], by)

    @staticmethod
    def _grant(claim: MutualAidClaim, status: str, amount_fen: int | None, on: date, by: str) -> None:
        if amount_fen is None:
            raise SchemeAmountMissing(status=status)
        if status == "PAID" and claim.approved_fen not in (None, amount_fen):
            raise SchemeAmountDiffers(approved=format_yuan(claim.approved_fen or 0), paid=format_yuan(amount_fen))
        if status == "APPROVED" or claim.state == "SUBMITTED_TO_SCHEME":
            claim.approve_by_scheme(amount_fen, by, on)
        if status == "PAID":
            claim.pay(amount_fen, on)
