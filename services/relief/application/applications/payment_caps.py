"""Caps (救助限额) of payments that rest on no application: lines of lists and of campaigns, and claims; and of what was
approved for files that were merged since. Whole fen.

Lists and campaigns are held to the rule sets of the household's place, whatever money pays them, and to those of
central money (总工发〔2015〕20号) where that pays; claims to the latter alone. Asked in sets: as many statements for
hundreds of households as for one. What counts is the file as it stands: its grade and its place. Of an application
`money` asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, func, select

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.payments import payment_lines
from services.relief.application.applications.by_file import Look
from services.relief.application.applications.earlier import COUNTED, IS_RELIEF, ON_THE_WAY, in_year
from services.relief.domain.applications.caps import PERIOD_NAMES, Earlier, Situation, compute
from services.relief.domain.applications.kinds import FILED, SCHOOL_LEVELS, UNFILED
from services.relief.domain.applications.programme import Programme
from services.relief.domain.applications.refusals import PaymentAboveCap, ProgrammeMissing
from services.relief.rules import means
from services.relief.rules.programmes import programmes
from shared.kernel.clock import today
from shared.kernel.errors import Refusal
from shared.kernel.money import format_yuan
from shared.kernel.org import division_of

#: periods over which the household as a whole has one ceiling
HOUSEHOLD = ("HOUSEHOLD_YEAR", "HOUSEHOLD_EVER")
A, F, M, LINE = relief_applications.c, hardship_files.c, hardship_members.c, payment_lines.c


@dataclass(frozen=True)
class Payment:
    """`file_id` is the file of the worker's household, if there is one. `need` are the facts the cap looks at;
    `is_reserved`: the amount is in the household's payment lines already."""

    worker_id: str
    file_id: str | None
    amount_fen: int
    need: Mapping[str, Any] = field(default_factory=dict)
    is_reserved: bool = False


@dataclass(frozen=True)
class Measure:
    """The rule and the dibao standard that all households of one grade and place have."""

    rule: Programme
    dibao_fen: int

    def whose(self, one: Payment) -> str:
        """The household or the person that earlier money counts for: a file's or a worker's id."""
        return one.worker_id if one.file_id is None or self.rule.period == "PERSON_YEAR" else one.file_id


@dataclass(frozen=True)
class Asked:
    """What all payments that are asked about have in common. `sets`: the rule sets, None those of each place;
    `org_path` is the place of those without a file; `matter_id` the list's paper, an occasion of its own; `is_wanted`:
    where no rule gives anything, nothing may be given; `is_of_household`: only the ceilings that a household has as a
    whole are held, not those of a person, a student or an occasion."""

    relief_type: str
    org_path: str
    sets: Sequence[str] | None = None
    matter_id: str | None = None
    is_wanted: bool = False
    is_of_household: bool = False


def refusals(look: Look, asked: Asked, payments: Mapping[str, Payment]) -> dict[str, Refusal]:
    """By the keys of `payments`, those that go past a cap: PaymentAboveCap, or why nothing may be given. Where no rule
    gives a ceiling for a grade and type there is no cap, or nothing is given: ProgrammeMissing."""
    measures = _measures(look, asked, payments)
    had = _had(look, asked, payments, measures)
    found = {key: _refusal(payments[key], measure, had[key]) for key, measure in measures.items()}
    missing = payments.keys() - measures.keys() if asked.is_wanted else ()
    return ({key: refusal for key, refusal in found.items() if refusal is not None}
            | dict.fromkeys(missing, _missing(asked)))


def _missing(asked: Asked) -> Refusal:
    possible = programmes().possible(UNFILED, today(), division_of(asked.org_path))
    return ProgrammeMissing(pointer="/relief_type", relief_type=asked.relief_type, whom="-", school_level="-",
                            possible=", ".join(possible))


def graded_files(look: Look, worker_ids: Collection[str]) -> Mapping[str, str]:
    """Worker → the open file of the household, once that has a grade: what is under review keeps its cap."""
    found = select(M.worker_id, M.file_id).join(hardship_files, F.id == M.file_id).where(
        M.worker_id.in_(worker_ids), M.is_open, F.grade.in_(FILED))
    return {row.worker_id: row.file_id for row in look(found)}


def _measures(look: Look, asked: Asked, payments: Mapping[str, Payment]) -> dict[str, Measure]:
    """By the keys of `payments`, where a cap is to be held."""
    ids = sorted({one.file_id for one in payments.values() if one.file_id})
    files = look(select(F.id, F.grade, F.org_path).where(F.id.in_(ids))) if ids else []
    kind_of = {row.id: (str(row.grade), division_of(row.org_path)) for row in files}
    nobody = (UNFILED, division_of(asked.org_path))
    kinds = {key: kind_of.get(one.file_id, nobody) if one.file_id else nobody for key, one in payments.items()}
    of_kind = {kind: _measure(asked, *kind) for kind in set(kinds.values())}
    found = {key: _known(of_kind[kind], payments[key].need) for key, kind in kinds.items()}
    return {key: measure for key, measure in found.items() if measure is not None
            and (measure.rule.period in HOUSEHOLD or not asked.is_of_household)}


