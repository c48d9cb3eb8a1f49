"""What goes in and out of reporting."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Day, Fen, Id, Moment, OrgPath, PageQuery, Strict, Text, Whole, listed

MOST = 2**53 - 1


class SummaryQuery(Strict):
    """A period, both days included, and a part of the tree. Without them: this year until today, all one may see."""

    from_on = Day(data_key="from")
    to_on = Day(data_key="to")
    org_path = OrgPath()


class Figure(Strict):
    """One indicator. Figures of different units (起, 人次, 人, 场, 批, 分) are never added."""

    code = Text(60, required=True)
    zh = Text(60, required=True)
    en = Text(60, required=True)
    unit = Text(4, required=True, metadata={"description": "起 cases, 人次 person-times, 人 persons, 场, 批, 分 fen"})
    value = Whole(0, MOST, required=True)
    definition_zh = Text(300, required=True)
    definition_en = Text(300, required=True)
    source = Text(60, required=True, metadata={"description": "the event it is counted from"})


class RateFigure(Strict):
    """A ratio with its two figures; `value_bp` (basis points) is null when the denominator is 0."""

    code = Text(60, required=True)
    zh = Text(60, required=True)
    en = Text(60, required=True)
    unit = Text(4, required=True, metadata={"description": "unit of numerator and denominator"})
    numerator = Whole(0, MOST, required=True)
    denominator = Whole(0, MOST, required=True)
    value_bp = Whole(0, MOST, required=True, allow_none=True)
    definition_zh = Text(300, required=True)
    definition_en = Text(300, required=True)


class Level(Strict):
    level = Whole(1, 5, required=True)
    count = Whole(0, MOST, required=True)


class SatisfactionFigure(Strict):
    """Ratings by level (5 very satisfied to 1), and how many there were: the base of any share."""

    code = Text(60, required=True)
    zh = Text(60, required=True)
    en = Text(60, required=True)
    levels = listed(Level, 5, 5, required=True)
    base = Whole(0, MOST, required=True)
    definition_zh = Text(300, required=True)
    definition_en = Text(300, required=True)


class Summary(Strict):
    from_on = Day(data_key="from", required=True)
    to_on = Day(data_key="to", required=True)
    org_path = OrgPath(required=True, allow_none=True)
    indicators = listed(Figure, 0, 200, required=True)
    rates = listed(RateFigure, 0, 50, required=True)
    satisfaction = listed(SatisfactionFigure, 0, 10, required=True)


class FactQuery(PageQuery):
    indicator = Text(60, metadata={"description": "only the rows this indicator counts"})
    type = Text(60, metadata={"description": "the event, for example mediation.dispute_accepted"})
    from_on = Day(data_key="from")
    to_on = Day(data_key="to")
    org_path = OrgPath()


class Fact(Strict):
    """One counted event: the row behind a figure."""

    id = Id(required=True)
    org_path = OrgPath(required=True)
    event_id = Id(required=True)
    type = Text(60, required=True)
    subject_id = Id(required=True)
    happened_on = Day(required=True)
    quantity = Whole(required=True, allow_none=True)
    amount_fen = Fen(least=0, required=True, allow_none=True)
    person_id = Id(required=True, allow_none=True)
    code = fields.String(required=True, allow_none=True)
    result_score = Whole(1, 5, required=True, allow_none=True)
    attitude_score = Whole(1, 5, required=True, allow_none=True)
    recorded_at = Moment(required=True)
