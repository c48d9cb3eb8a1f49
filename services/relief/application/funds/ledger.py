"""Keeps what a fund enters, and holds spending to its budget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select

from services.relief.adapters.bulk import insert_rows
from services.relief.adapters.funds import ledger_entries
from services.relief.application.funds import charging
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import LedgerEntry, Posting
from shared.kernel.clock import now
from shared.store.work import Work

#: kinds of which others hear, and as what
TOLD = {"RESERVED": "funds_reserved", "RELEASED": "funds_released"}
FIELDS = tuple(LedgerEntry.__dataclass_fields__)


def post(work: Work, fund: FundAccount, kind: str, postings: Sequence[Posting], *, actor: str | None = None) -> None:
    """Enter `postings`; the fund's row must have been loaded with its lock. All of them or none. What is reserved
    needs a purpose; what follows a reservation has that one's. `actor` is the caller unless told otherwise.

    Raises BudgetExceeded and BudgetMissing beside what the fund itself refuses; then nothing has changed.
    """
    at = now()
    plan = charging.plan(work, fund, kind, postings, at.year)
    entries = fund.post(kind, plan.postings, actor or work.caller.account_id, at)
    charging.apply(work, fund, kind, plan)
    keep(work, entries)
    if kind in TOLD and entries:
        fund.record(TOLD[kind], fund_no=fund.fund_no, count=len(entries),
                    amount_fen=sum(entry.amount_fen for entry in entries))


def keep(work: Work, entries: Sequence[LedgerEntry]) -> None:
    """Write entries at once, in one statement."""
    insert_rows(work.session.connection(), ledger_entries, [_row(entry) for entry in entries])


def _row(entry: LedgerEntry) -> dict[str, Any]:
    """An entry as a row."""
    return {name: getattr(entry, name) for name in FIELDS}


def document_of(work: Work, fund: FundAccount, kind: str, paper_no: str) -> str:
    """The number under which a receipt is entered: its own, or, when it was entered and reversed before, its n-th
    correction (更正). That it counts once is held by the register (receipts.py)."""
    e = ledger_entries.c
    same = select(func.count()).where(e.org_path == fund.org_path, e.kind == kind, or_(
        e.document_no == paper_no, e.document_no.startswith(f"{paper_no} 更正", autoescape=True)))
    entered = work.session.execute(same).scalar_one()
    return f"{paper_no} 更正{entered}" if entered else paper_no