def _measure(asked: Asked, grade: str, division: str) -> Measure | None:
    """Of students, whose school no list names, the level with the highest ceiling."""
    levels = SCHOOL_LEVELS if asked.relief_type == "STUDENT" else (None,)
    found = [programmes().find(asked.relief_type, grade, level, today(), division, asked.sets) for level in levels]
    rules = [rule for rule in found if rule is not None]
    if not rules:
        return None
    dibao_fen = means.standards().on(today(), division).dibao_fen
    return Measure(max(rules, key=lambda rule: rule.months or rule.most_fen or 0), dibao_fen)


def _known(measure: Measure | None, need: Mapping[str, Any]) -> Measure | None:
    """A share of a bill that nobody has told of is no ceiling: that of the period is."""
    if measure is None or measure.rule.base is None or measure.rule.base in need:
        return measure
    rule = measure.rule
    if rule.months is None and rule.most_fen is None:
        return None
    return replace(measure, rule=replace(rule, base=None))


# -- what was had before -----------------------------------------------------------------------------------------


def _had(look: Look, asked: Asked, payments: Mapping[str, Payment],
         measures: Mapping[str, Measure]) -> dict[str, Earlier]:
    """What counts against the rule, the payment itself among it when it is reserved. One query for the rules that count
    alike."""
    alike: defaultdict[tuple[str, bool, bool], set[str]] = defaultdict(set)
    for key, measure in measures.items():
        alike[_way(measure, payments[key])].add(measure.whose(payments[key]))
    sums = {way: _given(look, asked, way, ids) for way, ids in alike.items()}
    goods = _goods(look, asked, {one for ids in alike.values() for one in ids})
    found: dict[str, Earlier] = {}
    for key, measure in measures.items():
        whose = measure.whose(payments[key])
        given = sums[_way(measure, payments[key])].get(whose, {})
        counted = COUNTED if measure.rule.counts == "ALL_TYPES" else (asked.relief_type,)
        found[key] = Earlier(goods.get(whose, 0), sum(given.get(one, 0) for one in counted), tuple(sorted(
            one for one in given if one in COUNTED and one != asked.relief_type)))
    return found


def _way(measure: Measure, one: Payment) -> tuple[str, bool, bool]:
    """How the rule counts: over what time, whether for a household, whether other types matter."""
    rule = measure.rule
    span = "YEAR" if rule.period.endswith("_YEAR") else "OCCASION" if rule.period == "OCCASION" else "EVER"
    return span, measure.whose(one) == one.file_id, rule.counts == "ALL_TYPES" or rule.is_single


def _given(look: Look, asked: Asked, way: tuple[str, bool, bool], ids: Collection[str]) -> dict[str, dict[str, int]]:
    """File or worker → purpose → fen that was paid, or is on its way, less what came back."""
    span, is_household, is_all = way
    where: list[ColumnElement[bool]] = [LINE.purpose.in_(COUNTED if is_all else (asked.relief_type,)), IS_RELIEF]
    where.append(in_year(today().year) if span == "YEAR" else LINE.state.in_(("PAID", *ON_THE_WAY)))
    if span == "OCCASION":
        where.append(LINE.about_id == asked.matter_id)
    whose = M.file_id if is_household else LINE.payee_id
    given = select(whose.label("whose"), LINE.purpose, func.sum(LINE.amount_fen - LINE.recovered_fen).label("fen"))
    if is_household:
        given = given.join_from(hardship_members, payment_lines, LINE.payee_id == M.worker_id)
    found: dict[str, dict[str, int]] = {}
    for row in look(given.where(whose.in_(ids), *where).group_by(whose, LINE.purpose)):
        found.setdefault(row.whose, {})[row.purpose] = int(row.fen)
    return found


def _goods(look: Look, asked: Asked, ids: Collection[str]) -> dict[str, int]:
    """Goods leave no payment line: their value, by household."""
    if asked.relief_type != "GOODS" or not ids:
        return {}
    given = select(A.household_id, func.sum(A.proposed_fen).label("fen")).where(
        A.household_id.in_(ids), A.relief_type == "GOODS", A.year == today().year, A.state.in_(("APPROVED", "CLOSED")))
    return {row.household_id: int(row.fen) for row in look(given.group_by(A.household_id))}


# -- whether it fits ---------------------------------------------------------------------------------------------


def _refusal(one: Payment, measure: Measure, had: Earlier) -> Refusal | None:
    rule = measure.rule
    own_fen = one.amount_fen if one.is_reserved else 0
    earlier = replace(had, reserved_fen=max(0, had.reserved_fen - own_fen))
    try:
        whole_fen = compute(rule, Situation(one.need, measure.dibao_fen)).cap_fen
        room_fen = compute(rule, Situation(one.need, measure.dibao_fen, earlier)).cap_fen
    except Refusal as refusal:
        return refusal
    if one.amount_fen <= room_fen:
        return None
    zh, en = PERIOD_NAMES[rule.period]
    return PaymentAboveCap(
        pointer="/fund_id", amount=format_yuan(one.amount_fen), cap=format_yuan(whole_fen), period_zh=zh, period_en=en,
        used=format_yuan(earlier.total_fen), room=format_yuan(room_fen), rule=rule.series, document=rule.document)
