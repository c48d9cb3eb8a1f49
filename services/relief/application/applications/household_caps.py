"""The caps of the year for payments that rest on no application: households of campaigns, lines of lists, and claims.

Asked in sets: as many statements for hundreds of households as for one. What counts is the file as it stands: its grade
and its place. Of an application `money` asks the cap. Whole fen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.payments import payment_lines
from services.relief.application.applications.by_file import Look
from services.relief.application.applications.earlier import COUNTED, IS_RELIEF, ON_THE_WAY, in_year
from services.relief.domain.applications.caps import Earlier, Situation, compute
from services.relief.domain.applications.programme import CENTRAL_SET, Programme
from services.relief.domain.applications.refusals import AboveReliefCap, ProgrammeMissing
from services.relief.rules import means
from services.relief.rules.programmes import programmes
from shared.kernel.clock import today
from shared.kernel.errors import Refusal
from shared.kernel.money import format_yuan
from shared.kernel.org import division_of

F, M, LINE = hardship_files.c, hardship_members.c, payment_lines.c


@dataclass(frozen=True)
class Payment:
    """`need` are the facts the cap looks at; `is_reserved`: the amount is in the household's payment lines already."""

    file_id: str | None
    amount_fen: int
    need: Mapping[str, Any] = field(default_factory=dict)
    is_reserved: bool = False


@dataclass(frozen=True)
class Measure:
    """The rule and the dibao standard that all households of one grade and place have. `missing` says that the place
    gives them nothing of the kind."""

    rule: Programme | None
    dibao_fen: int
    missing: Refusal | None = None


def central_refusals(look: Look, source: str, relief_type: str, payments: Mapping[str, Payment]) -> dict[str, Refusal]:
    """By the keys of `payments`, those that go past a cap of central money (总工发〔2015〕20号): AboveReliefCap, or why
    nothing may be given. What central money has no cap for is not refused."""
    return _refusals(look, relief_type, payments, (CENTRAL_SET,)) if source == CENTRAL_SET else {}


def local_refusals(look: Look, relief_type: str, payments: Mapping[str, Payment]) -> dict[str, Refusal]:
    """The same by the rule sets that the household's place follows; ProgrammeMissing where they give nothing."""
    return _refusals(look, relief_type, payments, None)


def _refusals(look: Look, relief_type: str, payments: Mapping[str, Payment],
              sets: Sequence[str] | None) -> dict[str, Refusal]:
    """Whoever has no file has no grade, and so no cap of the year: `by_file` decides on them."""
    ids = sorted({one.file_id for one in payments.values() if one.file_id})
    files = look(select(F.id, F.grade, F.org_path).where(F.id.in_(ids))) if ids else []
    kind_of = {row.id: (str(row.grade), division_of(row.org_path)) for row in files}
    measures = {kind: _measure(relief_type, *kind, sets) for kind in set(kind_of.values())}
    rules = {file_id: rule for file_id, kind in kind_of.items() if (rule := measures[kind].rule) is not None}
    had, others = _sums(look, relief_type, rules), _other_types(look, relief_type, rules)
    found: dict[str, Refusal] = {}
    for key, one in payments.items():
        file_id = one.file_id or ""
        if file_id in kind_of:
            had_fen = had.get(file_id, 0) - (one.amount_fen if one.is_reserved else 0)
            earlier = Earlier(reserved_fen=max(0, had_fen), other_types=others.get(file_id, ()))
            refusal = _refusal(one, measures[kind_of[file_id]], earlier)
            found |= {key: refusal} if refusal else {}
    return found


def _measure(relief_type: str, grade: str, division: str, sets: Sequence[str] | None) -> Measure:
    rule = programmes().find(relief_type, grade, None, today(), division, sets)
    missing = None if rule or sets else ProgrammeMissing(
        pointer="/relief_type", relief_type=relief_type, whom=grade, school_level="-",
        possible=", ".join(programmes().possible(grade, today(), division)))
    return Measure(rule, means.standards().on(today(), division).dibao_fen, missing)


def _refusal(one: Payment, measure: Measure, earlier: Earlier) -> Refusal | None:
    if measure.rule is None:
        return measure.missing
    try:
        cap_fen = compute(measure.rule, Situation(one.need, measure.dibao_fen, earlier)).cap_fen
    except Refusal as refusal:
        return refusal
    if one.amount_fen <= cap_fen:
        return None
    return AboveReliefCap(pointer="/fund_id", proposed=format_yuan(one.amount_fen), cap=format_yuan(cap_fen),
                          document=measure.rule.document)


# -- what the households had -------------------------------------------------------------------------------------


def _sums(look: Look, relief_type: str, rules: Mapping[str, Programme]) -> dict[str, int]:
    """File → fen that its members had, and have on the way, of what counts against the rule: one query for the rules
    that count alike. A ceiling for each occasion counts nothing that was before."""
    alike: dict[tuple[bool, bool], list[str]] = {}
    for file_id, rule in rules.items():
        if rule.period != "OCCASION":
            alike.setdefault((rule.counts == "ALL_TYPES", rule.period.endswith("_YEAR")), []).append(file_id)
    found: dict[str, int] = {}
    for (is_all, is_of_year), file_ids in alike.items():
        when = in_year(today().year) if is_of_year else LINE.state.in_(("PAID", *ON_THE_WAY))
        given = _of_members([func.sum(LINE.amount_fen - LINE.recovered_fen).label("fen")], file_ids,
                            COUNTED if is_all else (relief_type,), when)
        found |= {row.file_id: int(row.fen) for row in look(given.group_by(M.file_id))}
    return found


def _other_types(look: Look, relief_type: str, rules: Mapping[str, Programme]) -> dict[str, tuple[str, ...]]:
    """File → other kinds of relief of this year, where the rule allows a single item."""
    file_ids = [file_id for file_id, rule in rules.items() if rule.is_single]
    if not file_ids:
        return {}
    others = [one for one in COUNTED if one != relief_type]
    query = _of_members([LINE.purpose], file_ids, others, in_year(today().year)).distinct()
    found: dict[str, tuple[str, ...]] = {}
    for row in look(query.order_by(M.file_id, LINE.purpose)):
        found[row.file_id] = (*found.get(row.file_id, ()), row.purpose)
    return found


def _of_members(columns: Sequence[ColumnElement[Any]], file_ids: Collection[str], purposes: Collection[str],
                when: ColumnElement[bool]) -> Select[Any]:
    return select(M.file_id, *columns).join(payment_lines, LINE.payee_id == M.worker_id).where(
        M.file_id.in_(file_ids), LINE.purpose.in_(purposes), IS_RELIEF, when)
