"""Databases as an older version of the product left them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, text

from shared.store.engine import Database, service_url
from shared.store.migrate import migrations_of


def as_of(revision: str, url: str | None, home: Path, put: Callable[[Database], None]) -> None:
    """The database at that revision, with what `put` writes into it."""
    database = Database(service_url("relief", url, home), is_patient=True)
    with database.engine.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.execute(text("create schema if not exists relief"))
        upgrade_to(connection, revision)
    put(database)
    database.close()


def upgrade_to(connection: Connection, revision: str) -> None:
    """The tables of that revision; `before 0020` is the one before it."""
    scripts = migrations_of("relief")
    directory = ScriptDirectory(str(scripts), version_locations=[str(scripts)])
    if revision.startswith("before "):
        revision = str(directory.get_revision(revision.removeprefix("before ")).down_revision)
    with EnvironmentContext(Config(), directory, fn=lambda now, _c: directory._upgrade_revs(revision, now)) as env:
        env.configure(connection=connection, version_table="service_version", render_as_batch=True)
        env.run_migrations()


def put(connection: Connection, *records: Any) -> None:
    """What the tables had of each record then: columns that came later are left out."""
    for record in records:
        mapper = inspect(type(record))
        there = {column["name"] for column in inspect(connection).get_columns(mapper.local_table.name)}
        known = {one.columns[0].name: getattr(record, one.key) for one in mapper.column_attrs}
        values = {name: value for name, value in known.items() if name in there and value is not None}
        connection.execute(insert(mapper.local_table).values(values))
