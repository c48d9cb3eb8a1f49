"""Who receives goods, what the household has had, and that two who serve it take turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.goods import goods_households, goods_issues
from services.relief.adapters.orders import order_lines, orders
from services.relief.application.advances.advances import describe
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.goods.policy import GoodsRule
from services.relief.domain.goods.refusals import FileNotActive, RecipientUnclear
from services.relief.domain.orders.states import TAKING
from shared.kernel.clock import today
from shared.kernel.errors import WorkerUnknown
from shared.store.work import Work


@dataclass(frozen=True)
class Recipient:
    """`household` is the id of the active file, or of the worker who has none."""

    household: str
    file_id: str | None
    worker_id: str | None
    is_migrant: bool
    facts: Mapping[str, Any]


def recipient(work: Work, file_id: str | None, worker_id: str | None) -> Recipient:
    """Whom the goods are for. Asks membership, so call it before the first look at the database.

    Raises RecipientUnclear, WorkerUnknown, NotFound, FileNotActive.
    """
    if bool(file_id) == bool(worker_id):
        raise RecipientUnclear(pointer="/file_id")
    found = worker_id or _head_of(work, str(file_id))
    known = describe(work, [found] if found else [])
    if worker_id and worker_id not in known:
        raise WorkerUnknown(pointer="/worker_id", worker_id=worker_id)
    facts = known.get(str(found), {})
    file_id = _active(work, file_id) if file_id else _file_of(work, str(worker_id))
    return Recipient(str(file_id or worker_id), file_id, worker_id, bool(facts.get("is_migrant")), facts)


def _head_of(work: Work, file_id: str) -> str | None:
    rows = work.peek(select(hardship_files.c.head_worker_id).where(hardship_files.c.id == file_id))
    return str(rows[0][0]) if rows else None


def _active(work: Work, file_id: str) -> str:
    file = work.load(HardshipFile, file_id)
    if file.state != "ACTIVE":
        raise FileNotActive(pointer="/file_id", file_no=file.file_no, state=file.state)
    return file_id


def _file_of(work: Work, worker_id: str) -> str | None:
    """The active file of a household the worker belongs to: the limit is the household's, not each member's."""
    m = hardship_members.c
    query = select(m.file_id).join_from(hardship_members, hardship_files).where(
        m.worker_id == worker_id, m.is_open, hardship_files.c.state == "ACTIVE")
    return work.session.execute(query.limit(1)).scalar()


def take_turns(work: Work, household: str, goods_class: str) -> None:
    """Hold the household's row of a class until the commit, so that its limit is counted by one at a time."""
    key = {"household": household, "goods_class": goods_class}
    dialect = sqlite if work.database.is_sqlite else postgresql
    first = dialect.insert(goods_households).values(**key, served=1)
    work.session.execute(first.on_conflict_do_update(
        index_elements=list(key), set_={"served": goods_households.c.served + 1}))


def check_limit(work: Work, household: str, rule: GoodsRule, quantity: int) -> None:
    """What was issued over the counter and ordered counts together. Raises HouseholdLimit."""
    take_turns(work, household, rule.goods_class)
    since = today() - timedelta(days=rule.days - 1)
    i, o, line = goods_issues.c, orders.c, order_lines.c
    issued = select(func.coalesce(func.sum(i.quantity - i.returned), 0)).where(
        i.household == household, i.goods_class == rule.goods_class, i.issued_on >= since)
    ordered = select(func.coalesce(func.sum(line.quantity), 0)).join_from(order_lines, orders).where(
        o.household == household, line.goods_class == rule.goods_class, line.lot_id.is_not(None),
        o.ordered_on >= since, o.state.in_(TAKING))
    taken = work.session.execute(issued).scalar_one() + work.session.execute(ordered).scalar_one()
    rule.check_limit(int(taken), quantity)
