"""Goods given out over the counter, and what comes back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.relief.adapters.goods import donation_lots, goods_issues
from services.relief.application.files import last_aid
from services.relief.application.goods.holding import held_target
from services.relief.application.goods.households import recipient
from services.relief.application.goods.limits import check_limit
from services.relief.application.goods.lots import rule_of
from services.relief.application.goods.stock import keep
from services.relief.domain.goods.issue import GoodsIssue
from services.relief.domain.goods.lot import DonationLot
from services.relief.rules.tiers import tier_of
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work


def issue_goods(work: Work, asked: Asked) -> GoodsIssue:
    """The household's turn first, then the lot's row: two clerks never give the last piece twice."""
    body, quantity = asked.body, asked.body["quantity"]
    who = recipient(work, body["file_id"], body["worker_id"])
    lot = work.load(DonationLot, body["lot_id"])
    rule = rule_of(lot)
    check_limit(work, who.household, rule, quantity)
    lot = hold(work, lot.id)
    lot.check_issuable(rule, today())
    lot.check_intent(has_file=who.file_id is not None, is_migrant=who.is_migrant)
    issue = GoodsIssue(new_id(), lot.org_path, work.next_number("WF", lot.org_path), lot.id, lot.goods_class, quantity,
                       who.household, who.file_id, who.worker_id, today(), work.caller.account_id, now(),
                       body["signature_no"], tier=tier_of("GOODS_ISSUE", lot.org_path))
    keep(work, lot, [lot.book("ISSUED", quantity, "GoodsIssue", issue.id)])
    issue.tell_issued()
    _reckon(work, issue)
    return work.add(issue)


def hold(work: Work, lot_id: str) -> DonationLot:
    """The lot as it stands now, its row held until the commit; whoever the caller is."""
    query = select(DonationLot).where(donation_lots.c.id == lot_id)
    lot: DonationLot = work.all(query.with_for_update().execution_options(populate_existing=True))[0]
    return lot


def get_goods_issue(reading: Reading, asked: Asked) -> GoodsIssue:
    return reading.record(GoodsIssue, asked.path["issue_id"])


def list_goods_issues(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns, filters = goods_issues.c, ("lot_id", "file_id", "worker_id", "goods_class", "state", "tier")
    where = [columns[n] == asked.query[n] for n in filters if n in asked.query]
    return reading.page(GoodsIssue, asked.query, where=where,
                        sort=[columns.created_at, columns.issue_no, columns.quantity])


def return_goods(work: Work, asked: Asked) -> GoodsIssue:
    """What comes back is held until it is released (disinfected again) or disposed of."""
    issue = held_target(work, GoodsIssue, asked.path["issue_id"])
    issue.take_back(asked.body["quantity"], asked.body["reason"])
    lot = hold(work, issue.lot_id)
    keep(work, lot, [lot.book("RETURNED", asked.body["quantity"], "GoodsIssue", issue.id)])
    _reckon(work, issue)
    return issue


def _reckon(work: Work, issue: GoodsIssue) -> None:
    last_aid.reckon_later(work, list(filter(None, [issue.worker_id])), list(filter(None, [issue.file_id])))
