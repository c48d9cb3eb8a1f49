"""Transfers between funds: both sides are entered in the transaction of the approval, or neither."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_

from services.relief.adapters.fund_matters import fund_transfers
from services.relief.application.funds.ledger import post
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.transfers import FundTransfer, TransferRule, require_same_kind
from services.relief.rules import funds as fund_rules
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.kernel.roles import Role
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work


def propose_transfer(work: Work, asked: Asked) -> FundTransfer:
    body = asked.body
    giver, taker = (work.load(FundAccount, body[name]) for name in ("from_fund_id", "to_fund_id"))
    transfer = FundTransfer.propose(
        new_id(), work.next_number("BZ", giver.org_path), giver, taker, body["amount_fen"], body["reason"],
        body["document_no"], rule_between(giver, taker), work.caller.account_id, now())
    return work.add(transfer)


def rule_between(giver: FundAccount, taker: FundAccount) -> TransferRule:
    """What the rules of the place where the giving fund lies say today."""
    return fund_rules.transfers().rule(giver.source, taker.source, today(), division_of(giver.org_path))


def get_transfer(reading: Reading, asked: Asked) -> FundTransfer:
    return reading.record(FundTransfer, asked.path["transfer_id"])


def list_transfers(reading: Reading, asked: Asked) -> dict[str, Any]:
    c = fund_transfers.c
    where = [c[name] == asked.query[name] for name in ("from_fund_id", "to_fund_id", "state") if name in asked.query]
    if "fund_id" in asked.query:
        where.append(or_(c.from_fund_id == asked.query["fund_id"], c.to_fund_id == asked.query["fund_id"]))
    return reading.page(FundTransfer, asked.query, sort=[c.created_at, c.amount_fen], where=where)


def approve_transfer(work: Work, asked: Asked) -> FundTransfer:
    transfer = work.target(FundTransfer, asked.path["transfer_id"])
    giver, taker = locked(work, transfer)
    require_same_kind(giver, taker)
    out, into = transfer.approve(rule_between(giver, taker), work.caller.account_id, today(),
                                 is_collective=Role.LEADING_GROUP in work.caller.roles)
    post(work, giver, "TRANSFERRED_OUT", [out])
    post(work, taker, "TRANSFERRED_IN", [into])
    return transfer


def locked(work: Work, transfer: FundTransfer) -> tuple[FundAccount, FundAccount]:
    """The giving and the taking fund; always locked in the same order, so that no two transfers wait for each other."""
    found = {fund_id: work.load(FundAccount, fund_id, lock=True)
             for fund_id in sorted((transfer.from_fund_id, transfer.to_fund_id))}
    return found[transfer.from_fund_id], found[transfer.to_fund_id]


def refuse_transfer(work: Work, asked: Asked) -> FundTransfer:
    transfer = work.target(FundTransfer, asked.path["transfer_id"])
    transfer.refuse(asked.body["reason"], work.caller.account_id, today())
    return transfer
