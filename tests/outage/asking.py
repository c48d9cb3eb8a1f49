"""Asking a centre of which a part is away: what it answers, how soon, and what became of it afterwards."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, select

from services.membership.adapters.tables import employers
from services.relief.adapters.funds import funds
from shared.runtime.config import Settings
from shared.runtime.demo import people
from shared.runtime.operate import database
from shared.store.tables import commands
from tests.storm import DEADLINE_SECONDS, Storm
from tests.stubborn import Try, tally

#: what the door itself may take beside its deadline, on a machine that does much else
SLACK_SECONDS = 1.5
PAUSE_SECONDS = 0.3
#: who asks, signed in before anything is away
ROLES = ("R1", "R11")
#: answers by which the caller knows that nothing was done, and never will be
NOTHING_DONE = {"service-unavailable", "broker-unavailable", "database-unavailable", "deadline-passed"}
_numbers = itertools.count(900_000)


@dataclass
class Asked:
    """One command, sent once and never again."""

    service: str
    name: str
    key: str
    tried: Try


@dataclass
class Asking:
    """Sends commands and reads until it is told to stop. No two commands are alike: their names differ."""

    storm: Storm
    commands: list[Asked] = field(default_factory=list)
    reads: list[Try] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self._stop.is_set():
            self.once()
            self._stop.wait(PAUSE_SECONDS)

    def once(self) -> None:
        """A fund, an employer and a read."""
        number = next(_numbers)
        name = f"停机 {number}"
        self._command("relief", "R11", "/v1/relief/funds", name, {"source": "UNION", "name": name})
        self._command("membership", "R1", "/v1/membership/employers", name,
                      {"uscc": people.uscc(number), "name": name})
        self._read("R1", "/v1/membership/employers?limit=1")

    def _command(self, service: str, role: str, path: str, name: str, body: Any) -> None:
        key = f"outage-{service}-{name.split()[1]}"
        tried = self._send("POST", path, role, body, {"Idempotency-Key": key})
        self.commands.append(Asked(service, name, key, tried))

    def _read(self, role: str, path: str) -> None:
        self.reads.append(self._send("GET", path, role, None, {}))

    def _send(self, method: str, path: str, role: str, body: Any, headers: dict[str, str]) -> Try:
        token = self.storm.cast[role].token
        return self.storm.client.once(method, path, body, {"Authorization": f"Bearer {token}", **headers})

    @property
    def all(self) -> list[Try]:
        return [*self.reads, *(one.tried for one in self.commands)]

    # -- judging -----------------------------------------------------------------------------------------------

    def codes(self, service: str | None = None) -> dict[str, int]:
        """How often each answer came to the commands (of a service)."""
        return tally(one.tried for one in self.commands if service in (None, one.service))

    def faults(self) -> list[str]:
        """Answers that come too late, or say something else than yes or not now."""
        found = []
        for one in self.all:
            if one.seconds > DEADLINE_SECONDS + SLACK_SECONDS:
                found.append(f"{one.method} {one.path} took {one.seconds:.1f} s")
            if one.status not in (200, 201, 503):
                found.append(f"{one.method} {one.path}: {one.status} {one.data}")
            if one.status == 503 and not one.retry_after.isdigit():
                found.append(f"{one.method} {one.path}: 503 {one.code} without Retry-After")
        return found

    def behind_the_back(self, settings: Settings) -> list[str]:
        """Commands that were refused and took effect, took effect halfway or twice, or were done and are not there."""
        found, books = [], Books.read(settings)
        for one in self.commands:
            count, kept = books.effects(one), one.key in books.kept
            if one.tried.code in NOTHING_DONE and (count or kept):
                found.append(f"{one.key} was refused with {one.tried.code}, and was carried out")
            if one.tried.status == 201 and count != 1:
                found.append(f"{one.key} was reported done, and has {count} effects")
            if count != int(kept):
                found.append(f"{one.key}: {count} effects, answer kept: {kept}")
        return found


TABLES: dict[str, Table] = {"relief": funds, "membership": employers}


@dataclass(frozen=True)
class Books:
    """What the databases hold of all commands: how often each name is there, and whose answers are kept."""

    names: Counter[tuple[str, str]]
    kept: frozenset[str]

    @classmethod
    def read(cls, settings: Settings) -> Books:
        names, kept = Counter[tuple[str, str]](), set[str]()
        for service, table in TABLES.items():
            with database(settings, service) as opened, opened.read() as connection:
                names.update((service, name) for (name,) in connection.execute(select(table.c.name)))
                kept.update(key.rpartition(":")[2] for (key,) in connection.execute(select(commands.c.command_id)))
        return cls(names, frozenset(kept))

    def effects(self, one: Asked) -> int:
        """How often the command was carried out."""
        return self.names[one.service, one.name]


@contextmanager
def asking(storm: Storm, threads: int = 2) -> Iterator[Asking]:
    """Ask from several threads while the block runs."""
    one = Asking(storm)
    asked = [threading.Thread(target=one.run, daemon=True) for _ in range(threads)]
    for thread in asked:
        thread.start()
    try:
        yield one
    finally:
        one._stop.set()
        for thread in asked:
            thread.join(4 * (DEADLINE_SECONDS + SLACK_SECONDS))
