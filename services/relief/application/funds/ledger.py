"""Keeps what a fund enters, and refuses a paper that was entered before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from services.relief.adapters.bulk import insert_rows
from services.relief.adapters.funds import ledger_entries
from services.relief.domain.advances.refusals import ReceiptKnown
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import LedgerEntry, Posting
from shared.kernel.clock import now
from shared.store.work import Work

FIELDS = tuple(LedgerEntry.__dataclass_fields__)


def post(work: Work, fund: FundAccount, kind: str, postings: Sequence[Posting], *, actor: str | None = None) -> None:
    """Enter `postings`; the fund's row must have been loaded with its lock. `actor` is the caller unless told
    otherwise."""
    keep(work, fund.post(kind, postings, actor or work.caller.account_id, now()))


def keep(work: Work, entries: Sequence[LedgerEntry]) -> None:
    """Write entries at once, in one statement."""
    insert_rows(work.session.connection(), ledger_entries, [_row(entry) for entry in entries])


def _row(entry: LedgerEntry) -> dict[str, Any]:
    """An entry as a row."""
    return {name: getattr(entry, name) for name in FIELDS}


def require_new_receipt(work: Work, fund: FundAccount, kind: str, receipt_no: str) -> None:
    """A receipt number counts once within a unit and a kind of receipt. Raises ReceiptKnown."""
    e = ledger_entries.c
    same = select(e.id).where(e.org_path == fund.org_path, e.kind == kind, e.document_no == receipt_no)
    if work.session.execute(same).first():
        raise ReceiptKnown(pointer="/receipt_no", receipt_no=receipt_no)
