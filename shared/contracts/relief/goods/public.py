"""What everybody may see of donated goods: receipts and what became of the goods (慈善法、公益事业捐赠法第16、22条)."""

from __future__ import annotations

from shared.contracts.fields import Choice, Day, Id, OrgPath, PageQuery, QueryWhole, Strict, Text, Whole, listed
from shared.contracts.relief.goods import codes


class SummaryQuery(Strict):
    year = QueryWhole(2000, 2100, metadata={"description": "this year if not given"})
    org_path = OrgPath(metadata={"description": "a place and everything below it; all places if not given"})


class MonthRow(Strict):
    """What came in and went out of a class in a month; returns and losses are already taken off or added."""

    month = Text(7, required=True)
    goods_class = Choice(codes.CLASSES, required=True)
    received = Whole(-codes.MOST, 2**53, required=True)
    issued = Whole(-codes.MOST, 2**53, required=True)
    disposed = Whole(-codes.MOST, 2**53, required=True)


class Summary(Strict):
    year = Whole(2000, 2100, required=True)
    items = listed(MonthRow, 0, 100, required=True)


class ReceiptQuery(PageQuery):
    receipt_no = Text(32)
    goods_class = Choice(codes.CLASSES)
    org_path = OrgPath()


class PublishedReceipt(Strict):
    """A donation. `donor` is the name where the donor agreed, else masked; anonymous donors stay so."""

    id = Id(required=True)
    receipt_no = Text(19, required=True)
    org_path = OrgPath(required=True)
    received_on = Day(required=True)
    donor = Text(100, required=True)
    goods_class = Choice(codes.CLASSES, required=True)
    title = Text(100, required=True)
    unit = Choice(codes.UNITS, required=True)
    received = Whole(0, codes.MOST, required=True)
    issued = Whole(0, codes.MOST, required=True)
    disposed = Whole(0, codes.MOST, required=True)
