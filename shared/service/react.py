"""Handles one event exactly once in effect: the inbox row and what the event causes are one transaction.

An event that fails is kept in the inbox and tried again with growing delay, then parked for an operator; the queue
behind it flows on. An event that cannot be read, or whose version we do not know, is parked at once, never lost.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event as Signal
from typing import Any

from marshmallow import EXCLUDE, ValidationError
from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from shared.contracts.table import Contract, Event, ready
from shared.kernel.caller import system
from shared.kernel.clock import real_now
from shared.kernel.errors import Conflict, Unavailable
from shared.kernel.org import OrgPathInvalid, check_org_path
from shared.service import metrics
from shared.store.engine import Database, DatabaseAway
from shared.store.tables import MOST_ID_CHARACTERS, MOST_TYPE_CHARACTERS, inbox
from shared.store.work import Outside, Work

#: after the n-th failure wait so long; after the last one the event is parked
DELAYS_SECONDS = (0.2, 0.5, 1, 2, 5, 15, 60, 180)
AWAY_DELAY_SECONDS = 3
LEAST_REST_SECONDS = 0.01
#: tries at once when somebody else's commit came between
AT_ONCE = 3
MOST_ERROR_CHARACTERS = 2_000
#: of an envelope's texts; what the inbox has no room for could not even be parked
MOST_CHARACTERS = {"id": MOST_ID_CHARACTERS, "type": MOST_TYPE_CHARACTERS, "subject": 120}


class NotYet(Conflict):
    """The event came before one it builds on; it is tried again."""

    code = "not-yet"
    zh = "前置事件尚未到达:{what}"
    en = "An earlier event has not arrived yet: {what}"


class AlreadyHandled(Exception):
    """Another delivery of the same event was faster."""


class Unreadable(ValueError):
    """No retry can help: the envelope is broken or of an unknown version."""


@dataclass(frozen=True)
class Told:
    """An event as its reaction sees it. `data` is loaded by the event's schema; `time` is ISO 8601, with offset."""

    id: str
    type: str
    subject: str
    sequence: int
    org_path: str
    actor: str
    data: Mapping[str, Any]
    time: str = ""


Reaction = Callable[[Work, Told], None]


