"""The disk under the databases is full, SQLite's files are read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from gateway.accounts.cli import add_account
from shared.kernel.ids import new_id
from shared.runtime.demo import people
from shared.runtime.demo.api import until
from shared.runtime.servers.postgresql import PrivatePostgreSQL
from shared.store.engine import Database, DatabaseAway
from tests.centre import Centre
from tests.flows.settled import broken_trails, unsettled
from tests.service.conftest import Desk, database, desk  # noqa: F401  membership on a database of its own
from tests.service.test_dispatch import employer
from tests.storm import DEADLINE_SECONDS, missing
from tests.stubborn import Stubborn

SIZES_MB = {"sqlite": 48, "postgresql": 160}
REFUSALS, MOST_TRIED = 5, 180
PASSWORD = "only-for-these-tests"
HERE = "/37/3799/379901/"


@pytest.fixture(params=SIZES_MB)
def small_disk(request: pytest.FixtureRequest, server_folder: Path) -> Iterator[Path]:
    """A folder on a disk of its own that is soon full."""
    folder = server_folder / f"disk-{request.param}"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may make a small disk")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZES_MB[request.param]}m", "tmpfs", str(folder)],
                          capture_output=True, text=True)
    if made.returncode != 0:
        pytest.skip(f"no small disk here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def small_centre(small_disk: Path, amqp_url: str) -> Iterator[Centre]:
    """A centre of two services whose databases lie there."""
    with ExitStack() as stack:
        url = None
        if small_disk.name.endswith("postgresql"):
            url = stack.enter_context(PrivatePostgreSQL(small_disk / "postgresql")).url
        centre = Centre(small_disk / "data", amqp_url, url, extra={
            "BANGFU_SERVICES": "membership,reporting", "BANGFU_ARGON2": "64,1,1"}).start()
        try:
            yield centre
        finally:
            code = centre.stop()
        assert code == 0


@contextmanager
def full(disk: Path) -> Iterator[Callable[[], None]]:
    """Not a byte is free; the function fills up again what a database that closed its files has freed meanwhile."""
    filler = disk / "filler"

    def fill() -> None:
        with filler.open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    continue

    fill()
    try:
        yield fill
    finally:
        filler.unlink()


def _until_refused(fill: Callable[[], None], register: Callable[[int], Any]) -> dict[int, Any]:
    """Registrations until enough were refused; some still fit into pages that SQLite's log holds already."""
    tried: dict[int, Any] = {}
    while sum(one.status != 201 for one in tried.values()) < REFUSALS:
        assert len(tried) < MOST_TRIED, [(one.status, one.code) for one in tried.values()]
        fill()
        number = len(tried) + 2
        tried[number] = register(number)
    return tried


def _is_missing(fill: Callable[[], None], port: int, what: str) -> bool:
    """Whether /readyz lists it while not a byte is free."""
    fill()
    return what in (missing(port) or ())


def test_the_disk_is_full_for_a_while(small_disk: Path, small_centre: Centre) -> None:
    centre = small_centre
    add_account(centre.settings, "clerk", PASSWORD, "窗口", [("R1", HERE)])
    client = Stubborn(centre.api.base)
    clerk = client.sign_in("clerk", PASSWORD)

    def register(number: int) -> Any:
        headers = {"Authorization": f"Bearer {clerk.token}", "Idempotency-Key": f"full-{number:08d}"}
        body = {"uscc": people.uscc(number), "name": f"满盘 {number}"}
        return client.once("POST", "/v1/membership/employers", body, headers)

    def names() -> set[str]:
        return {one["name"] for one in clerk.reads("/v1/membership/employers", limit=200)["items"]}

    assert register(1).status == 201
    with full(small_disk) as fill:
        tried = _until_refused(fill, register)
        refused = [one for one in tried.values() if one.status != 201]
        assert {(one.status, one.code) for one in refused} == {(503, "database-unavailable")}
        assert all(one.retry_after for one in refused)
        assert max(one.seconds for one in tried.values()) < DEADLINE_SECONDS
        done = {f"满盘 {number}" for number, one in tried.items() if one.status == 201} | {"满盘 1"}
        assert names() == done
        until("the service knows of it", lambda: _is_missing(fill, centre.settings.health_port_of("membership"),
                                                             "database membership"))
        until("the gateway knows of it", lambda: _is_missing(fill, centre.port, "membership"))
    until("room again", lambda: missing(centre.port) == [])
    assert names() == done
    assert {register(number).status for number in tried} == {201}
    assert len(names()) == len(tried) + 1
    assert unsettled(centre.settings) == []
    assert broken_trails(centre.settings) == []


def test_the_files_are_read_only_for_a_while(desk: Desk) -> None:  # noqa: F811
    """SQLite says the same of a read-only file as of a connection that may only read."""
    if not desk.database.is_sqlite:
        pytest.skip("tests/outage/test_outage.py has PostgreSQL")
    key, body = new_id(), employer(1)

    def only_read(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.execute("PRAGMA query_only=ON")

    event.listen(desk.database.engine, "checkout", only_read)
    status, refused = desk.do("register_employer", body, key=key)
    assert (status, refused["code"]) == (503, "database-unavailable")
    assert desk.log[-1].headers["Retry-After"]
    assert desk.do("list_employers", query={})[0] == 200
    with pytest.raises(DatabaseAway):
        desk.database.check()
    event.remove(desk.database.engine, "checkout", only_read)
    desk.database.engine.dispose()
    desk.database.check()
    assert desk.do("list_employers", query={})[1]["items"] == []
    assert desk.do("register_employer", body, key=key)[0] == 201
    assert len(desk.told()) == 1


__all__ = ["Database"]
