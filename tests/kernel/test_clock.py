from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.kernel import clock
from shared.kernel.clock import ClockFileInvalid, is_shifted, now, real_now, today


@pytest.fixture
def clock_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "clock"
    monkeypatch.setenv(clock.CLOCK_FILE_VARIABLE, str(file))
    return file


def shift_days() -> int:
    return round((now() - real_now()) / timedelta(days=1))


def test_the_time_is_that_of_china(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.CLOCK_FILE_VARIABLE, raising=False)
    assert now().utcoffset() == timedelta(hours=8)
    assert abs((now() - datetime.now(UTC)).total_seconds()) < 2
    assert not is_shifted()


@pytest.mark.parametrize(("text", "days"), [("3", 3), ("-3\n", -3), (" +10 ", 10), ("0", 0), ("", 0), ("\n", 0)])
def test_the_training_clock_shifts_by_days(clock_file: Path, text: str, days: int) -> None:
    clock_file.write_text(text)
    assert shift_days() == days
    assert is_shifted() == (days != 0)
    assert today() == now().date()


def test_a_missing_file_shifts_nothing(clock_file: Path) -> None:
    assert shift_days() == 0
    clock_file.write_text("5")
    assert shift_days() == 5
    clock_file.unlink()
    assert shift_days() == 0


def test_a_change_of_the_file_is_seen(clock_file: Path) -> None:
    clock_file.write_text("1")
    assert shift_days() == 1
    clock_file.write_text("2")
    os.utime(clock_file, ns=(0, clock_file.stat().st_mtime_ns + 1_000_000))
    assert shift_days() == 2


@pytest.mark.parametrize("text", ["three", "1.5", "3 days", "36501", "9" * 5_000, "\x00\xff"])
def test_garbage_is_an_error_that_names_the_file(clock_file: Path, text: str) -> None:
    clock_file.write_bytes(text.encode("latin-1"))
    with pytest.raises(ClockFileInvalid) as refused:
        now()
    assert str(clock_file) in refused.value.text("zh")
    assert str(clock_file) in refused.value.text("en")
    assert real_now()
