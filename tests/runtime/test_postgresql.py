"""The private PostgreSQL cluster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from shared.runtime.servers.ports import LOOPBACK
from shared.runtime.servers.postgresql import PrivatePostgreSQL, answers


@pytest.fixture(scope="module")
def server(server_folder: Path) -> Iterator[PrivatePostgreSQL]:
    with PrivatePostgreSQL(server_folder / "own-postgresql", fsync=False) as running:
        yield running


def test_a_password_is_needed(server: PrivatePostgreSQL) -> None:
    assert answers(server.url)
    assert not answers(f"postgresql://bangfu:wrong@{LOOPBACK}:{server.port}/postgres")
    assert not answers(f"postgresql://bangfu@{LOOPBACK}:{server.port}/postgres")


def test_it_listens_on_this_machine_only(server: PrivatePostgreSQL) -> None:
    connections = psutil.Process(server.pid).net_connections("inet")
    assert {c.laddr for c in connections if c.status == psutil.CONN_LISTEN} == {(LOOPBACK, server.port)}


def test_a_restart_keeps_the_data(server: PrivatePostgreSQL) -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("create table kept (text text)")
        connection.execute("insert into kept values ('帮扶')")
    server.stop()
    server.start()
    with psycopg.connect(server.url) as connection:
        assert connection.execute("select text from kept").fetchall() == [("帮扶",)]


def test_fsync_is_off_only_when_asked() -> None:
    durable, fast = PrivatePostgreSQL(Path("a")), PrivatePostgreSQL(Path("b"), fsync=False)
    assert "fsync=off" not in durable._options()
    assert "fsync=off" in fast._options()
