"""`bangfu run`, as a person on one machine has it: up, watched, one per data folder, gone on Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from shared.runtime.demo.api import until
from shared.runtime.servers.ports import free_port, is_free
from shared.runtime.start import readyz

READY_SECONDS = 90
STOP_SECONDS = 60
PORTS_USED = 18  # PORT, three of the broker, eight of the services


def free_block() -> int:
    """A port that is free together with those above it."""
    while True:
        port = free_port()
        if all(is_free(port + offset) for offset in range(PORTS_USED)):
            return port


class Centre:
    """One `bangfu run`."""

    def __init__(self, data: Path) -> None:
        self.port = free_block()
        own = {"PORT": str(self.port), "BANGFU_DATA": str(data), "BANGFU_DEMO": "0", "PYTHONUNBUFFERED": "1"}
        given = {key: value for key, value in os.environ.items() if key not in {"AMQP_URL", "DATABASE_URL", "SPLIT"}}
        self.environment = {**given, **own}
        self.command = [sys.executable, "-m", "shared.runtime.cli", "run"]
        self.output = data.with_suffix(".out")
        with self.output.open("wb") as out:
            self.process = subprocess.Popen(self.command, env=self.environment, stdout=out, stderr=out)

    def said(self) -> str:
        return self.output.read_text("utf-8")

    def wait_for(self, words: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while words not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, f"{words!r} was not said:\n{self.said()}"
            time.sleep(0.1)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, words: str) -> psutil.Process:
        return next(child for child in self.children() if words in " ".join(child.cmdline()))


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    running = Centre(tmp_path / "data")
    yield running
    if running.process.poll() is None:
        running.process.send_signal(signal.SIGTERM)
    running.process.wait(STOP_SECONDS)


def test_a_centre_comes_up_heals_refuses_a_second_and_goes(centre: Centre) -> None:
    ready = f"ready: http://127.0.0.1:{centre.port}\n"
    centre.wait_for(ready, READY_SECONDS)
    assert readyz(centre.port) == 200

    second = subprocess.run(centre.command, env=centre.environment, capture_output=True, text=True, timeout=30)
    assert second.returncode == 1
    assert f"{centre.process.pid}" in second.stderr
    assert "BANGFU_DATA" in second.stderr

    centre.child("shared.runtime.serve").kill()
    centre.wait_for("restarted", READY_SECONDS)

    family = centre.children()
    centre.process.send_signal(signal.SIGINT)
    assert centre.process.wait(STOP_SECONDS) == 0
    assert centre.said().endswith("stopped\n")
    assert not psutil.wait_procs(family, timeout=5)[1], "children are gone with it"


def test_its_broker_or_itself_killed_it_leaves_nobody_behind_and_comes_up_again(tmp_path: Path, centre: Centre) -> None:
    centre.wait_for(f"ready: http://127.0.0.1:{centre.port}\n", READY_SECONDS)
    centre.child("beam.smp").kill()
    centre.wait_for("restarted  broker", READY_SECONDS)
    until("ready again", lambda: readyz(centre.port) == 200, READY_SECONDS)

    family = centre.children()
    centre.process.kill()
    assert not psutil.wait_procs(family, timeout=STOP_SECONDS)[1]

    again = Centre(tmp_path / "data")
    again.wait_for(f"ready: http://127.0.0.1:{again.port}\n", READY_SECONDS)
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(STOP_SECONDS) == 0


def test_a_port_in_use_is_told_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = subprocess.run(
            [sys.executable, "-m", "shared.runtime.cli", "run"], capture_output=True, text=True, timeout=30,
            env={**os.environ, "PORT": port, "BANGFU_DATA": str(tmp_path)},
        )  # fmt: skip
    assert result.returncode == 1
    assert port in result.stderr
    assert "choose another PORT" in result.stderr
