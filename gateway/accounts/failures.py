"""Failed sign-ins (登录失败锁定): counted per name, existing or not, in the database, for all workers together."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select, update

from gateway.accounts.refusals import SignInLocked
from gateway.adapters.tables import sign_in_failures
from shared.kernel.clock import real_now
from shared.store.engine import Database

FAILURES_TO_LOCK = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
MOST_DOUBLINGS = 10
FORGOTTEN_AFTER = timedelta(hours=48)


def check_not_locked(database: Database, name_hash: str) -> None:
    """Raises SignInLocked."""
    locked_until = select(sign_in_failures.c.locked_until).where(sign_in_failures.c.name_hash == name_hash)
    with database.read() as connection:
        until = connection.execute(locked_until).scalar()
    left = (until - real_now()).total_seconds() if until else 0
    if left > 0:
        raise SignInLocked(retry_after_seconds=math.ceil(left))


def lock_for(count: int) -> timedelta | None:
    """How long the `count`-th failure in a row locks the name: every fifth does, each time twice as long."""
    if count % FAILURES_TO_LOCK:
        return None
    doublings: int = min(count // FAILURES_TO_LOCK - 1, MOST_DOUBLINGS)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def count_failure(database: Database, name_hash: str, connection: Connection) -> None:
    """One more failure of this name; old names are forgotten on the way."""
    at = real_now()
    connection.execute(delete(sign_in_failures).where(sign_in_failures.c.last_at < at - FORGOTTEN_AFTER))
    count = connection.execute(_counted(database, name_hash, at)).scalar_one()
    lock = lock_for(count)
    if lock is not None:
        locked = update(sign_in_failures).where(sign_in_failures.c.name_hash == name_hash)
        connection.execute(locked.values(locked_until=at + lock))


def forget_failures(connection: Connection, name_hash: str) -> None:
    connection.execute(delete(sign_in_failures).where(sign_in_failures.c.name_hash == name_hash))


def _counted(database: Database, name_hash: str, at: datetime) -> Any:
    first = database.insert(sign_in_failures).values(name_hash=name_hash, count=1, last_at=at)
    return first.on_conflict_do_update(
        index_elements=["name_hash"], set_={"count": sign_in_failures.c.count + 1, "last_at": at},
    ).returning(sign_in_failures.c.count)
