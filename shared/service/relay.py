"""The relay: carries what lies in the outbox to the broker, in order, and marks what the broker has confirmed.

One relay per database works at a time (on PostgreSQL an advisory lock says which), so the events of one aggregate
keep their order. Rows are claimed by `published_at IS NULL`, not by a cursor: a commit that comes late is not skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select, text, update

from shared.kernel.clock import real_now
from shared.service import metrics
from shared.store.engine import Database
from shared.store.tables import inbox, outbox

BATCH = 200
RELAY_LOCK = 0x62616E67  # "bang"

#: publishes envelopes by routing key and returns when the broker has confirmed all of them; raises otherwise
Publish = Callable[[Sequence[tuple[str, bytes]]], None]


class Relay:
    """Publishes the outbox of one service's database."""

    def __init__(self, service: str, database: Database, publish: Publish) -> None:
        self.service, self.database, self.publish = service, database, publish

    def run_once(self) -> int:
        """Publish what is there, at most BATCH rows; how many there were. 0 too when another relay is at work."""
        with self.database.read() as connection:
            if not self._first(connection):
                return 0
            try:
                return self._carry(connection)
            finally:
                self._release(connection)

    def _carry(self, connection: Connection) -> int:
        unpublished = select(outbox.c.position, outbox.c.type, outbox.c.envelope).where(outbox.c.published_at.is_(None))
        rows = connection.execute(unpublished.order_by(outbox.c.position).limit(BATCH)).all()
        if not rows:
            return 0
        self.publish([(row.type, row.envelope.encode()) for row in rows])
        self._mark([row.position for row in rows])
        metrics.PUBLISHED.labels(self.service).inc(len(rows))
        return len(rows)

    def _mark(self, positions: Sequence[int]) -> None:
        done = update(outbox).where(outbox.c.position.in_(positions)).values(published_at=real_now())
        if self.database.is_sqlite:
            with self.database.write() as connection:
                connection.execute(done)
            return
        with self.database.read() as connection:
            connection.execute(done)

    def _first(self, connection: Connection) -> bool:
        if self.database.is_sqlite:
            return True
        taken = text("select pg_try_advisory_lock(:key, hashtext(current_schema()))")
        return bool(connection.execute(taken, {"key": RELAY_LOCK}).scalar())

    def _release(self, connection: Connection) -> None:
        if not self.database.is_sqlite:
            connection.execute(text("select pg_advisory_unlock(:key, hashtext(current_schema()))"), {"key": RELAY_LOCK})

    def measure(self) -> None:
        """Set the gauges of what waits."""
        with self.database.read() as connection:
            state = waiting(connection)
        oldest = state["oldest_unpublished_at"]
        age = (real_now() - oldest).total_seconds() if oldest else 0
        metrics.UNPUBLISHED_AGE.labels(self.service).set(age)
        metrics.PARKED_NOW.labels(self.service).set(state["parked"])


def waiting(connection: Connection) -> dict[str, Any]:
    """How much lies in the outbox and the inbox."""
    unpublished = outbox.c.published_at.is_(None)
    count, oldest = connection.execute(
        select(func.count(), func.min(outbox.c.created_at)).where(unpublished)).one()
    by_state = select(inbox.c.state, func.count()).where(inbox.c.state.in_(("waiting", "parked")))
    states: dict[str, int] = {row[0]: row[1] for row in connection.execute(by_state.group_by(inbox.c.state))}
    return {"unpublished": count, "oldest_unpublished_at": oldest, "retrying": states.get("waiting", 0),
            "parked": states.get("parked", 0)}


def forget(connection: Connection, before: Any) -> int:
    """Remove published events older than `before`: until then the outbox is the event log and can be replayed."""
    return connection.execute(delete(outbox).where(outbox.c.published_at < before)).rowcount
