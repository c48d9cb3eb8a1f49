"""What goes in and out of campaigns in kind (实物集中慰问)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Day,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    QueryWhole,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.applications.campaign_schemas import CampaignReason, Exclusion, Filters
from shared.contracts.relief.applications.codes import FILED
from shared.contracts.relief.goods import codes

__all__ = ["CampaignReason", "Exclusion"]


class PackageItem(Strict):
    """So many units of a lot for each household."""

    lot_id = Id(required=True)
    quantity = Whole(1, 1_000, required=True)


class Packed(PackageItem):
    receipt_no = Text(19, required=True)
    title = Text(100, required=True)
    unit = Choice(codes.UNITS, required=True)
    goods_class = Choice(codes.CLASSES, required=True)


class NewGoodsCampaign(Strict):
    """Lists all active files that match the filters and had nothing for this occasion."""

    title = Text(100, required=True)
    occasion = Choice(codes.OCCASIONS, required=True)
    year = Whole(2000, 2100, load_default=None, allow_none=True)
    package = listed(PackageItem, 1, 10, required=True)
    filters = fields.Nested(Filters, load_default=lambda: Filters().load({}))
    org_path = OrgPath()


class GoodsCampaign(Record):
    """`waiting_count` households have their package reserved and not yet taken."""

    campaign_no = Text(19, required=True)
    title = Text(100, required=True)
    occasion = Choice(codes.OCCASIONS, required=True)
    year = Whole(2000, 2100, required=True)
    state = Choice(codes.GOODS_CAMPAIGN_STATES, required=True)
    package = listed(Packed, 1, 10, required=True)
    listed_count = Whole(required=True)
    already_aided_count = Whole(required=True)
    skipped_count = Whole(required=True)
    reserved_count = Whole(required=True)
    handed_count = Whole(required=True)
    released_count = Whole(required=True)
    waiting_count = Whole(required=True)
    document_no = Text(60, required=True, allow_none=True)
    approved_on = Day(required=True, allow_none=True)
    reason = Text(500, required=True, allow_none=True)
    created_at = Moment(required=True)


class GoodsCampaignQuery(PageQuery):
    state = Choice(codes.GOODS_CAMPAIGN_STATES)
    occasion = Choice(codes.OCCASIONS)
    year = QueryWhole(2000, 2100)


class GoodsCampaignLine(Strict):
    """One household, masked: the number of the file in part, of who received it the first character of the name."""

    id = Id(required=True)
    number = Whole(1, required=True)
    file_no = Text(32, required=True)
    grade = Choice(FILED, required=True)
    state = Choice(codes.GOODS_LINE_STATES, required=True)
    reason = Text(500, required=True, allow_none=True)
    relation = Choice(codes.RECEIVERS, required=True, allow_none=True)
    receiver = Text(60, required=True, allow_none=True)
    signature_no = Text(60, required=True, allow_none=True)
    handed_on = Day(required=True, allow_none=True)


class GoodsLineQuery(PageQuery):
    state = Choice(codes.GOODS_LINE_STATES)
    grade = Choice(FILED)


class GoodsApproval(Strict):
    document_no = Text(60, required=True)


class Received(Strict):
    """Who took the package of a line: the head, one of the family, or somebody whom they asked to."""

    line_id = Id(required=True)
    relation = Choice(codes.RECEIVERS, load_default="HEAD")
    receiver = Text(60, required=True)
    signature_no = Text(60, load_default=None, allow_none=True)


class HandOver(Strict):
    """One household at the door, or a sheet of them that came back signed."""

    lines = listed(Received, 1, 50, required=True)
