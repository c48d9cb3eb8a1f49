"""Agency batch (交换批次): a list another agency sends, whole or not at all, each once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.exchange.domain.rules import RULES
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Conflict, Invalid
from shared.kernel.org import division_of
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

OFFICER = (Role.EXCHANGE_OFFICER,)
WHOLE_BP = 10_000


class TrailerMismatch(Invalid):
    """What arrived is not what was sent."""

    code = "trailer-mismatch"
    zh = "尾记录 {field} 不符:尾记录为 {expected},按收到的行计算为 {found}。整批未接收,请核对后重发。"
    en = "The trailer's {field} says {expected}; the rows that arrived give {found}. Nothing was kept: send it again."


class BatchNumberTaken(Conflict):
    code = "batch-number-taken"
    zh = "{agency} 的批次号 {batch_no} 已用于另一内容(sha256 {known})。更正请用新的批次号。"
    en = "{agency} used the batch number {batch_no} for other content (sha256 {known}). Correct it under a new number."


def content_hash(rows: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 of the rows' canonical JSON: UTF-8, names sorted, no spaces, nothing escaped that need not be.

    For what rows hold (texts, whole numbers, booleans, null) this is RFC 8785.
    """
    text = json.dumps(list(rows), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def check_trailer(rows: Sequence[Mapping[str, Any]], amount_field: str, trailer: Mapping[str, Any]) -> None:
    """Compare the count, the sum of amounts and the hash with the rows. Raises TrailerMismatch."""
    amounts = [row.get(amount_field) for row in rows]
    found = {"count": len(rows), "amount_total_fen": sum(amount for amount in amounts if type(amount) is int),
             "sha256": content_hash(rows)}
    for name, value in found.items():
        if trailer[name] != value:
            raise TrailerMismatch(pointer=f"/trailer/{name}", field=name, expected=str(trailer[name]), found=str(value))


@dataclass(eq=False)
class AgencyBatch(Aggregate):
    """`total` = `ok` + `rejected` rows; `data_date` is the day the agency's data are of.

    The first `compared` rows have been looked at for members of the union, `members` of them are."""

    machine = Machine("RECEIVED", [
        Move(("RECEIVED",), "validate", "VALIDATED"),
        Move(("VALIDATED",), "load", "LOADED"),
        Move(("VALIDATED",), "quarantine", "QUARANTINED"),
        Move(("QUARANTINED",), "load", "LOADED", OFFICER),
        Move(("QUARANTINED",), "discard", "DISCARDED", OFFICER),
    ])

    id: str
    org_path: str
    agency: str
    batch_no: str
    kind: str
    division_code: str
    data_date: date
    sha256: str
    amount_total_fen: int
    total: int
    sent_by: str
    created_at: datetime
    ok: int = 0
    rejected: int = 0
    compared: int = 0
    members: int = 0
    decided_by: str | None = None
    reason: str | None = None
    state: str = "RECEIVED"
    version: int = 1

    def take(self, ok: int, rejected: int) -> None:
        """The rows were read: load the batch, or set it aside when too many of them are wrong."""
        self.move("validate")
        self.ok, self.rejected = ok, rejected
        limit_bp = RULES.value("quarantine_from", self.created_at.date(), division_of(self.org_path))
        if rejected and rejected * WHOLE_BP >= limit_bp * self.total:
            self.move("quarantine")
        else:
            self._load()

    def release(self, by: str, reason: str) -> None:
        """Load the right rows of a batch that was set aside."""
        self._load()
        self.decided_by, self.reason = by, reason

    def discard(self, by: str, reason: str) -> None:
        self.move("discard")
        self.decided_by, self.reason = by, reason

    def compare(self, up_to: int, members: int) -> None:
        """The rows up to this number have been looked at; so many more of them are members'."""
        self.touch()
        self.compared = up_to
        self.members += members

    def check_same(self, sha256: str, kind: str, division_code: str, data_date: date) -> None:
        """Whether a batch that came under the same number is this one again. Raises BatchNumberTaken."""
        if (self.sha256, self.kind, self.division_code, self.data_date) != (sha256, kind, division_code, data_date):
            raise BatchNumberTaken(pointer="/header/batch_no", agency=self.agency, batch_no=self.batch_no,
                                   known=self.sha256[:16])

    def _load(self) -> None:
        self.move("load")
        self.record("agency_batch_imported", batch_id=self.id, agency=self.agency, batch_no=self.batch_no,
                    total=self.total, ok=self.ok, rejected=self.rejected)