class Reactor:
    """Handles events for one service. `events` holds every event of the product by its type."""

    def __init__(self, contract: Contract, reactions: Mapping[str, Reaction], events: Mapping[str, Event],
                 database: Database, outside: Outside, log: Any) -> None:
        if set(reactions) != set(contract.consumes):
            raise LookupError(f"{contract.service}: consumes and reactions differ: "
                              f"{sorted(set(reactions) ^ set(contract.consumes))}")
        self.contract, self.reactions, self.events = contract, reactions, events
        self.database, self.outside, self.log = database, outside, log
        self._settle = _upsert(database, "state", "handled_at").returning(inbox.c.event_id)
        self._put_off = _upsert(database, "state", "attempts", "last_error", "next_attempt_at")
        self.failed = Signal()  #: set when an event was put off, so that its time is not slept through

    def receive(self, body: bytes) -> None:
        """Handle a message. Returns when its fate is in the database; raises DatabaseAway when that is not possible."""
        try:
            envelope = read_envelope(body)
        except Unreadable as error:
            self.park(body, str(error))
            return
        self.handle(envelope, body)

    def handle(self, envelope: Mapping[str, Any], body: bytes) -> None:
        """Handle an event once."""
        try:
            with metrics.HANDLING.labels(self.contract.service, envelope["type"]).time():
                self._effect_at_last(envelope)
            metrics.HANDLED.labels(self.contract.service, envelope["type"]).inc()
        except AlreadyHandled:
            return
        except DatabaseAway:
            raise
        except Unreadable as error:
            self._fail(envelope, body, error, parked=True)
        except DBAPIError as error:
            if error.connection_invalidated:
                raise DatabaseAway("数据库 / the database") from error
            self._fail(envelope, body, error)
        except Exception as error:
            self._fail(envelope, body, error)

    def _effect_at_last(self, envelope: Mapping[str, Any]) -> None:
        """The effect; again at once when another event or command changed the same record meanwhile."""
        for _ in range(AT_ONCE - 1):
            try:
                return self._effect(envelope)
            except (StaleDataError, IntegrityError):
                continue
        return self._effect(envelope)

    def _effect(self, envelope: Mapping[str, Any]) -> None:
        told = self._told(envelope)
        work = Work(self.database, self.contract, system(self.contract.service, told.org_path), f"on {told.type}",
                    traceparent=str(envelope.get("traceparent", "")), outside=self.outside, causation_id=told.id)
        with work:
            self.reactions[told.type](work, told)
            work.at_the_end(self._done(told))

    def _told(self, envelope: Mapping[str, Any]) -> Told:
        event = self.events.get(envelope["type"])
        if event is None or envelope["type"] not in self.reactions:
            raise Unreadable(f"no version of {envelope['type']} that {self.contract.service} knows")
        try:
            data = ready(event.schema).load(envelope["data"], unknown=EXCLUDE)
        except ValidationError as error:
            raise Unreadable(f"data does not fit {event.type}: {error.messages}") from error
        return Told(envelope["id"], envelope["type"], envelope["subject"], envelope.get("sequence", 0),
                    envelope["orgpath"], str(envelope.get("actor", "")), data, str(envelope.get("time", "")))

    def _done(self, told: Told) -> Callable[[Connection], None]:
        def mark(connection: Connection) -> None:
            at = real_now()
            row = {"event_id": told.id, "type": told.type, "state": "done", "attempts": 1, "received_at": at,
                   "handled_at": at}
            # not the rowcount: of an insert PostgreSQL's driver tells none
            if connection.execute(self._settle, row).first() is None:
                raise AlreadyHandled(told.id)

        return mark

    # -- failures ----------------------------------------------------------------------------------------------

    def _fail(self, envelope: Mapping[str, Any], body: bytes, error: Exception, *, parked: bool = False) -> None:
        with self.database.read() as connection:
            known = connection.execute(select(inbox).where(inbox.c.event_id == envelope["id"])).first()
        if known and known.state != "waiting":
            return  # a second delivery of what is settled
        tried = known.attempts if known else 0
        away = isinstance(error, Unavailable)
        attempts = tried if away else tried + 1
        parked = parked or attempts > len(DELAYS_SECONDS)
        delay = AWAY_DELAY_SECONDS if away else DELAYS_SECONDS[min(attempts, len(DELAYS_SECONDS)) - 1]
        self.log.warning("event failed", type=envelope["type"], event_id=envelope["id"], attempts=attempts,
                         parked=parked, error=repr(error)[:300])
        self._keep(envelope["id"], envelope["type"], body, repr(error), attempts,
                   None if parked else real_now() + timedelta(seconds=delay))

    def bury(self, body: bytes) -> None:
        """Park what the broker gave up delivering, under the event's own id: a later delivery finds it there."""
        reason = "the broker gave up delivering this message"
        try:
            envelope = read_envelope(body)
        except Unreadable as error:
            self.park(body, f"{reason}; {error}")
            return
        self.log.error("event parked", reason=reason, type=envelope["type"], event_id=envelope["id"])
        self._keep(envelope["id"], envelope["type"], body, reason, 1, None)

    def park(self, body: bytes, reason: str) -> None:
        """Keep a message that is no event of ours, under the hash of its content."""
        self.log.error("event parked", reason=reason)
        self._keep("raw-" + hashlib.sha256(body).hexdigest(), "unreadable", body, reason, 1, None)

    def _keep(self, event_id: str, kind: str, body: bytes, error: str, attempts: int,
              again_at: datetime | None) -> None:
        state = "waiting" if again_at else "parked"
        (metrics.RETRIED if again_at else metrics.PARKED).labels(self.contract.service, kind[:120]).inc()
        text = body.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")
        row = {"event_id": event_id, "type": kind[:120], "state": state, "attempts": attempts, "envelope": text,
               "last_error": error[:MOST_ERROR_CHARACTERS].replace("\x00", ""), "received_at": real_now(),
               "next_attempt_at": again_at}
        with self.database.write() as connection:
            connection.execute(self._put_off, row)
        self.failed.set()

    def retry_due(self) -> int:
        """Handle the waiting events whose time has come; how many there were."""
        columns = select(inbox.c.event_id, inbox.c.type, inbox.c.envelope)
        due = columns.where(inbox.c.state == "waiting", inbox.c.next_attempt_at <= real_now())
        with self.database.read() as connection:
            found = connection.execute(due.order_by(inbox.c.next_attempt_at).limit(50)).all()
        for row in found:
            self._retry(row.event_id, row.type, row.envelope.encode())
        return len(found)

    def rest_seconds(self, most: float) -> float:
        """How long until the next waiting event is due, at most `most`."""
        with self.database.read() as connection:
            earliest = select(func.min(inbox.c.next_attempt_at)).where(inbox.c.state == "waiting")
            due_at = connection.execute(earliest).scalar()
        return most if due_at is None else min(max((due_at - real_now()).total_seconds(), LEAST_REST_SECONDS), most)

    def _retry(self, event_id: str, kind: str, body: bytes) -> None:
        try:
            self.handle(read_envelope(body), body)
        except Unreadable as error:  # an operator had it tried again as it is
            self._keep(event_id, kind, body, str(error), 1, None)


def _upsert(database: Database, *again: str) -> Any:
    """Keeps an event's row; of one that waits only the columns `again` change, and one that is settled stays."""
    first = database.insert(inbox)
    return first.on_conflict_do_update(index_elements=["event_id"], set_={name: first.excluded[name] for name in again},
                                       where=inbox.c.state == "waiting")


def read_envelope(body: bytes) -> dict[str, Any]:
    """A CloudEvents envelope. Raises Unreadable."""
    try:
        envelope = json.loads(body.decode("utf-8"))
        json.dumps(envelope, ensure_ascii=False).encode("utf-8")  # no lone surrogates: no database keeps them
        for name, most in MOST_CHARACTERS.items():
            if not isinstance(envelope[name], str) or not 1 <= len(envelope[name]) <= most or "\x00" in envelope[name]:
                raise Unreadable(f"{name} is not a text of 1 to {most} characters")
        check_org_path(envelope["orgpath"])
        if not isinstance(envelope.get("sequence", 0), int):
            raise Unreadable("sequence is not a whole number")
        if not isinstance(envelope["data"], dict):
            raise Unreadable("data is not an object")
    except (KeyError, TypeError, ValueError, RecursionError, OrgPathInvalid) as error:
        raise Unreadable(f"not an event envelope: {error!r}"[:300]) from error
    return dict(envelope)


def set_state(connection: Connection, event_id: str, state: str, note: str | None = None) -> bool:
    """An operator's decision on a parked event: `waiting` tries it again at once, `discarded` ends it."""
    told = {"state": state, "attempts": 0, "next_attempt_at": real_now(), "note": note}
    moved = update(inbox).where(inbox.c.event_id == event_id, inbox.c.state == "parked").values(**told)
    return bool(connection.execute(moved).rowcount)
