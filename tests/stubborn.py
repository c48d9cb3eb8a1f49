"""A client as it should be: what may not have been done is sent again, unchanged, under the same Idempotency-Key."""

from __future__ import annotations

import contextlib
import http.client
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from shared.runtime.demo.api import Api, Reply

PATIENCE_SECONDS = 420.0
REST_SECONDS = 0.15
#: the 409 that says that the first sending is still at work
AT_WORK = "command-in-progress"


class GaveUp(AssertionError):
    """The centre did not recover while the client still cared."""


@dataclass(frozen=True)
class Try:
    """One sending and what came of it; no reply means that the connection broke. `seconds` is how long it took."""

    method: str
    path: str
    key: str
    reply: Reply | None
    seconds: float

    @property
    def status(self) -> int:
        return self.reply.status if self.reply else 0

    @property
    def code(self) -> str:
        return self.reply.code if self.reply else ""

    @property
    def data(self) -> Any:
        return self.reply.data if self.reply else None

    @property
    def retry_after(self) -> str:
        return self.reply.headers.get("retry-after", "") if self.reply else ""


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
            tried = self.once(method, path, body, headers)
            if tried.reply is not None and not is_passing(tried.reply):
                return tried.reply
            if time.monotonic() > end:
                raise GaveUp(f"{method} {path}: {tried.status} {tried.data} after {self.patience_seconds} s")
            time.sleep(REST_SECONDS)

    def once(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Try:
        """One sending, noted."""
        began, reply = time.monotonic(), None
        with contextlib.suppress(OSError, http.client.HTTPException):
            reply = super().send(method, path, body, headers)
        tried = Try(method, path, (headers or {}).get("Idempotency-Key", ""), reply, time.monotonic() - began)
        self.tries.append(tried)
        return tried

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
