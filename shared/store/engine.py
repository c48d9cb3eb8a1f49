"""Where a service's rows live: SQLite for a district on one machine, PostgreSQL when DATABASE_URL says so."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, Transaction, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from shared.kernel.clock import real_now
from shared.kernel.errors import OutcomeUnknown, Unavailable
from shared.store.bounded import SERVER_OPTIONS, SOCKET_OPTIONS, bound
from shared.store.tables import inbox

STATEMENT_TIMEOUT_MS = 4_000
LOCK_TIMEOUT_MS = 3_000
CONNECT_TIMEOUT_SECONDS = 3
#: kept open: what went over a smaller pool was opened for one request and closed after it, at three times its cost
POOL_SIZE = 24
#: a command writes less
LEAST_FREE_BYTES = 1_000_000
PROBE_CHARACTERS = 40_000


def service_url(service: str, database_url: str | None, data: Path) -> URL:
    """One database per service: a SQLite file in `data`, a schema of one PostgreSQL, or the one `{service}` names."""
    if database_url is None:
        return make_url(f"sqlite:///{data / 'db' / service}.sqlite3")
    url = make_url(database_url.replace("{service}", service))
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if "{service}" in database_url:
        return url
    return url.update_query_dict({"options": f"-csearch_path={service}"})


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        # SQLAlchemy's BEGIN below is the only one: the driver must not start transactions by itself
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=3000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("reading"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgres_options(url: URL) -> dict[str, Any]:
    given = str(url.query.get("options", ""))
    limits = f"-cstatement_timeout={STATEMENT_TIMEOUT_MS} -clock_timeout={LOCK_TIMEOUT_MS} {SERVER_OPTIONS}"
    return {
        "connect_args": {"options": f"{given} {limits}".strip(), "connect_timeout": CONNECT_TIMEOUT_SECONDS,
                         **SOCKET_OPTIONS},
        "pool_size": POOL_SIZE,
        "max_overflow": 0,
        "pool_timeout": CONNECT_TIMEOUT_SECONDS,
    }


class Database:
    """One service's database: writes in transactions, reads without one. `is_patient` is for migrations, whose single
    statements may take minutes."""

    def __init__(self, url: URL, *, is_patient: bool = False) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            if url.database:
                Path(url.database).parent.mkdir(parents=True, exist_ok=True)
            self.engine = create_engine(url, connect_args={"check_same_thread": False}, pool_size=POOL_SIZE,
                                        hide_parameters=True)
            _prepare_sqlite(self.engine)
            self._reading = self.engine.execution_options(reading=True)
        else:
            self.engine = create_engine(url, hide_parameters=True, **_postgres_options(url))
            if not is_patient:
                bound(self.engine)
            self._reading = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        # SQLite has one writer. Waiting for it inside the C library would stop every green thread of the process,
        # the one that holds the write among them; so they queue here.
        self._writer = threading.Lock()
        self._write_failed = False
        #: set when a commit left events in the outbox
        self.told = threading.Event()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection in a transaction: committed at the end, rolled back on any error. Raises DatabaseAway, and
        CommitUnknown when the database went away with the commit in hand."""
        with (self._remembered(), _explained(), self._one_writer(), self.engine.connect() as connection,
              connection.begin() as transaction):
            yield connection
            _commit(transaction)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection in autocommit: no BEGIN, no ROLLBACK, no trip more than the select."""
        with _explained(), self._reading.connect() as connection:
            yield connection

    def tell(self) -> None:
        """Wake whoever carries the events of the outbox, and let them go before us: they have the longer way."""
        self.told.set()
        time.sleep(0)

    def insert(self, table: Table) -> Any:
        """An INSERT of this database's dialect, which can say ON CONFLICT."""
        return (sqlite if self.is_sqlite else postgresql).insert(table)

    def check(self) -> None:
        """Raises DatabaseAway when it cannot be read, when the disk under a SQLite file is full, or when the last write
        failed and writing still does."""
        if self.is_sqlite and self.url.database and disk_usage(Path(self.url.database).parent).free < LEAST_FREE_BYTES:
            raise DatabaseAway("磁盘空间 / room on the disk")
        with self.read() as connection:
            connection.execute(text("select 1"))
        if self._write_failed:
            self._try_to_write()

    def _try_to_write(self) -> None:
        """A row that needs room of its own, and out again: a full disk lets through what fits into a page it has."""
        row = {"event_id": f"probe-{secrets.token_hex(16)}", "type": "probe", "state": "discarded", "attempts": 0,
               "envelope": secrets.token_hex(PROBE_CHARACTERS // 2), "received_at": real_now()}
        with self.write() as connection:
            connection.execute(inbox.insert(), row)
            connection.execute(inbox.delete().where(inbox.c.event_id == row["event_id"]))

    @contextmanager
    def _remembered(self) -> Iterator[None]:
        """Whether the last write failed for want of the database."""
        try:
            yield
        except DatabaseAway:
            self._write_failed = True
            raise
        self._write_failed = False

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with self._writer:
            yield

    def close(self) -> None:
        self.engine.dispose()


class DatabaseAway(Unavailable):
    """The database did not answer, or cannot be written to."""

    code = "database-unavailable"


class CommitUnknown(OutcomeUnknown, DatabaseAway):
    """The database went away between the order to commit and its answer."""


def _commit(transaction: Transaction) -> None:
    try:
        transaction.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise CommitUnknown("数据库 / the database") from error
        raise


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what a driver says of an absent, full or read-only database into one refusal."""
    try:
        yield
    except (OperationalError, PoolTimeout) as error:
        # SQLite says this of a missing table: a fault of ours, not of the weather
        if "no such" in str(getattr(error, "orig", "")):
            raise
        raise DatabaseAway("数据库 / the database") from error
    except DBAPIError as error:
        if error.connection_invalidated or "read-only" in str(error.orig) or "read_only" in type(error.orig).__name__:
            raise DatabaseAway("数据库 / the database") from error
        raise
