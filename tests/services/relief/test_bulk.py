"""Many rows at once, as both databases take them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, MetaData, String, Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateSchema

from services.relief.adapters import bulk
from services.relief.adapters.bulk import insert_rows, inserting
from shared.kernel.clock import now
from shared.store.engine import Database, service_url
from shared.store.types import Instant
from tests.databases import KINDS, data_folder, fresh_url

THINGS = Table("things", MetaData(), Column("id", String(36), primary_key=True), Column("fen", BigInteger),
               Column("number", Integer), Column("on", Date), Column("at", Instant), Column("is_last", Boolean),
               Column("note", String(80)))


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    given = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with fresh_url(request.param, given) as url:
        database = Database(service_url("relief", url, data_folder(tmp_path)))
        with database.write() as connection:
            if request.param == "postgresql":
                connection.execute(CreateSchema("relief"))
            THINGS.create(connection)
        yield database
        database.close()


def rows(count: int) -> list[dict[str, Any]]:
    at = now()
    return [{"id": str(n), "fen": 10**14 + n, "number": n, "on": date(2026, 5, 6), "at": at, "is_last": n % 2 == 0,
             "note": None if n == 1 else '张三 "=1" \\ \''} for n in range(count)]


def kept(database: Database) -> list[dict[str, Any]]:
    with database.read() as connection:
        return [dict(row._mapping) for row in connection.execute(select(THINGS).order_by(THINGS.c.number))]


def test_every_kind_of_value_comes_back(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "ROWS_A_STATEMENT", 3)
    with database.write() as connection:
        assert insert_rows(connection, THINGS, rows(7)) == 7
    assert kept(database) == rows_as_kept(database, 7)


def rows_as_kept(database: Database, count: int) -> list[dict[str, Any]]:
    """What was put in, with the moment at which it was."""
    at = kept(database)[0]["at"]
    return [{**row, "at": at} for row in rows(count)]


def test_what_all_rows_share_is_told_once(database: Database) -> None:
    common = {"on": date(2026, 5, 6), "at": now(), "is_last": True, "note": "同"}
    with database.write() as connection:
        assert insert_rows(connection, THINGS, [{"id": str(n), "fen": n, "number": n} for n in range(3)], common) == 3
    assert kept(database) == [{"id": str(n), "fen": n, "number": n, **common} for n in range(3)]


def test_what_is_known_is_left_out_or_refused_as_a_whole(database: Database,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "ROWS_A_STATEMENT", 2)
    with database.write() as connection:
        inserting(THINGS, rows(3))(connection)
    with database.write() as connection:
        assert insert_rows(connection, THINGS, rows(5), unless_known=True) == 2
    with pytest.raises(IntegrityError), database.write() as connection:
        insert_rows(connection, THINGS, list(reversed(rows(7))))
    assert len(kept(database)) == 5


def test_no_rows_are_no_statement(database: Database) -> None:
    with database.write() as connection:
        assert insert_rows(connection, THINGS, []) == 0
    assert kept(database) == []
