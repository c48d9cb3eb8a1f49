"""Brings databases up to date: the kit's tables first, then the service's own, each by its own numbered scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from shared.store.engine import Database, service_url

KIT = Path(str(files("shared.store") / "migrations"))
#: the gateway's database is migrated like a service's
HOMES = {"gateway": "gateway"}


def migrations_of(service: str) -> Path:
    """The folder of a service's migration scripts."""
    return Path(str(files(HOMES.get(service, f"services.{service}")) / "migrations"))


def tracks(service: str) -> list[tuple[str, Path]]:
    """(version table, scripts) in the order they run."""
    return [("kit_version", KIT), ("service_version", migrations_of(service))]


def migrate(service: str, database_url: str | None, data: Path) -> None:
    """Make the service's database, if need be, and bring it up to date. Safe to repeat and to run twice at once."""
    database = Database(service_url(service, database_url, data), is_patient=True)
    try:
        with _one_at_a_time(database, service) as connection:
            for version_table, scripts in tracks(service):
                upgrade(connection, scripts, version_table)
    finally:
        database.close()


def upgrade(connection: Connection, scripts: Path, version_table: str) -> None:
    """Run the scripts that this database has not seen."""
    directory = ScriptDirectory(str(scripts), version_locations=[str(scripts)])

    def steps(revision: Any, _context: Any) -> Any:
        return directory._upgrade_revs("head", revision)

    with EnvironmentContext(Config(), directory, fn=steps) as environment:
        environment.configure(connection=connection, version_table=version_table, render_as_batch=True)
        environment.run_migrations()


def pending(service: str, connection: Connection) -> list[str]:
    """The migrations this database lacks, as `track revision`."""
    missing = []
    known = inspect(connection).get_table_names()
    for version_table, scripts in tracks(service):
        at = None
        if version_table in known:
            at = connection.execute(text(f"select version_num from {version_table}")).scalar()  # noqa: S608  two names of ours
        directory = ScriptDirectory(str(scripts), version_locations=[str(scripts)])
        missing += [f"{version_table} {s.revision}" for s in directory.iterate_revisions("head", at or "base")]
    return missing


@contextmanager
def _one_at_a_time(database: Database, service: str) -> Iterator[Connection]:
    if database.is_sqlite:
        with database.engine.connect() as connection, connection.begin():
            yield connection
        return
    _create_postgres_home(database, service)
    with database.engine.connect() as connection, connection.begin():
        connection.execute(text("set local lock_timeout = '30s'"))
        connection.execute(text("set local statement_timeout = '300s'"))
        connection.execute(text("select pg_advisory_xact_lock(hashtext(:key))"), {"key": f"migrate {service}"})
        yield connection


def _create_postgres_home(database: Database, service: str) -> None:
    """The schema of the service, when it shares a database."""
    if f"search_path={service}" not in str(database.url.query.get("options", "")):
        return
    engine = create_engine(database.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(hashtext('bangfu schemas'))"))
        connection.execute(text(f'create schema if not exists "{service}"'))
    engine.dispose()
