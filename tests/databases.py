"""Fresh databases for tests: a SQLite file, or a new database on the test PostgreSQL."""

from __future__ import annotations

import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from shared.runtime.servers.postgresql import find_programs

KINDS = ("sqlite", "postgresql")


@contextmanager
def fresh_url(kind: str, postgres_url: str | None, template: str | None = None) -> Iterator[str | None]:
    """A DATABASE_URL of an empty database; None means SQLite files in the data folder.

    On PostgreSQL it can be a copy of the database whose URL is `template`, on which nobody works.
    """
    if kind == "sqlite":
        yield None
        return
    assert postgres_url is not None
    name = f"test_{uuid.uuid4().hex[:12]}"
    copied = make_url(template).database if template else "template1"
    admin = create_engine(make_url(postgres_url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"create database {name} template {copied}"))
    yield make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    admin.dispose()


def copy_of(url: str, target: str) -> None:
    """Everything in the database `url`, on which others may work, into the empty database `target`."""
    programs = find_programs()
    dump = subprocess.run([programs / "pg_dump", "--no-owner", "--dbname", url], capture_output=True, check=True)
    subprocess.run([programs / "psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", target], input=dump.stdout,
                   stdout=subprocess.DEVNULL, check=True)


def data_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(exist_ok=True)
    return folder
