"""Aid by the file (依档帮扶): what a source of money asks of the household, asked on every way that the money goes.

The conditions lie in rules/source_conditions.yaml (总工发〔2015〕20号: 先建档、后帮扶、实名制).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.funds import funds
from services.relief.application.workers import describe
from services.relief.domain.applications.programme import SourceCondition
from services.relief.domain.applications.refusals import NotAMember, SourceNotForFile
from services.relief.domain.funds.purposes import money_code
from services.relief.rules.programmes import programmes
from shared.kernel.clock import today
from shared.kernel.errors import Refusal
from shared.kernel.org import division_of
from shared.store.work import Work

#: looks at the database, before the transaction (`work.peek`) or in it (`inside`)
Look = Callable[[Select[Any]], Sequence[Row[Any]]]
F, M = hardship_files.c, hardship_members.c


@dataclass(frozen=True)
class Recipient:
    """Who gets the money, and the file of the household; None where there is none."""

    worker_id: str
    file_id: str | None


@dataclass(frozen=True)
class Told:
    """What membership said of workers, by id. Nobody is known where the source asks nothing."""

    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def is_stranger(self, worker_id: str) -> bool:
        """Whom nobody knows, and migrants who are not members."""
        facts = self.facts.get(worker_id)
        return facts is None or (facts["is_migrant"] and not facts["is_member"])


def inside(work: Work) -> Look:
    return lambda query: work.session.execute(query).all()


def source_of(work: Work, fund_id: str | None) -> str | None:
    """What rules call the fund's money, looked up before the transaction begins; None for a fund that is not there."""
    found = work.peek(select(funds.c.source, funds.c.fiscal_level).where(funds.c.id == fund_id)) if fund_id else []
    return money_code(found[0].source, found[0].fiscal_level) if found else None


def asks(source: str) -> bool:
    """Whether the source asks anything anywhere."""
    return programmes().has_conditions(source)


def told_of(work: Work, source: str | None, worker_ids: Collection[str]) -> Told:
    """Asks membership before the transaction begins, if the source wants to know."""
    if source is None or not asks(source):
        return Told()
    return Told(describe(work, worker_ids))


def condition_of(source: str, org_path: str) -> SourceCondition | None:
    """What the source asks in a place today; None where it asks nothing."""
    return programmes().condition(source, today(), division_of(org_path))


def active_files(look: Look, worker_ids: Collection[str]) -> Mapping[str, str]:
    """Worker → the active file of the household; a worker is in one open file at the most (DUP-1)."""
    found = select(M.worker_id, M.file_id).join(hardship_files, F.id == M.file_id).where(
        M.worker_id.in_(worker_ids), F.state == "ACTIVE")
    return {row.worker_id: row.file_id for row in look(found)}


def refusals(look: Look, source: str, org_path: str, recipients: Mapping[str, Recipient],
             told: Told | None) -> dict[str, Refusal]:
    """Of those who may not have this money, by the keys of `recipients`: SourceNotForFile or NotAMember. Without
    `told` only the files are looked at."""
    condition = condition_of(source, org_path)
    if condition is None:
        return {}
    ids = {one.file_id for one in recipients.values() if one.file_id}
    files = look(select(F.id, F.level).where(F.id.in_(ids), F.state == "ACTIVE")) if ids else []
    levels = {row.id: str(row.level) for row in files}
    found = {key: _refusal(condition, levels.get(one.file_id or ""), one.worker_id, told)
             for key, one in recipients.items()}
    return {key: refusal for key, refusal in found.items() if refusal is not None}


def require(look: Look, source: str, org_path: str, recipient: Recipient, told: Told) -> None:
    """`refusals` of one. Raises SourceNotForFile, NotAMember."""
    for refusal in refusals(look, source, org_path, {"": recipient}, told).values():
        raise refusal


def _refusal(condition: SourceCondition, level: str | None, worker_id: str,
             told: Told | None) -> Refusal | None:
    levels = condition.file_levels
    if levels is not None and level not in levels:
        return SourceNotForFile(pointer="/fund_id", source=condition.money, levels=", ".join(levels),
                                level=level or "-", document=condition.document)
    if told is not None and condition.migrants_must_be_members and told.is_stranger(worker_id):
        return NotAMember(pointer="/fund_id", source=condition.money, document=condition.document)
    return None
