"""Campaigns in kind: the list and its package, one approval that reserves all of it, and the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select, update

from services.relief.adapters.bulk import inserting
from services.relief.adapters.goods import donation_lots
from services.relief.adapters.goods_campaigns import goods_campaign_lines
from services.relief.application.applications.applying import year_of
from services.relief.application.applications.listing import free_households, require_somebody
from services.relief.application.applications.occasions import active_files, free_occasion, hold_occasion
from services.relief.application.goods.holding import held_target
from services.relief.application.goods.limits import taken_by
from services.relief.application.goods.lots import rule_of
from services.relief.application.goods.stock import keep
from services.relief.domain.applications.kinds import WHOM
from services.relief.domain.goods.campaign import ABOUT, GoodsCampaign
from services.relief.domain.goods.lot import DonationLot
from services.relief.domain.goods.refusals import LineNotWaiting, LineUnknown, NobodyLeft
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.slices import slices
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.work import Work

MOST_HOUSEHOLDS = 3_000
IDS_A_STATEMENT = 500
NOT_ACTIVE, AIDED = "档案已不在档 / the file is not active any more", "本时节已慰问 / aided for this occasion already"
AT_LIMIT = "已达领取上限 / at the household's limit"
LINE = goods_campaign_lines.c


def draft_goods_campaign(work: Work, asked: Asked) -> GoodsCampaign:
    """The lots must be fit to give out now, and the package within the limit of one household."""
    body = asked.body
    path = place_of(work.caller, body.get("org_path"))
    filters = {**body["filters"], "within": place_of(work.caller, body["filters"]["within"] or path, "/filters/within"),
               "grades": body["filters"]["grades"] or [grade for grade in WHOM if grade != "UNFILED"]}
    campaign = GoodsCampaign(new_id(), path, "", body["title"], body["occasion"], year_of(body["year"]),
                             work.caller.account_id, now(), filters=filters)
    lots = [work.load(DonationLot, item["lot_id"]) for item in body["package"]]
    campaign.pack(lots, [item["quantity"] for item in body["package"]])
    _check_lots(campaign, lots)
    _list(work, campaign)
    campaign.campaign_no = work.next_number("WZ", path)
    campaign.tell_drafted()
    return work.add(campaign)


def _check_lots(campaign: GoodsCampaign, lots: Sequence[DonationLot]) -> None:
    """Raises GoodsExpired, WrongState, NotDisinfected, IntentForbids, HouseholdLimit."""
    for lot in lots:
        lot.check_issuable(rule_of(lot), today())
        lot.check_intent(has_file=True, is_migrant=False)
    for goods_class, quantity in campaign.of_class().items():
        rule_of(next(lot for lot in lots if lot.goods_class == goods_class)).check_limit(0, quantity)


def _list(work: Work, campaign: GoodsCampaign) -> None:
    free, campaign.already_aided_count = free_households(
        work, campaign.filters, campaign.year, campaign.occasion, MOST_HOUSEHOLDS)
    require_somebody(len(free), campaign.already_aided_count)
    campaign.listed_count = len(free)
    work.at_the_end(inserting(goods_campaign_lines, [
        {"id": new_id(), "campaign_id": campaign.id, "org_path": campaign.org_path, "number": number,
         "file_id": row.id, "file_no": row.file_no, "grade": row.grade, "state": "LISTED",
         "created_at": campaign.created_at} for number, row in enumerate(free, 1)]))


def exclude_from_goods_campaign(work: Work, asked: Asked) -> GoodsCampaign:
    campaign = target(work, asked)
    line_id, reason = asked.body["line_id"], asked.body["reason"]
    campaign.machine.next(campaign.state, "exclude")
    [line] = lines_of(work, campaign, [line_id], "LISTED")
    set_lines(work, [line.id], state="EXCLUDED", reason=reason)
    work.note("exclude_from_goods_campaign", "GoodsCampaignLine", line_id, {"campaign_no": campaign.campaign_no,
                                                                            "reason": reason})
    campaign.take_off()
    return campaign


def approve_goods_campaign(work: Work, asked: Asked) -> GoodsCampaign:
    """The households' turns first, then their need for the occasion, then the lots: everybody holds them in this
    order. All is reserved in this transaction, or nothing."""
    campaign = target(work, asked)
    campaign.machine.next(campaign.state, "approve")
    waiting = select(LINE.id, LINE.file_id).where(LINE.campaign_id == campaign.id, LINE.state == "LISTED")
    lines: list[Any] = list(work.session.execute(waiting.order_by(LINE.file_id)).all())
    taken = sum(_reserve_some(work, campaign, some) for some in slices(lines, IDS_A_STATEMENT))
    if not taken:
        raise NobodyLeft
    lots = hold_lots(work, campaign)
    _check_lots(campaign, lots)
    moved = campaign.approve(asked.body["document_no"], taken, len(lines) - taken, lots, work.caller.account_id,
                             today())
    for lot, movement in zip(lots, moved, strict=True):
        keep(work, lot, [movement])
    return campaign


def _reserve_some(work: Work, campaign: GoodsCampaign, lines: Sequence[Row[Any]]) -> int:
    """Each household is reserved, or skipped with the reason."""
    files = {line.file_id for line in lines}
    active = active_files(work, files)
    fitting = active - _at_limit(work, campaign, files)
    held = hold_occasion(work, campaign, ABOUT, fitting)
    for reason, some in ((NOT_ACTIVE, files - active), (AT_LIMIT, active - fitting), (AIDED, fitting - held)):
        set_lines(work, [line.id for line in lines if line.file_id in some], state="SKIPPED", reason=reason)
    set_lines(work, [line.id for line in lines if line.file_id in held], state="RESERVED")
    return len(held)


def _at_limit(work: Work, campaign: GoodsCampaign, households: set[str]) -> set[str]:
    """The households that may not take the package any more."""
    found: set[str] = set()
    for goods_class, quantity in campaign.of_class().items():
        rule = rule_of(_lot_of(work, campaign, goods_class))
        taken = taken_by(work, households, rule)
        found |= {one for one in households if rule.most is not None and taken.get(one, 0) + quantity > rule.most}
    return found


def _lot_of(work: Work, campaign: GoodsCampaign, goods_class: str) -> DonationLot:
    lot_id = next(item["lot_id"] for item in campaign.package if item["goods_class"] == goods_class)
    return work.session.get_one(DonationLot, lot_id)


def hold_lots(work: Work, campaign: GoodsCampaign) -> list[DonationLot]:
    """The lots of the package in its order, their rows held in the order of their ids."""
    ids = [item["lot_id"] for item in campaign.package]
    query = select(DonationLot).where(donation_lots.c.id.in_(ids)).order_by(donation_lots.c.id)
    found = work.all(query.with_for_update().execution_options(populate_existing=True))
    return sorted(found, key=lambda lot: ids.index(lot.id))


def cancel_goods_campaign(work: Work, asked: Asked) -> GoodsCampaign:
    campaign = target(work, asked)
    campaign.cancel(asked.body["reason"])
    return campaign


def finish_goods_campaign(work: Work, asked: Asked) -> GoodsCampaign:
    """What nobody has taken is free again, and the households may have something else for this occasion."""
    campaign = target(work, asked)
    left = campaign.finish(asked.body["reason"])
    if left:
        waiting = update(goods_campaign_lines).where(LINE.campaign_id == campaign.id, LINE.state == "RESERVED")
        freed = work.session.scalars(waiting.values(state="RELEASED", reason=asked.body["reason"]).returning(
            LINE.file_id)).all()
        for some in slices(freed, IDS_A_STATEMENT):
            free_occasion(work, campaign, some)
        for lot, item in zip(hold_lots(work, campaign), campaign.package, strict=True):
            keep(work, lot, [lot.book("UNRESERVED", item["quantity"] * left, ABOUT, campaign.id)])
    return campaign


def lines_of(work: Work, campaign: GoodsCampaign, line_ids: Sequence[str], state: str) -> list[Row[Any]]:
    """The lines in the order asked for. Raises LineUnknown, LineNotWaiting."""
    query = select(LINE.id, LINE.file_id, LINE.state).where(LINE.campaign_id == campaign.id, LINE.id.in_(line_ids))
    rows: Sequence[Any] = work.session.execute(query).all()
    found = {row.id: row for row in rows}
    for line_id in line_ids:
        if line_id not in found:
            raise LineUnknown(line_id=line_id)
        if found[line_id].state != state:
            raise LineNotWaiting(line_id=line_id, state=found[line_id].state)
    return [found[line_id] for line_id in line_ids]


def set_lines(work: Work, line_ids: Sequence[str], **values: Any) -> None:
    if line_ids:
        work.session.execute(update(goods_campaign_lines).where(LINE.id.in_(line_ids)).values(**values))


def target(work: Work, asked: Asked) -> GoodsCampaign:
    return held_target(work, GoodsCampaign, asked.path["campaign_id"])


