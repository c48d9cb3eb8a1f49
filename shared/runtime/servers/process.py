"""A child process that is surely stopped: its whole process group, and also when we are killed ourselves."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

TAIL_LINES = 15
LOG_ROTATE_BYTES = 20_000_000
POLL_SECONDS = 0.05
# Who was killed before the kernel heard whose death matters would never be missed: the child looks once itself.
ONLY_UNDER_PARENT = 'parent=$1; shift; [ "$PPID" = "$parent" ] || exit 1; exec "$@"'


class ServerFailed(RuntimeError):
    """A server did not start or answer in time. The message ends with the last lines of its log."""


class Process:
    """One program with its own process group and log file.

    `as_user` runs it as that user (only root may). `grace_seconds` is how long `stop` waits before killing the group.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        log: Path,
        cwd: Path | None = None,
        as_user: str | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        grace_seconds: float = 10,
    ) -> None:
        self.name, self.argv, self.env, self.log, self.cwd = name, list(argv), dict(env), log, cwd
        self.as_user, self.stop_signal, self.grace_seconds = as_user, stop_signal, grace_seconds
        self._popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the program; it need not be ready when this returns."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        _rotate(self.log)
        with self.log.open("ab") as out:
            self._popen = subprocess.Popen(
                [*_wrapper(self.as_user, self.stop_signal), *self.argv],
                env=self.env, cwd=self.cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip

    @property
    def pid(self) -> int | None:
        return self._popen.pid if self._popen else None

    def exit_code(self) -> int | None:
        """The exit code, or None while it runs or before it was started."""
        return self._popen.poll() if self._popen else None

    def stop(self) -> None:
        """Stop the group and wait for it: asked first, killed after `grace_seconds`. Safe to call twice."""
        if self._popen is None:
            return
        if self._popen.poll() is None:
            _signal_group(self._popen.pid, self.stop_signal)
        deadline = time.monotonic() + self.grace_seconds
        while self._is_group_alive() and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        _signal_group(self._popen.pid, signal.SIGKILL)
        self._popen.wait()
        self._popen = None

    def wait_ready(self, is_ready: Callable[[], bool], timeout_seconds: float) -> None:
        """Wait until `is_ready`. Raises ServerFailed if the program ends or the time is up first."""
        deadline = time.monotonic() + timeout_seconds
        while not is_ready():
            if self.exit_code() is not None:
                raise ServerFailed(self._failure(f"ended with code {self.exit_code()} while starting"))
            if time.monotonic() > deadline:
                raise ServerFailed(self._failure(f"was not ready within {timeout_seconds:g} s"))
            time.sleep(POLL_SECONDS)

    def tail(self) -> str:
        """The last lines of the log."""
        return tail(self.log)

    def _failure(self, what: str) -> str:
        return f"{self.name} {what}. Its log {self.log} ends:\n{self.tail()}"

    def _is_group_alive(self) -> bool:
        assert self._popen is not None
        self._popen.poll()
        return any(_living_members(self._popen.pid))

    def __enter__(self) -> Process:
        self.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()


def tail(log: Path, lines: int = TAIL_LINES) -> str:
    """The last `lines` of a log file, indented; says so if there is none."""
    if not log.exists():
        return "    (no log)"
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 400 * lines))
        text = file.read().decode("utf-8", "replace")
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:]) or "    (empty)"


def _wrapper(user: str | None, stop_signal: signal.Signals) -> list[str]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        if user is not None:
            raise ServerFailed("setpriv (package util-linux) is needed to start a server as another user")
        return []
    # The kernel sends the stop signal if we die without stopping it, even by SIGKILL.
    wrapper = [setpriv, f"--pdeathsig={stop_signal.name.removeprefix('SIG')}"]
    if user is not None:
        wrapper += [f"--reuid={user}", f"--regid={user}", "--init-groups"]
    return [*wrapper, "--", "sh", "-c", ONLY_UNDER_PARENT, "sh", str(os.getpid())]


def _signal_group(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _living_members(group: int) -> Iterator[int]:
    """The processes of the group. The dead that nobody has reaped yet do not count: killpg would still find them."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group = status.read_text("utf-8", "replace").rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(its_group) == group and state not in "ZX":
            yield int(status.parent.name)


def _rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_ROTATE_BYTES:
        log.replace(log.with_suffix(log.suffix + ".1"))
