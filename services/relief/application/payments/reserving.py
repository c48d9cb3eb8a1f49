"""Reserves money for what was decided, and gives it back when the decision falls."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, update

from services.relief.adapters.bulk import insert_rows
from services.relief.adapters.payments import payment_lines
from services.relief.application.funds.accounts import purpose_rule
from services.relief.application.funds.ledger import post
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import Posting
from services.relief.domain.payments.line import Due
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.store.work import Work


def reserve(work: Work, fund_id: str, purpose: str, dues: Sequence[Due], *, is_collective: bool) -> FundAccount:
    """Reserve a fund's money for dues that were approved: all of them or none; each becomes a line that a batch takes.

    `is_collective` says that the leading group has decided. Raises NotFound, PurposeDenied, NeedsCollectiveApproval,
    FundFrozen, NotEnough, BudgetExceeded, BudgetMissing. A due that has a line already breaks the transaction
    (IntegrityError).
    """
    fund = work.load(FundAccount, fund_id, lock=True)
    purpose_rule(fund, purpose).require(is_collective=is_collective)
    post(work, fund, "RESERVED", [_posting(due, purpose) for due in dues])
    insert_rows(work.session.connection(), payment_lines, [_row(fund, purpose, due) for due in dues])
    return fund


def release(work: Work, about_kind: str, about_id: str, document_no: str,
            parts: Collection[str] | None = None) -> Collection[str]:
    """Give back what is reserved for a matter, or for the named parts of it, and in no batch; the parts whose money
    went back. Lines that were sent stay."""
    c = payment_lines.c
    waiting = select(payment_lines).where(c.about_kind == about_kind, c.about_id == about_id, c.state == "RESERVED",
                                          c.batch_id.is_(None))
    if parts is not None:
        waiting = waiting.where(c.about_part.in_(parts))
    rows = work.session.execute(waiting.order_by(c.id).with_for_update()).all()
    for fund_id in {row.fund_id for row in rows}:
        fund = work.load(FundAccount, fund_id, lock=True)
        post(work, fund, "RELEASED", [Posting(row.amount_fen, document_no, row.about_kind, row.about_id, row.about_part)
                                      for row in rows if row.fund_id == fund_id])
    work.session.execute(update(payment_lines).where(c.id.in_([row.id for row in rows])).values(state="RELEASED"))
    return {row.about_part for row in rows}


def make_due(work: Work, about_kind: str, about_id: str) -> None:
    """What a matter's reserved money waited for has come: the next batch may take it."""
    c = payment_lines.c
    work.session.execute(update(payment_lines).where(
        c.about_kind == about_kind, c.about_id == about_id, c.state == "RESERVED").values(due_from=None))


def _posting(due: Due, purpose: str) -> Posting:
    return Posting(due.amount_fen, due.document_no, due.about_kind, due.about_id, due.about_part, purpose)


def _row(fund: FundAccount, purpose: str, due: Due) -> dict[str, Any]:
    return {"id": new_id(), "org_path": fund.org_path, "fund_id": fund.id, "purpose": purpose, "state": "RESERVED",
            "about_kind": due.about_kind, "about_id": due.about_id, "about_part": due.about_part,
            "payee_kind": due.payee_kind, "payee_id": due.payee_id, "amount_fen": due.amount_fen,
            "document_no": due.document_no, "due_from": due.due_from, "tier": due.tier, "created_at": now()}
