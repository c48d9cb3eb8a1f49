"""Corrections of mistaken entries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.relief.adapters.fund_matters import entry_reversals
from services.relief.application.funds import receipts
from services.relief.application.funds.ledger import post
from services.relief.application.funds.transfers import locked
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import LedgerEntry
from services.relief.domain.funds.refusals import ReversalKnown
from services.relief.domain.funds.reversal import EntryReversal, opposite
from services.relief.domain.funds.transfers import FundTransfer
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work


def propose_reversal(work: Work, asked: Asked) -> EntryReversal:
    entry = _entry(work, asked.body["entry_id"])
    reversal = EntryReversal.propose(new_id(), entry, asked.body["reason"], work.caller.account_id, now())
    c = entry_reversals.c
    known = select(c.id).where(c.subject_id == reversal.subject_id, c.state != "REFUSED")
    if work.session.execute(known).first():
        raise ReversalKnown(pointer="/entry_id")
    return work.add(reversal)


def _entry(work: Work, entry_id: str) -> LedgerEntry:
    found = work.session.get(LedgerEntry, entry_id)
    if found is None or not work.caller.covers(found.org_path):
        raise NotFound(pointer="/entry_id", id=entry_id)
    return found


def get_reversal(reading: Reading, asked: Asked) -> EntryReversal:
    return reading.record(EntryReversal, asked.path["reversal_id"])


def list_reversals(reading: Reading, asked: Asked) -> dict[str, Any]:
    c = entry_reversals.c
    where = [c[name] == asked.query[name] for name in ("fund_id", "entry_id", "state") if name in asked.query]
    return reading.page(EntryReversal, asked.query, sort=[c.created_at, c.amount_fen], where=where)


def confirm_reversal(work: Work, asked: Asked) -> EntryReversal:
    reversal = work.target(EntryReversal, asked.path["reversal_id"])
    reversal.confirm(work.caller.account_id, today())
    entry = _entry(work, reversal.entry_id)
    if reversal.is_of_transfer:
        _reverse_transfer(work, reversal.subject_id)
    else:
        post(work, work.load(FundAccount, entry.fund_id, lock=True), "REVERSED", [opposite(entry)])
        receipts.give_back(work, entry.id)
    return reversal


def _reverse_transfer(work: Work, transfer_id: str) -> None:
    """Both sides, whichever of them was pointed at."""
    transfer = work.load(FundTransfer, transfer_id)
    giver, taker = locked(work, transfer)
    came = work.session.scalars(select(LedgerEntry).filter_by(about_id=transfer.id, kind="TRANSFERRED_IN")).one()
    post(work, taker, "REVERSED", [opposite(came)])
    post(work, giver, "REINSTATED", [transfer.reverse()])


def refuse_reversal(work: Work, asked: Asked) -> EntryReversal:
    reversal = work.target(EntryReversal, asked.path["reversal_id"])
    reversal.refuse(asked.body["reason"], work.caller.account_id, today())
    return reversal
