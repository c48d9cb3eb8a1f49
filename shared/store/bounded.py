"""A PostgreSQL connection that gives up on a server that says nothing.

statement_timeout is kept by the server, so a server that hangs, or is cut off without a word, keeps none. Whoever waits
for it would hold a worker and a pooled connection for as long as TCP hopes, which is hours.
"""

from __future__ import annotations

from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

V = TypeVar("V")

#: a little more than the server's own limit, and less than a caller at the door waits
SILENCE_SECONDS = 4.5
#: unanswered bytes and idle connections end by themselves too
SOCKET_OPTIONS = {"tcp_user_timeout": 5_000, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
#: the server lets go of a client whose machine is gone, and of what it had locked
SERVER_OPTIONS = "-ctcp_keepalives_idle=10 -ctcp_keepalives_interval=5 -ctcp_keepalives_count=3"


class BoundedConnection(psycopg.Connection[Any]):
    """No single wait lasts longer than SILENCE_SECONDS; the connection is closed then, its state being unknown."""

    def wait(self, gen: PQGen[V], interval: float = 0.1, timeout: float | None = None) -> V:
        try:
            return super().wait(gen, interval, SILENCE_SECONDS if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.info.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


def bound(engine: Engine) -> None:
    """Let the engine make such connections."""

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, arguments: Any, named: Any) -> Any:
        return BoundedConnection.connect(*arguments, **named)
