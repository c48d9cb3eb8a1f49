"""What goes in and out of donated goods (捐赠物资)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Day,
    Flag,
    Id,
    Mobile,
    Moment,
    OrgPath,
    PageQuery,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.applications.codes import TIERS
from shared.contracts.relief.goods import codes


def amount(least: int = 1, **rest: bool) -> Whole:
    return Whole(least, codes.MOST, required=True, **rest)


class NewLot(Strict):
    """A donation as it comes in. A donor who is not anonymous is named, and says whether the name may be published."""

    goods_class = Choice(codes.CLASSES, required=True)
    title = Text(100, required=True)
    unit = Choice(codes.UNITS, required=True)
    quantity = amount()
    condition = Choice(codes.CONDITIONS, required=True)
    received_on = Day(load_default=None, allow_none=True, metadata={"description": "today if not given"})
    is_anonymous = Flag(load_default=True)
    donor_name = Text(100, load_default=None, allow_none=True)
    donor_phone = Mobile(load_default=None, allow_none=True)
    name_may_be_published = Flag(load_default=False)
    intended_for = Choice(codes.INTENTS, load_default="ANY", metadata={"description": "the donor's wish, binding"})
    intent = Text(300, load_default=None, allow_none=True)
    expires_on = Day(load_default=None, allow_none=True)
    org_path = OrgPath()


class Grade(Strict):
    grade = Choice(codes.GRADES, required=True)
    category = Text(40, required=True)
    quantity = amount()


class Lot(Record):
    """on_hand = received − issued − disposed; free = on_hand − reserved − held."""

    receipt_no = Text(19, required=True)
    goods_class = Choice(codes.CLASSES, required=True)
    title = Text(100, required=True)
    unit = Choice(codes.UNITS, required=True)
    condition = Choice(codes.CONDITIONS, required=True)
    state = Choice(codes.LOT_STATES, required=True)
    received_on = Day(required=True)
    is_anonymous = fields.Boolean(required=True)
    name_may_be_published = fields.Boolean(required=True)
    donor_name = Text(100, required=True, allow_none=True)
    donor_phone = Text(20, required=True, allow_none=True)
    intended_for = Choice(codes.INTENTS, required=True)
    intent = Text(300, required=True, allow_none=True)
    expires_on = Day(required=True, allow_none=True)
    disinfected_on = Day(required=True, allow_none=True)
    disinfection_method = Text(100, required=True, allow_none=True)
    grades = listed(Grade, 0, 100, required=True)
    shelf = Text(60, required=True, allow_none=True)
    received = amount(0)
    issued = amount(0)
    disposed = amount(0)
    reserved = amount(0)
    held = amount(0)
    on_hand = amount(0)
    free = amount(0)
    created_at = Moment(required=True)


class LotRow(Lot):
    """A lot in a list: without the donor."""

    class Meta:
        exclude = ("donor_name", "donor_phone")


class LotQuery(PageQuery):
    state = Choice(codes.LOT_STATES)
    goods_class = Choice(codes.CLASSES)
    receipt_no = Text(32)


class Disinfection(Strict):
    method = Text(100, required=True)
    on = Day(required=True)


class Sorting(Strict):
    """Everything on hand is sorted; what is unusable is proposed for disposal."""

    grades = listed(Grade, 0, 100, required=True)
    unusable = Whole(0, codes.MOST, load_default=0)


class Shelf(Strict):
    shelf = Text(60, required=True)


class Release(Strict):
    """Goods held back go onto the shelf again, disinfected where their class demands it."""

    quantity = amount()
    disinfection = fields.Nested(Disinfection, load_default=None, allow_none=True)


class Movement(Strict):
    id = Id(required=True)
    lot_id = Id(required=True)
    number = Whole(1, required=True)
    org_path = OrgPath(required=True)
    goods_class = Choice(codes.CLASSES, required=True)
    kind = Choice(codes.MOVEMENTS, required=True)
    quantity = amount()
    about_kind = Text(40, required=True)
    about_id = Id(required=True)
    actor = Text(80, required=True)
    moved_on = Day(required=True)
    at = Moment(required=True)


class MovementQuery(PageQuery):
    lot_id = Id()
    goods_class = Choice(codes.CLASSES)
    kind = Choice(codes.MOVEMENTS)


class NewIssue(Strict):
    """Goods given out: to the household of an active hardship file, or to a worker."""

    lot_id = Id(required=True)
    quantity = amount()
    file_id = Id(load_default=None, allow_none=True)
    worker_id = Id(load_default=None, allow_none=True)
    signature_no = Text(60, load_default=None, allow_none=True, metadata={"description": "the signed receipt"})


class Issue(Record):
    issue_no = Text(19, required=True)
    lot_id = Id(required=True)
    goods_class = Choice(codes.CLASSES, required=True)
    quantity = amount()
    returned = amount(0)
    file_id = Id(required=True, allow_none=True)
    worker_id = Id(required=True, allow_none=True)
    state = Choice(codes.ISSUE_STATES, required=True)
    tier = Choice(TIERS, required=True)
    issued_on = Day(required=True)
    issued_by = Text(80, required=True)
    signature_no = Text(60, required=True, allow_none=True)
    return_reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class IssueQuery(PageQuery):
    lot_id = Id()
    file_id = Id()
    worker_id = Id()
    goods_class = Choice(codes.CLASSES)
    state = Choice(codes.ISSUE_STATES)
    tier = Choice(TIERS)


class Return(Strict):
    quantity = amount()
    reason = Text(300, required=True)


class NewAdjustment(Strict):
    """A disposal names its `quantity`, a stock-take what was `counted`. `from_held`: goods already held back."""

    lot_id = Id(required=True)
    kind = Choice(codes.ADJUSTMENTS, required=True)
    quantity = Whole(1, codes.MOST, load_default=None, allow_none=True)
    counted = Whole(0, codes.MOST, load_default=None, allow_none=True)
    from_held = Flag(load_default=False)
    reason = Text(300, required=True)


class Adjustment(Record):
    lot_id = Id(required=True)
    kind = Choice(codes.ADJUSTMENTS, required=True)
    difference = Whole(-codes.MOST, codes.MOST, required=True)
    counted = amount(0, allow_none=True)
    reason = Text(300, required=True)
    state = Choice(codes.ADJUSTMENT_STATES, required=True)
    proposed_by = Text(80, required=True)
    decided_by = Text(80, required=True, allow_none=True)
    decision_note = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class AdjustmentQuery(PageQuery):
    lot_id = Id()
    kind = Choice(codes.ADJUSTMENTS)
    state = Choice(codes.ADJUSTMENT_STATES)


class Rejection(Strict):
    note = Text(300, required=True)


class StockQuery(Strict):
    goods_class = Choice(codes.CLASSES)


class StockRow(Strict):
    """The stock of a class at a place; `agrees` when the counters are what the movements add up to."""

    org_path = OrgPath(required=True)
    goods_class = Choice(codes.CLASSES, required=True)
    received = Whole(0, 2**53, required=True)
    issued = Whole(0, 2**53, required=True)
    disposed = Whole(0, 2**53, required=True)
    reserved = Whole(0, 2**53, required=True)
    held = Whole(0, 2**53, required=True)
    on_hand = Whole(0, 2**53, required=True)
    agrees = fields.Boolean(required=True)


class Stock(Strict):
    items = listed(StockRow, 0, 10_000, required=True)
    agrees = fields.Boolean(required=True)
