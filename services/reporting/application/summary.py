"""What a period came to, and the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, distinct, func, select

from services.reporting.adapters.tables import facts
from services.reporting.domain.indicators import BY_CODE, INDICATORS, RATES, SATISFACTION, Indicator, Satisfaction
from services.reporting.domain.units import UNITS, rate_bp
from shared.kernel.clock import today
from shared.kernel.counts import Count
from shared.kernel.errors import Invalid, NotFound
from shared.service.dispatch import Asked
from shared.store.reading import Reading, within

MEASURES = {
    "subjects": func.count(distinct(facts.c.subject_id)).label("subjects"),
    "persons": func.count(distinct(facts.c.person_id)).label("persons"),
    "facts": func.count().label("facts"),
    "quantity": func.coalesce(func.sum(facts.c.quantity), 0).label("quantity"),
    "amount": func.coalesce(func.sum(facts.c.amount_fen), 0).label("amount"),
}


class PeriodInvalid(Invalid):
    code = "period-invalid"
    zh = "统计期的起始日 {from_on} 晚于截止日 {to_on}。"
    en = "The period begins on {from_on}, after its end on {to_on}."


class IndicatorUnknown(Invalid):
    code = "indicator-unknown"
    zh = "没有指标“{indicator}”。可用:{known}。"
    en = "There is no indicator {indicator}. Known: {known}."


@dataclass(frozen=True)
class Period:
    """The part of the facts that is asked about; `scope` keeps it to what the caller may see."""

    from_on: date
    to_on: date
    scope: tuple[ColumnElement[bool], ...]

    def select(self, *columns: Any) -> Select[Any]:
        return select(*columns).where(facts.c.happened_on.between(self.from_on, self.to_on), *self.scope)


def get_summary(reading: Reading, asked: Asked) -> dict[str, Any]:
    query = asked.query
    to_on = query.get("to_on", today())
    from_on = query.get("from_on", date(to_on.year, 1, 1))
    if from_on > to_on:
        raise PeriodInvalid(pointer="/from", from_on=str(from_on), to_on=str(to_on))
    period = Period(from_on, to_on, _scope(reading, query))
    counted = {code: _figure(reading, period, BY_CODE[code]) for code in BY_CODE}
    return {"from_on": from_on, "to_on": to_on, "org_path": query.get("org_path"),
            "indicators": [{**asdict(one), "value": int(counted[one.code])} for one in INDICATORS],
            "rates": _rates(reading, period, counted),
            "satisfaction": [_satisfaction(reading, period, one) for one in SATISFACTION]}


def list_facts(reading: Reading, asked: Asked) -> dict[str, Any]:
    query, where = asked.query, list(_scope(reading, asked.query))
    if "indicator" in query:
        where += _of_indicator(query["indicator"])
    if "type" in query:
        where.append(facts.c.type == query["type"])
    if "from_on" in query:
        where.append(facts.c.happened_on >= query["from_on"])
    if "to_on" in query:
        where.append(facts.c.happened_on <= query["to_on"])
    return reading.page(facts, query, sort=[facts.c.recorded_at, facts.c.happened_on], where=where)


def _scope(reading: Reading, query: Mapping[str, Any]) -> tuple[ColumnElement[bool], ...]:
    wanted = query.get("org_path")
    if wanted is None:
        return (within(facts, reading.caller),)
    if not reading.caller.covers(wanted):
        raise NotFound(pointer="/org_path", id=wanted)
    return (within(facts, reading.caller), facts.c.org_path.startswith(wanted, autoescape=True))


def _of_indicator(code: str) -> list[ColumnElement[bool]]:
    indicator = BY_CODE.get(code)
    if indicator is None:
        raise IndicatorUnknown(pointer="/indicator", indicator=code, known=", ".join(BY_CODE))
    of_code = [facts.c.code == indicator.only] if indicator.only else []
    return [facts.c.type == indicator.source, *of_code]


def _figure(reading: Reading, period: Period, indicator: Indicator) -> Count:
    found = _one(reading, period.select(MEASURES[indicator.measure]).where(*_of_indicator(indicator.code)))
    return UNITS[indicator.unit](int(found[0]))


def _rates(reading: Reading, period: Period, counted: Mapping[str, Count]) -> list[dict[str, Any]]:
    agreed = select(facts.c.subject_id).where(facts.c.type == "mediation.mediation_agreed")
    closed = period.select(MEASURES["subjects"]).where(facts.c.type == "mediation.dispute_closed",
                                                       facts.c.subject_id.in_(agreed))
    known = {**counted, "closed_with_agreement": UNITS["起"](_one(reading, closed)[0]),
             "obligations_performed": _obligations(reading, period, ["mediation.mediation_performed"]),
             "obligations_due": _obligations(reading, period, ["mediation.mediation_performed",
                                                               "mediation.mediation_defaulted"])}
    told = []
    for rate in RATES:
        numerator, denominator = known[rate.numerator], known[rate.denominator]
        told.append({**asdict(rate), "numerator": int(numerator), "denominator": int(denominator),
                     "value_bp": rate_bp(numerator, denominator)})
    return told


def _obligations(reading: Reading, period: Period, types: list[str]) -> Count:
    """The obligations of the agreements that came to such an end in the period, whenever they were made."""
    ended = period.select(facts.c.subject_id).where(facts.c.type.in_(types))
    agreements = select(MEASURES["quantity"]).where(facts.c.type == "mediation.mediation_agreed",
                                                    facts.c.subject_id.in_(ended))
    return UNITS["项"](int(_one(reading, agreements)[0]))


def _satisfaction(reading: Reading, period: Period, axis: Satisfaction) -> dict[str, Any]:
    column = facts.c[axis.column]
    rated = period.select(column.label("level"), func.count().label("ratings")).where(column.is_not(None))
    counts: dict[int, int] = {row.level: row.ratings for row in reading.all(rated.group_by(column))}
    levels = [{"level": level, "count": counts.get(level, 0)} for level in (5, 4, 3, 2, 1)]
    return {**asdict(axis), "levels": levels, "base": sum(counts.values())}


def _one(reading: Reading, query: Select[Any]) -> Row[Any]:
    return reading.all(query)[0]
