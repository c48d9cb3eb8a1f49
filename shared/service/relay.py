"""The relay: carries what lies in the outbox to the broker, in order, and marks what the broker has confirmed.

One relay per database works at a time (on PostgreSQL an advisory lock says which), so the events of one aggregate
keep their order. Rows are claimed by `published_at IS NULL`, not by a cursor: a commit that comes late is not skipped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Connection, any_, bindparam, delete, func, select, text, update

from shared.kernel.clock import real_now
from shared.service import metrics
from shared.store.engine import Database
from shared.store.tables import inbox, outbox

BATCH = 2000
BREATH_SECONDS = 0.002
RELAY_LOCK = 0x62616E67  # "bang"

TAKE_TURN = text("select pg_try_advisory_lock(:key, hashtext(current_schema()))")
UNPUBLISHED = (select(outbox.c.position, outbox.c.type, outbox.c.envelope).where(outbox.c.published_at.is_(None))
               .order_by(outbox.c.position).limit(BATCH))
_DONE = update(outbox).values(published_at=bindparam("at"))
#: by kind of database: one array is sent sooner than hundreds of parameters
MARK_SQLITE = _DONE.where(outbox.c.position.in_(bindparam("positions", expanding=True)))
MARK_POSTGRESQL = _DONE.where(outbox.c.position == any_(bindparam("positions", type_=ARRAY(BigInteger))))

#: publishes envelopes by routing key and returns when the broker has confirmed all of them; raises otherwise
Publish = Callable[[Sequence[tuple[str, bytes]]], None]


class Relay:
    """Publishes the outbox of one service's database. It keeps its connection, and with it its turn."""

    def __init__(self, service: str, database: Database, publish: Publish) -> None:
        self.service, self.database, self.publish = service, database, publish
        self._turn = ExitStack()
        self._connection: Connection | None = None

    def run_once(self) -> int:
        """Publish what is there, at most BATCH rows; how many there were. 0 too when another relay is at work.

        Raises DatabaseAway, BrokerAway; the turn is given up then.
        """
        try:
            connection = self._connection or self._take_turn()
            return 0 if connection is None else self._carry(connection)
        except BaseException:
            turn, self._turn, self._connection = self._turn, ExitStack(), None
            with turn:  # which tells a lost database from other errors
                raise

    def close(self) -> None:
        """Leave the turn to another relay."""
        self._connection = None
        self._turn.close()

    def _take_turn(self) -> Connection | None:
        connection = self._turn.enter_context(self.database.read())
        if not self.database.is_sqlite and not connection.execute(TAKE_TURN, {"key": RELAY_LOCK}).scalar():
            self.close()
            return None
        if not self.database.is_sqlite:
            # a lock of the session: it ends with the connection, which therefore must not go back to the pool
            connection.detach()
        self._connection = connection
        return connection

    def _carry(self, connection: Connection) -> int:
        rows = connection.execute(UNPUBLISHED).all()
        if not rows:
            return 0
        self.publish([(row.type, row.envelope.encode()) for row in rows])
        if len(rows) < BATCH:  # nothing waits behind these: who listens comes before our own books
            time.sleep(BREATH_SECONDS)
        self._mark(connection, [row.position for row in rows])
        metrics.PUBLISHED.labels(self.service).inc(len(rows))
        return len(rows)

    def _mark(self, connection: Connection, positions: Sequence[int]) -> None:
        done = {"positions": list(positions), "at": real_now()}
        if not self.database.is_sqlite:
            connection.execute(MARK_POSTGRESQL, done)
            return
        with self.database.write() as writing:
            writing.execute(MARK_SQLITE, done)

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
