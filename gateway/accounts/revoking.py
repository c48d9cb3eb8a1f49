"""Ending sessions and telling every worker which remembered tokens to look up again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, update

from gateway.adapters.tables import refresh_tokens, revocations, sessions
from shared.kernel.clock import real_now
from shared.kernel.ids import new_id

#: workers read those of the last half minute again and again: none is missed for a late commit or a slow clock
LOOK_BACK = timedelta(seconds=30)
KEEP = timedelta(hours=1)


def tell_workers(subject: str) -> Callable[[Connection], None]:
    """A step that makes every worker look up `subject` (session, account or API client) again within 2 s."""

    def step(connection: Connection) -> None:
        at = real_now()
        connection.execute(delete(revocations).where(revocations.c.at < at - KEEP))
        connection.execute(insert(revocations).values(id=new_id(), subject=subject, at=at))

    return step


def end_session(session_id: str, because: str) -> Callable[[Connection], None]:
    """A step that ends one session."""

    def step(connection: Connection) -> None:
        ended = update(sessions).where(sessions.c.id == session_id, sessions.c.ended_at.is_(None))
        connection.execute(ended.values(ended_at=real_now(), ended_because=because))
        connection.execute(delete(refresh_tokens).where(refresh_tokens.c.session_id == session_id))
        tell_workers(session_id)(connection)

    return step


def end_sessions_of(account_id: str, because: str, but: str | None = None) -> Callable[[Connection], None]:
    """A step that ends the sessions of an account, all or all `but` one."""

    def step(connection: Connection) -> None:
        ended = update(sessions).where(sessions.c.account_id == account_id, sessions.c.ended_at.is_(None))
        if but is not None:
            ended = ended.where(sessions.c.id != but)
        connection.execute(ended.values(ended_at=real_now(), ended_because=because))
        tell_workers(account_id)(connection)

    return step
