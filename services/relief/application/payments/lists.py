"""Lists: thousands of lines in one request, all of them or none; and lines taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from services.relief.adapters.bulk import insert_rows
from services.relief.adapters.payments import payment_lines
from services.relief.application.funds.accounts import purpose_rule
from services.relief.application.funds.ledger import post
from services.relief.application.payments.authors import note_author
from services.relief.application.payments.steps import CHUNK, take_out
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import Posting
from services.relief.domain.payments.batch import LIST_MATTER, PaymentBatch
from services.relief.domain.payments.refusals import (
    LineAboveCap,
    LineKeyKnown,
    LineOfAMatter,
    LinesNotInBatch,
    NothingToRemove,
)
from services.relief.rules import payments as rules
from services.relief.rules.tiers import tier_of
from shared.contracts.relief.payments.lines import Lines
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.kernel.money import format_yuan, total
from shared.kernel.slices import slices
from shared.service.dispatch import Asked
from shared.store.work import Work

L = payment_lines.c
MOST_SHOWN = 10
#: as many faulty lines are taken out at once
MOST_REMOVED = 5_000


def add_payment_lines(work: Work, asked: Asked) -> dict[str, Any]:
    """Reserve the money and keep the lines: one ledger entry and one statement a request."""
    lines: Lines = asked.body["lines"]
    batch = work.load(PaymentBatch, asked.path["batch_id"], lock=True)
    total_fen = total((f"/lines/{n}/amount_fen", fen) for n, fen in enumerate(lines.amounts_fen))
    _require_below_cap(batch, lines)
    request = batch.accept(len(lines), total_fen)
    _reserve(work, batch, total_fen, request)
    _keep(work, batch, lines)
    note_author(work, batch)
    return {"batch_id": batch.id, "accepted_count": len(lines), "accepted_fen": total_fen,
            "lines_count": batch.lines_count, "total_fen": batch.total_fen}


def _require_below_cap(batch: PaymentBatch, lines: Lines) -> None:
    most = rules.line_most(batch.org_path)
    if max(lines.amounts_fen) > most.value:
        place = next(place for place, fen in enumerate(lines.amounts_fen) if fen > most.value)
        raise LineAboveCap(pointer=f"/lines/{place}/amount_fen", amount=format_yuan(lines.amounts_fen[place]),
                           most=format_yuan(most.value), document=most.document)


def _reserve(work: Work, batch: PaymentBatch, total_fen: int, request: int) -> None:
    fund = work.load(FundAccount, batch.fund_id, lock=True)
    purpose_rule(fund, batch.purpose).require(is_collective=batch.is_collective)
    posting = Posting(total_fen, str(batch.document_no), "PaymentBatch", batch.id, f"request {request}", batch.purpose)
    post(work, fund, "RESERVED", [posting])


def _keep(work: Work, batch: PaymentBatch, lines: Lines) -> None:
    """The unique key decides what is known, also against a request that runs at the same time. Raises LineKeyKnown."""
    rows = [{"id": new_id(), "about_part": key, "payee_id": worker_id, "amount_fen": fen}
            for key, worker_id, fen in zip(lines.keys, lines.worker_ids, lines.amounts_fen, strict=True)]
    common = {"org_path": batch.org_path, "fund_id": batch.fund_id, "purpose": batch.purpose, "state": "BATCHED",
              "about_kind": LIST_MATTER, "about_id": batch.matter_id, "payee_kind": "WORKER",
              "document_no": batch.document_no, "created_at": now(), "batch_id": batch.id,
              "tier": tier_of(f"LIST_{batch.purpose}", batch.org_path)}
    done = insert_rows(work.session.connection(), payment_lines, rows, common, unless_known=True)
    if done != len(rows):
        raise LineKeyKnown(pointer="/lines", document_no=batch.document_no, keys=", ".join(_known(work, batch, rows)))


def _known(work: Work, batch: PaymentBatch, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Some keys of the request that another line holds."""
    ids, found = {row["id"] for row in rows}, list[str]()
    for some in slices(rows, CHUNK):
        keys = [row["about_part"] for row in some]
        held = select(L.id, L.about_part).where(L.about_kind == LIST_MATTER, L.about_id == batch.matter_id,
                                                L.about_part.in_(keys))
        found += [row.about_part for row in work.session.execute(held) if row.id not in ids]
        if len(found) >= MOST_SHOWN:
            break
    return found[:MOST_SHOWN]


def remove_payment_lines(work: Work, asked: Asked) -> PaymentBatch:
    """Lines that are named, or every one that failed the check (up to 5,000 at once).

    Raises NothingToRemove, LinesNotInBatch, LineOfAMatter.
    """
    body, batch = asked.body, work.target(PaymentBatch, asked.path["batch_id"])
    if not (body["line_ids"] or body["faulty"]):
        raise NothingToRemove(pointer="/line_ids")
    batch.open_for_removal()
    rows = _wanted(work, batch, body["line_ids"], faulty=body["faulty"])
    is_freed = batch.kind == "LIST" or body["release"]
    foreign = next((row for row in rows if row.about_kind != LIST_MATTER), None) if is_freed else None
    if foreign is not None:
        raise LineOfAMatter(pointer="/release", line=foreign.id, about_kind=foreign.about_kind)
    for some in slices(rows, CHUNK):
        take_out(work, batch, some, body["reason"], work.caller.account_id, is_freed=is_freed)
    note_author(work, batch)
    batch.removed(len(rows), sum(row.amount_fen for row in rows), sum(row.fault is not None for row in rows))
    return batch


def _wanted(work: Work, batch: PaymentBatch, line_ids: Sequence[str], *, faulty: bool) -> Sequence[Row[Any]]:
    """Raises LinesNotInBatch."""
    mine = select(payment_lines).where(L.batch_id == batch.id)
    named = work.session.execute(mine.where(L.id.in_(line_ids))).all() if line_ids else []
    missing = set(line_ids) - {row.id for row in named}
    if missing:
        raise LinesNotInBatch(pointer="/line_ids", count=len(missing), first=min(missing))
    if not faulty:
        return named
    bad = work.session.execute(mine.where(L.fault.is_not(None), L.id.not_in(line_ids)).limit(MOST_REMOVED)).all()
    return [*named, *bad]


