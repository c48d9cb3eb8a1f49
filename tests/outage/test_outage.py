"""A part of the centre is away for a while: quick and honest answers meanwhile, and all catches up by itself."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from gateway.identities import REST_SECONDS
from shared.bus.breaker import MISSES
from shared.runtime.config import FINISH_SECONDS
from tests.crash.books import findings
from tests.crash.telling import Telling, tellers
from tests.outage.asking import ROLES, Asking, Books, asking
from tests.storm import Storm, until
from tests.stubborn import tally

#: a service that does not answer is known to be away after its callers' first deadline
STILL_SECONDS = 6.0
#: a service with nothing in hand leaves when told to
PROMPT_SECONDS = 6.0


def lengths(short_seconds: float, long_seconds: float) -> list[Any]:
    """How long something is away: shortened, and in full."""
    return [pytest.param(short_seconds, id="short"), pytest.param(long_seconds, id="long", marks=pytest.mark.long)]


@pytest.fixture(scope="module")
def told(storm: Storm) -> Iterator[Telling]:
    """Stories that go on through all outages, one after the other; those who ask beside them have signed in."""
    assert all(storm.cast[role].token for role in ROLES)
    with tellers(storm.cast, 1) as telling:
        yield telling


def judge(storm: Storm, one: Asking) -> None:
    """All is ready again by itself; every answer was quick and true."""
    storm.recovered()
    time.sleep(REST_SECONDS)  # the door asks a database that failed for it not again before
    assert not one.faults(), one.faults()[:10]
    found = one.behind_the_back(storm.centre.settings)
    assert not found, found[:10]


def says(storm: Storm, name: str, *wanted: str) -> Callable[[], bool]:
    """Whether /readyz of a process lists all that is wanted."""
    return lambda: set(wanted) <= set(storm.missing(name) or ())


@pytest.mark.parametrize("seconds", lengths(3, 300))
def test_rabbitmq_is_away(storm: Storm, told: Telling, seconds: float) -> None:
    with storm.no_broker(), asking(storm) as one:
        began = time.monotonic()
        until("the gateway misses the broker", says(storm, "gateway", "broker", "relief"))
        until("relief misses the broker", says(storm, "relief", *(
            f"broker ({what})" for what in ("requests", "events", "relief"))))
        assert storm.end("legal") < PROMPT_SECONDS
        time.sleep(max(0.0, seconds - (time.monotonic() - began)))
    assert one.codes()["503 broker-unavailable"] > 4
    judge(storm, one)


@pytest.mark.parametrize("seconds", lengths(STILL_SECONDS, 60))
def test_rabbitmq_says_nothing(storm: Storm, told: Telling, seconds: float) -> None:
    """It takes connections and hangs, as a stopped virtual machine does."""
    with storm.silent_broker(), asking(storm, MISSES) as one:
        until("the gateway misses the services", says(storm, "gateway", "relief", "membership"))
        assert storm.end("legal") < FINISH_SECONDS + PROMPT_SECONDS
        time.sleep(seconds)
    assert set(one.codes()) <= {"201", "503 outcome-unknown", "503 service-unavailable", "503 broker-unavailable"}
    judge(storm, one)


@pytest.mark.parametrize("seconds", lengths(0, 60))
def test_rabbitmq_takes_no_more(storm: Storm, told: Telling, seconds: float) -> None:
    """Its memory or disk alarm stands: connections live, and what is sent goes nowhere."""
    with storm.overloaded_broker(), asking(storm, MISSES) as one:
        until("the gateway misses the services", says(storm, "gateway", "relief", "membership"))
        # waited for at first; then, known to be away, refused at once
        until("refusals at once", lambda: one.codes().get("503 service-unavailable", 0) > 4)
        time.sleep(seconds)
    assert set(one.codes()) <= {"201", "503 outcome-unknown", "503 service-unavailable", "503 broker-unavailable"}
    judge(storm, one)


@pytest.mark.parametrize("seconds", lengths(STILL_SECONDS, 300))
def test_a_service_does_not_move(storm: Storm, told: Telling, seconds: float) -> None:
    with storm.stopped("relief"), asking(storm, MISSES) as one:
        until("the gateway misses relief", says(storm, "gateway", "relief"))
        time.sleep(seconds)
    codes = one.codes("relief")
    # waited for at first; then, known to be away, refused at once
    assert {"503 outcome-unknown", "503 service-unavailable"} <= set(codes), codes
    assert set(one.codes("membership")) == {"201"}
    judge(storm, one)
    late = [asked for asked in one.commands if asked.service == "relief"]
    books = Books.read(storm.centre.settings)
    assert not [asked.key for asked in late if books.effects(asked)], "done after the deadline"


@pytest.mark.parametrize("seconds", lengths(2, 300))
def test_services_are_gone_and_nobody_starts_them(storm: Storm, told: Telling, seconds: float) -> None:
    with storm.absent("relief", "reporting"):
        until("the gateway misses both", says(storm, "gateway", "relief", "reporting"))
        with asking(storm) as one:
            time.sleep(seconds)
    assert set(one.codes("relief")) == {"503 service-unavailable"}
    assert set(one.codes("membership")) == {"201"}
    assert max(asked.tried.seconds for asked in one.commands if asked.service == "relief") < 2
    judge(storm, one)


@pytest.mark.parametrize("seconds", lengths(2, 60))
def test_postgresql_is_away(storm: Storm, told: Telling, seconds: float) -> None:
    with storm.no_database(), asking(storm) as one:
        until("the gateway misses the database", says(storm, "gateway", "database", "relief"))
        until("relief misses its database", says(storm, "relief", "database relief"))
        time.sleep(seconds)
    assert one.codes()["503 database-unavailable"] > 4
    judge(storm, one)


@pytest.mark.parametrize("seconds", lengths(STILL_SECONDS, 60))
def test_postgresql_says_nothing(storm: Storm, told: Telling, seconds: float) -> None:
    """It takes connections and hangs, as on a dead disk: nobody waits for it for longer than the deadline."""
    with storm.silent_database(), asking(storm) as one:
        until("the gateway misses the database", says(storm, "gateway", "database"))
        time.sleep(seconds)
    assert set(one.codes()) <= {"201", "503 database-unavailable", "503 outcome-unknown"}
    assert one.codes()["503 database-unavailable"] > 1
    judge(storm, one)


def test_postgresql_is_read_only(storm: Storm, told: Telling) -> None:
    with read_only(storm.postgres.url), asking(storm) as one:
        until("relief cannot write", says(storm, "relief", "database relief"))
        until("the gateway knows of it", says(storm, "gateway", "relief"))
        time.sleep(2)
    assert one.codes()["503 database-unavailable"] > 4
    assert set(tally(one.reads)) == {"200"}
    judge(storm, one)


@pytest.mark.parametrize("seconds", lengths(0, 0))
def test_what_was_told_meanwhile_came_to_its_end(storm: Storm, told: Telling, seconds: float) -> None:
    """Last in the file: the books after all outages."""
    told.end()
    told.wait()
    found = findings(storm.centre.settings, told.told, storm.client)
    assert not found, "\n".join(found[:20])
    assert told.told


@contextmanager
def read_only(url: str) -> Iterator[None]:
    """Every transaction of the server is read-only, running connections included."""
    def set_to(value: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("set default_transaction_read_only = off")
            connection.execute(f"alter system set default_transaction_read_only = {value}")
            connection.execute("select pg_reload_conf()")

    set_to("on")
    try:
        yield
    finally:
        with contextlib.suppress(psycopg.Error):
            set_to("off")
