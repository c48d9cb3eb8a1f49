"""A client as it should be: what may not have been done is sent again, unchanged, under the same Idempotency-Key."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from shared.runtime.demo.api import Api, Reply

PATIENCE_SECONDS = 150.0
REST_SECONDS = 0.15
#: the 409 that says that the first sending is still at work
AT_WORK = "command-in-progress"


class GaveUp(AssertionError):
    """The centre did not recover while the client still cared."""


@dataclass(frozen=True)
class Try:
    """One sending and what came of it. `status` 0 means that the connection broke; `seconds` is how long it took."""

    method: str
    path: str
    key: str
    status: int
    code: str
    seconds: float
    retry_after: str
    data: Any


@dataclass
class Stubborn(Api):
    """An `Api` that notes all it sends. Safe for many threads."""

    base: str
    patience_seconds: float = PATIENCE_SECONDS
    tries: list[Try] = field(default_factory=list)

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
        """The first answer that says what became of the request. Raises GaveUp."""
        end = time.monotonic() + self.patience_seconds
        while True:
            reply = self.try_once(method, path, body, headers)
            if reply is not None and not is_passing(reply):
                return reply
            if time.monotonic() > end:
                raise GaveUp(f"{method} {path}: {reply and (reply.status, reply.data)} for {self.patience_seconds} s")
            time.sleep(REST_SECONDS)

    def try_once(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply | None:
        """One sending; None when the connection broke."""
        began, reply = time.monotonic(), None
        try:
            reply = super().send(method, path, body, headers)
        except (OSError, http.client.HTTPException):
            pass
        took = time.monotonic() - began
        status, told, code, data = (reply.status, reply.headers, reply.code, reply.data) if reply else (0, {}, "", None)
        self.tries.append(Try(method, path, (headers or {}).get("Idempotency-Key", ""), status, code, took,
                              told.get("retry-after", ""), data))
        return reply

    def acknowledged(self) -> list[Try]:
        """The commands that were reported done."""
        return [one for one in self.tries if one.key and 200 <= one.status < 300]

    def faults(self) -> list[Try]:
        """What no outage excuses: answers of our fault, and a 503 that does not say when to come again."""
        return [one for one in self.tries if one.status == 500 or (one.status == 503 and not one.retry_after)]


def is_passing(reply: Reply) -> bool:
    """Whether the answer only says: not now."""
    return reply.status == 503 or (reply.status == 409 and reply.code == AT_WORK)


def tally(tries: Iterable[Try]) -> dict[str, int]:
    """How often each answer came, for the message of a failed test."""
    counts: dict[str, int] = {}
    for one in tries:
        name = f"{one.status} {one.code}".strip()
        counts[name] = counts.get(name, 0) + 1
    return counts
