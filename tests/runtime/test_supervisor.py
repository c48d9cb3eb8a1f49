"""The supervisor: starts again what dies, says so, stops everything in reverse order."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from shared.runtime import supervisor as module
from shared.runtime.servers.process import Process
from shared.runtime.supervisor import Supervisor


class Diary:
    """What was said, in order; sends `number` to this process once `until` was said."""

    def __init__(self, until: str = "", number: signal.Signals = signal.SIGTERM) -> None:
        self.lines: list[tuple[str, str]] = []
        self._until, self._number = until, number

    def __call__(self, what: str, text: str) -> None:
        self.lines.append((what, text))
        if what == self._until:
            threading.Timer(0.05, os.kill, (os.getpid(), self._number)).start()

    def texts(self, what: str) -> list[str]:
        return [text for said, text in self.lines if said == what]


@pytest.fixture(autouse=True)
def short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_DELAY_SECONDS", 0.05)
    monkeypatch.setattr(module, "WATCH_SECONDS", 0.02)


def sleeper(name: str, folder: Path) -> Process:
    process = Process(name, ["sleep", "60"], env=dict(os.environ), log=folder / f"{name}.log")
    process.start()
    return process


def watch(supervisor: Supervisor) -> None:
    with pytest.raises(KeyboardInterrupt):
        supervisor.watch()


def test_everything_is_stopped_in_reverse_order(tmp_path: Path) -> None:
    diary = Diary()
    with Supervisor(diary) as supervisor:
        processes = [sleeper(name, tmp_path) for name in ("broker", "services", "gateway")]
        for process in processes:
            supervisor.add(process.name, process)
    assert diary.texts("stopping") == ["gateway", "services", "broker"]
    assert all(process.pid is None for process in processes)


def test_all_is_stopped_though_nobody_listens_any_more(tmp_path: Path) -> None:
    def say(_what: str, _text: str) -> None:
        raise BrokenPipeError

    with Supervisor(say) as supervisor:
        processes = [sleeper(name, tmp_path) for name in ("broker", "services")]
        for process in processes:
            supervisor.add(process.name, process)
    assert all(process.pid is None for process in processes)


def test_one_group_is_stopped_at_the_same_time(tmp_path: Path) -> None:
    diary = Diary()
    script = "trap 'sleep 0.5; exit' TERM; echo up; while :; do sleep 0.01; done"
    with Supervisor(diary) as supervisor:
        for name in ("relief", "jobs", "legal"):
            process = Process(name, ["sh", "-c", script], env=dict(os.environ), log=tmp_path / f"{name}.log")
            process.start()
            supervisor.add(name, process, "services")
            while "up" not in process.tail():
                time.sleep(0.02)
        started = time.monotonic()
    assert time.monotonic() - started < 1.4
    assert diary.texts("stopping") == ["relief, jobs, legal"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_watch_and_stops_all(tmp_path: Path, number: signal.Signals) -> None:
    with Supervisor(Diary()) as supervisor:
        process = sleeper("services", tmp_path)
        supervisor.add("services", process)
        threading.Timer(0.1, os.kill, (os.getpid(), number)).start()
        watch(supervisor)
    assert process.pid is None


def test_a_dead_child_is_started_again_and_it_is_said(tmp_path: Path) -> None:
    diary = Diary(until="restarted")
    with Supervisor(diary) as supervisor:
        process = sleeper("relief", tmp_path)
        supervisor.add("relief", process)
        first = process.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        watch(supervisor)
        assert process.pid not in (None, first)
    assert diary.texts("died") == ["relief ended with code -9; starting it again in 0.05 s"]


def test_who_dies_again_and_again_waits_longer_each_time(tmp_path: Path) -> None:
    failing = Process("jobs", ["false"], env=dict(os.environ), log=tmp_path / "jobs.log")
    failing.start()
    diary = Diary()
    with Supervisor(diary) as supervisor:
        supervisor.add("jobs", failing)
        threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGTERM)).start()
        watch(supervisor)
    delays = [float(text.split()[-2]) for text in diary.texts("died")]
    assert delays[:3] == [0.05, 0.1, 0.2]


def test_a_start_that_fails_is_tried_again(tmp_path: Path) -> None:
    program = tmp_path / "program"
    process = Process("legal", ["sh", "-c", f"test -e {program} || exit 1; sleep 60"], env=dict(os.environ),
                      log=tmp_path / "legal.log")  # fmt: skip
    process.start()
    diary = Diary()
    with Supervisor(diary) as supervisor:
        supervisor.add("legal", process)
        threading.Timer(0.3, program.touch).start()
        threading.Timer(1.2, os.kill, (os.getpid(), signal.SIGTERM)).start()
        watch(supervisor)
        assert process.exit_code() is None
    assert diary.texts("restarted")


def test_impatience_does_not_break_the_stop(tmp_path: Path) -> None:
    stubborn = Process("relief", ["sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 0.1; done"],
                       env=dict(os.environ), log=tmp_path / "relief.log", grace_seconds=0.5)  # fmt: skip
    stubborn.start()
    while "deaf" not in stubborn.tail():
        time.sleep(0.02)
    with Supervisor(Diary()) as supervisor:
        supervisor.add("relief", stubborn)
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
    assert stubborn.pid is None
