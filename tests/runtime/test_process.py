"""Child processes: started, watched, and surely stopped with all their own children."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from shared.runtime.servers.process import Process, ServerFailed, tail

WAIT_SECONDS = 10


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def shell(script: str, tmp_path: Path, *, grace_seconds: float = 10) -> Process:
    argv = ["sh", "-c", script]
    return Process("shell", argv, env=dict(os.environ), log=tmp_path / "log", grace_seconds=grace_seconds)


def test_stop_ends_the_whole_group(tmp_path: Path) -> None:
    pids = tmp_path / "pid"
    process = shell(f"sleep 60 & echo $! > {pids}; wait", tmp_path)
    process.start()
    wait_for(lambda: pids.exists() and pids.read_text().strip())
    process.stop()
    wait_for(lambda: is_gone(int(pids.read_text())))


def test_who_ignores_the_signal_is_killed_after_the_grace(tmp_path: Path) -> None:
    process = shell("trap '' TERM; echo deaf; while :; do sleep 1; done", tmp_path, grace_seconds=0.3)
    process.start()
    wait_for(lambda: "deaf" in process.tail())
    started = time.monotonic()
    process.stop()
    assert time.monotonic() - started < 5
    assert process.pid is None


def test_stop_twice_and_before_start_is_harmless(tmp_path: Path) -> None:
    process = shell("sleep 60", tmp_path)
    process.stop()
    with process:
        assert process.exit_code() is None
    process.stop()


def test_an_early_end_is_told_with_the_last_lines_of_the_log(tmp_path: Path) -> None:
    with shell("echo 'no such file: 配置'; exit 3", tmp_path) as process:
        with pytest.raises(ServerFailed, match="配置") as caught:
            process.wait_ready(lambda: False, 10)
        assert "code 3" in str(caught.value)


def test_waiting_is_bounded(tmp_path: Path) -> None:
    with shell("sleep 60", tmp_path) as process, pytest.raises(ServerFailed, match=r"not ready within 0\.2 s"):
        process.wait_ready(lambda: False, 0.2)


def test_tail_reads_the_end_of_a_long_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("".join(f"line {number}\n" for number in range(100_000)))
    assert tail(log, 2) == "    line 99998\n    line 99999"


@pytest.mark.parametrize("attempt", range(5))  # each kills within the first milliseconds of the child's life
def test_children_die_with_a_parent_that_was_killed(tmp_path: Path, attempt: int) -> None:
    pid_file = tmp_path / "pid"
    program = (
        "import os, sys, time; from pathlib import Path; from shared.runtime.servers.process import Process\n"
        f"p = Process('x', ['sleep', '60'], env=dict(os.environ), log=Path({str(tmp_path / 'log')!r}))\n"
        f"p.start(); Path({str(pid_file)!r}).write_text(str(p.pid)); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program]) as parent:
        wait_for(lambda: pid_file.exists() and pid_file.read_text())
        parent.send_signal(signal.SIGKILL)
    wait_for(lambda: is_gone(int(pid_file.read_text())))
