"""A whole centre as its users have it: started by `bangfu run`, spoken to through HTTP, its processes killable."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from shared.runtime.config import HEALTH_PORT_OFFSET, SERVICES, Settings
from shared.runtime.demo.api import Api
from shared.runtime.servers.ports import free_port, is_free

START_SECONDS = 120
STOP_SECONDS = 60
#: one machine, many quick sign-ins: what would slow an attacker down would slow the tests down too
TEST_ENVIRONMENT = {
    "BANGFU_DEMO": "0",
    "BANGFU_TICK_SECONDS": "0.3",
    "BANGFU_RATE_PER_MINUTE": "1000000",
    "BANGFU_SIGN_IN_PER_MINUTE": "1000000",
    "BANGFU_SIGN_IN_PER_MINUTE_ADDRESS": "1000000",
    "BANGFU_ARGON2": "1024,1,1",
}


@dataclass
class Centre:
    """`database_url` None means SQLite."""

    data: Path
    amqp_url: str | None
    database_url: str | None
    split: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    output: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.port = _free_ports()
        self.clock_file = self.data / "clock"
        self.data.mkdir(parents=True, exist_ok=True)
        self._lines: queue.Queue[str] = queue.Queue()

    @property
    def environment(self) -> dict[str, str]:
        chosen = {"PORT": str(self.port), "BANGFU_DATA": str(self.data), "AMQP_URL": self.amqp_url,
                  "DATABASE_URL": self.database_url, "SPLIT": "1" if self.split else "0",
                  "BANGFU_CLOCK_FILE": str(self.clock_file)}
        return {**os.environ, **TEST_ENVIRONMENT, **{k: v for k, v in chosen.items() if v is not None}, **self.extra}

    @property
    def settings(self) -> Settings:
        return Settings.read(self.environment)

    @property
    def api(self) -> Api:
        return Api(f"http://127.0.0.1:{self.port}")

    def start(self) -> Centre:
        """Start and wait for `ready`."""
        self._process = subprocess.Popen([sys.executable, "-m", "shared.runtime.cli", "run"], env=self.environment,
                                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        threading.Thread(target=self._read, daemon=True).start()
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                if self._lines.get(timeout=1).startswith("ready: http"):  # not the address of some /readyz
                    return self
            except queue.Empty:
                if self._process.poll() is not None:
                    break
        raise AssertionError("the centre did not start:\n" + "\n".join(self.output[-30:]) + self.logs())

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.output.append(line.rstrip())
            self._lines.put(line)

    def logs(self, characters: int = 6_000) -> str:
        """The end of every log."""
        return "".join(f"\n--- {path.name}\n{path.read_text('utf-8')[-characters:]}"
                       for path in sorted((self.data / "log").glob("*.log")))

    def pid(self, name: str) -> int:
        """The process of a service (or `services`, `gateway`) by what it runs."""
        wanted = {"gateway": "gateway.wsgi"}.get(name, "shared.runtime.serve")
        for child in psutil.Process(self._process.pid).children(recursive=True):
            line = child.cmdline()
            if any(wanted in part for part in line) and (name in ("gateway", "services") or line[-1] == name):
                return child.pid
        raise LookupError(f"no process {name}")

    @property
    def supervisor_pid(self) -> int:
        """The process of `bangfu run` itself."""
        return self._process.pid

    def kill(self, name: str) -> None:
        """kill -9."""
        os.kill(self.pid(name), signal.SIGKILL)

    def shift_clock(self, days: int) -> None:
        """Let the centre live some days ahead."""
        self.clock_file.write_text(str(days))

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(STOP_SECONDS)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code


def _free_ports() -> int:
    """A port for the gateway, with those of the services' health pages above it free too."""
    while True:
        port = free_port()
        if all(is_free(port + HEALTH_PORT_OFFSET + number) for number in range(len(SERVICES))):
            return port
