"""The caps of central money (总工发〔2015〕20号) for payments that rest on no application: lines of lists, and claims.

Of a campaign `household_caps` asks it, of an application `money`. Whole fen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.payments import payment_lines
from services.relief.application.applications.by_file import Look
from services.relief.application.applications.earlier import COUNTED, IS_RELIEF, ON_THE_WAY, in_year
from services.relief.domain.applications.caps import Earlier, Situation, compute
from services.relief.domain.applications.programme import CENTRAL_SET, Programme
from services.relief.domain.applications.refusals import AboveReliefCap
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


def refusals(look: Look, source: str, relief_type: str, payments: Mapping[str, Payment]) -> dict[str, Refusal]:
    """By the keys of `payments`, those that go past a cap of central money: AboveReliefCap, or why nothing may be
    given. Whoever has no file has no grade, and so no cap: `by_file` decides on them."""
    ids = sorted({one.file_id for one in payments.values() if one.file_id}) if source == CENTRAL_SET else []
    if not ids:
        return {}
    files = {row.id: row for row in look(select(F.id, F.grade, F.org_path).where(F.id.in_(ids)))}
    kind_of = {file_id: (str(row.grade), division_of(row.org_path)) for file_id, row in files.items()}
    measures = {kind: _measure(relief_type, *kind) for kind in set(kind_of.values())}
    sums = _sums(look, relief_type, {file_id: measures[kind].rule for file_id, kind in kind_of.items()})
    found = {key: _refusal(one, measures[kind_of[one.file_id]], sums.get(one.file_id, 0))
             for key, one in payments.items() if one.file_id and one.file_id in kind_of}
    return {key: refusal for key, refusal in found.items() if refusal is not None}


@dataclass(frozen=True)
class Measure:
    """The rule and the dibao standard that all households of one grade and place have."""

    rule: Programme | None
    dibao_fen: int


def _measure(relief_type: str, grade: str, division: str) -> Measure:
    rule = programmes().find(relief_type, grade, None, today(), division, (CENTRAL_SET,))
    return Measure(rule, means.standards().on(today(), division).dibao_fen)


def _sums(look: Look, relief_type: str, rules: Mapping[str, Programme | None]) -> dict[str, int]:
    """File → fen that its members had, and have on the way, of what counts against the rule: one query for the rules
    that count alike."""
    alike: dict[tuple[bool, bool], list[str]] = {}
    for file_id, rule in rules.items():
        if rule is not None:
            alike.setdefault((rule.counts == "ALL_TYPES", rule.period.endswith("_YEAR")), []).append(file_id)
    found: dict[str, int] = {}
    for (is_all, is_of_year), file_ids in alike.items():
        when = in_year(today().year) if is_of_year else LINE.state.in_(("PAID", *ON_THE_WAY))
        given = select(M.file_id, func.sum(LINE.amount_fen - LINE.recovered_fen).label("fen")).join(
            payment_lines, LINE.payee_id == M.worker_id).where(
            M.file_id.in_(file_ids), LINE.purpose.in_(COUNTED if is_all else (relief_type,)), IS_RELIEF, when)
        found |= {row.file_id: int(row.fen) for row in look(given.group_by(M.file_id))}
    return found


def _refusal(one: Payment, measure: Measure, had_fen: int) -> Refusal | None:
    rule = measure.rule
    if rule is None:
        return None
    earlier = Earlier(reserved_fen=max(0, had_fen - (one.amount_fen if one.is_reserved else 0)))
    try:
        cap_fen = compute(rule, Situation(one.need, measure.dibao_fen, earlier)).cap_fen
    except Refusal as refusal:
        return refusal
    if one.amount_fen <= cap_fen:
        return None
    return AboveReliefCap(pointer="/fund_id", proposed=format_yuan(one.amount_fen), cap=format_yuan(cap_fen),
                          document=rule.document)
