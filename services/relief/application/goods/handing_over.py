"""Campaigns in kind at the door: who received a package, and the list that is signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from services.relief.adapters.goods_campaigns import goods_campaign_lines, goods_campaigns
from services.relief.application.files import last_aid
from services.relief.application.goods.campaigns_in_kind import hold_lots, lines_of, set_lines
from services.relief.application.goods.stock import keep
from services.relief.domain.applications.need import masked
from services.relief.domain.goods.campaign import GoodsCampaign
from services.relief.domain.goods.issue import GoodsIssue
from services.relief.domain.goods.lot import DonationLot
from services.relief.domain.goods.refusals import LineTwice
from services.relief.rules.tiers import tier_of
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.sheets.sheet import Sheet
from shared.sheets.xlsx import download
from shared.store.reading import Reading
from shared.store.work import Work

LINE = goods_campaign_lines.c
HEADINGS = ("序号", "档案号", "困难类别", "慰问物资", "领取人签字", "与户主关系", "领取日期")
GRADES = {"DEEP": "深度困难", "RELATIVE": "相对困难", "ACCIDENT": "意外致困"}
ON_PAPER = ("RESERVED", "HANDED_OVER")
MASK = "**"


def hand_over_packages(work: Work, asked: Asked) -> GoodsCampaign:
    """Each household's package becomes an issue for each lot, all of them or none. Keepers at several doors take
    turns at the campaign's row; a line that was handed over is refused.

    Raises LineUnknown, LineTwice, LineNotWaiting, GoodsExpired.
    """
    campaign = work.load(GoodsCampaign, asked.path["campaign_id"], lock=True)
    given = asked.body["lines"]
    campaign.machine.next(campaign.state, "hand_over")
    _require_once([one["line_id"] for one in given])
    lines = lines_of(work, campaign, [one["line_id"] for one in given], "RESERVED")
    lots = hold_lots(work, campaign)
    for lot in lots:
        lot.check_fresh(today())
    for one, line in zip(given, lines, strict=True):
        _give(work, campaign, line, one, lots)
    last_aid.reckon_later(work, file_ids={line.file_id for line in lines})
    campaign.hand_over(len(lines))
    return campaign


def _require_once(line_ids: Sequence[str]) -> None:
    for place, line_id in enumerate(line_ids):
        if line_id in line_ids[:place]:
            raise LineTwice(pointer=f"/lines/{place}/line_id", line_id=line_id)


def _give(work: Work, campaign: GoodsCampaign, line: Row[Any], given: Mapping[str, Any],
          lots: Sequence[DonationLot]) -> None:
    set_lines(work, [line.id], state="HANDED_OVER", handed_on=today(), handed_by=work.caller.account_id,
              **{name: given[name] for name in ("relation", "receiver", "signature_no")})
    for lot, item in zip(lots, campaign.package, strict=True):
        issue = GoodsIssue(new_id(), lot.org_path, work.next_number("WF", lot.org_path), lot.id, lot.goods_class,
                           item["quantity"], line.file_id, line.file_id, None, today(), work.caller.account_id, now(),
                           given["signature_no"], tier=tier_of("GOODS_ISSUE", lot.org_path))
        keep(work, lot, [lot.book("DISPATCHED", item["quantity"], "GoodsIssue", issue.id)])
        issue.tell_issued()
        work.add(issue)


def get_goods_campaign(reading: Reading, asked: Asked) -> GoodsCampaign:
    return reading.record(GoodsCampaign, asked.path["campaign_id"])


def list_goods_campaigns(reading: Reading, asked: Asked) -> dict[str, Any]:
    c = goods_campaigns.c
    where = [c[name] == asked.query[name] for name in ("state", "occasion", "year") if name in asked.query]
    return reading.page(GoodsCampaign, asked.query, sort=[c.created_at, c.campaign_no], where=where)


def list_goods_campaign_lines(reading: Reading, asked: Asked) -> dict[str, Any]:
    """The list, masked."""
    campaign = reading.record(GoodsCampaign, asked.path["campaign_id"])
    where = [LINE.campaign_id == campaign.id]
    where += [LINE[name] == asked.query[name] for name in ("state", "grade") if name in asked.query]
    page = reading.page(goods_campaign_lines, asked.query, sort=[LINE.number, LINE.file_no], where=where)
    return {**page, "items": [_shown(row._mapping) for row in page["items"]]}


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    receiver = row["receiver"]
    return {**row, "file_no": masked(row["file_no"]), "receiver": receiver[0] + MASK if receiver else None}


def download_goods_campaign_list(reading: Reading, asked: Asked) -> dict[str, Any]:
    """The list to print and sign. It holds numbers of files and no names: the household shows its paper. Who took it
    is kept in the audit trail."""
    campaign = reading.record(GoodsCampaign, asked.path["campaign_id"])
    query = select(LINE.number, LINE.file_no, LINE.grade, LINE.relation, LINE.handed_on).where(
        LINE.campaign_id == campaign.id, LINE.state.in_(ON_PAPER))
    found = reading.all(query.order_by(LINE.number))
    reading.note("download_goods_campaign_list", "GoodsCampaign", campaign.id, {"rows": len(found)},
                 org_path=campaign.org_path)
    return download(f"慰问物资签收单-{campaign.campaign_no}", Sheet("签收单", HEADINGS, _rows(campaign, found)))


def _rows(campaign: GoodsCampaign, found: Sequence[Row[Any]]) -> Iterator[tuple[str, ...]]:
    package = ";".join(f"{item['title']} × {item['quantity']}" for item in campaign.package)
    for row in found:
        yield (str(row.number), row.file_no, GRADES.get(row.grade, row.grade), package, "", row.relation or "",
               str(row.handed_on or ""))
