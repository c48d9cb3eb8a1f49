"""Keeps the programs of one start alive, and stops them all, last started first."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import FrameType
from typing import Any, Protocol

WATCH_SECONDS = 0.5
FIRST_DELAY_SECONDS = 1.0
LONGEST_DELAY_SECONDS = 10.0  # a window waits for it; one start costs a second or two of the machine
STEADY_SECONDS = 60.0  # who ran so long starts again with the first delay

Say = Callable[[str, str], None]


class Server(Protocol):
    """What can be supervised: a Process, a private broker or database."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def exit_code(self) -> int | None: ...


class _Entry:
    def __init__(self, name: str, server: Server, group: str) -> None:
        self.name, self.server, self.group = name, server, group
        self.started_at = time.monotonic()
        self.restart_at: float | None = None
        self.delay_seconds = FIRST_DELAY_SECONDS

    def plan_restart(self) -> float:
        """Note when to start again; returns the delay in seconds."""
        now = time.monotonic()
        steady = now - self.started_at > STEADY_SECONDS
        delay = FIRST_DELAY_SECONDS if steady else self.delay_seconds
        self.delay_seconds = min(2 * delay, LONGEST_DELAY_SECONDS)
        self.restart_at = now + delay
        return delay


class Supervisor:
    """Use as a context: leaving it, for whatever reason, stops all that was added."""

    def __init__(self, say: Say) -> None:
        self._say = _to_whoever_listens(say)
        self._entries: list[_Entry] = []
        self._old_handlers: dict[int, Any] = {}

    def __enter__(self) -> Supervisor:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            self._old_handlers[number] = signal.signal(number, _interrupt)
        return self

    def __exit__(self, *_: Any) -> None:
        for number in self._old_handlers:
            signal.signal(number, signal.SIG_IGN)  # impatience must not leave half of it running
        self.stop()
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)

    def add(self, name: str, server: Server, group: str | None = None) -> None:
        """Take over a server that was just started. Those of one `group` are stopped at the same time."""
        self._entries.append(_Entry(name, server, group or name))

    def dead(self) -> list[tuple[str, int]]:
        """(name, exit code) of the servers that ended by themselves."""
        codes = [(entry.name, entry.server.exit_code()) for entry in self._entries]
        return [(name, code) for name, code in codes if code is not None]

    def watch(self) -> None:
        """Start again what dies, saying so, until SIGINT or SIGTERM raises KeyboardInterrupt."""
        while True:
            for entry in self._entries:
                self._look_after(entry)
            time.sleep(WATCH_SECONDS)

    def stop(self) -> None:
        """Stop everything, last started first."""
        while self._entries:
            group = self._entries[-1].group
            together = [entry for entry in self._entries if entry.group == group]
            self._entries = [entry for entry in self._entries if entry.group != group]
            self._say("stopping", ", ".join(entry.name for entry in together))
            with ThreadPoolExecutor(len(together)) as pool:
                list(pool.map(lambda entry: entry.server.stop(), together))

    def _look_after(self, entry: _Entry) -> None:
        if entry.restart_at is not None:
            if time.monotonic() >= entry.restart_at:
                self._restart(entry)
            return
        code = entry.server.exit_code()
        if code is not None:
            delay = entry.plan_restart()
            self._say("died", f"{entry.name} ended with code {code}; starting it again in {delay:g} s")

    def _restart(self, entry: _Entry) -> None:
        entry.server.stop()  # what is left of its process group
        try:
            entry.server.start()
        except Exception as error:
            delay = entry.plan_restart()
            self._say("failed", f"{entry.name} did not start: {error}; trying again in {delay:g} s")
            return
        entry.restart_at, entry.started_at = None, time.monotonic()
        self._say("restarted", entry.name)


def _to_whoever_listens(say: Say) -> Say:
    """A terminal or a pipe that is gone must not keep the programs from being stopped."""

    def speak(what: str, text: str) -> None:
        with suppress(OSError):
            say(what, text)

    return speak


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
