"""The time of the product (+08:00). On a training system it may run some days ahead or behind (培训时钟)."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from shared.kernel.errors import Conflict

CLOCK_FILE_VARIABLE = "BANGFU_CLOCK_FILE"
MAX_SHIFT_DAYS = 36_500
# A fixed offset: China has had no summer time since 1991, and small systems come without a time zone database.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

_Stamp = tuple[str, int, int, int]
_remembered: tuple[_Stamp, int] | None = None


class ClockFileInvalid(Conflict):
    """The training clock's file holds something other than a number of days."""

    code = "clock-file-invalid"
    zh = "培训时钟文件 {file} 的内容“{received}”无效。请写入一个整数天数(如 3 或 -3),或清空该文件。"
    en = "The training clock file {file} holds {received}. Write a whole number of days (3 or -3), or empty the file."


def now() -> datetime:
    """The present instant of the product, aware, at +08:00, shifted on a training system. Raises ClockFileInvalid."""
    return real_now() + timedelta(days=_shift_days())


def today() -> date:
    """The present day of the product in China. Raises ClockFileInvalid."""
    return now().date()


def real_now() -> datetime:
    """The present instant as the machine has it: for tokens, ids and delays, which no exercise may move."""
    return datetime.now(SHANGHAI)


def is_shifted() -> bool:
    """Whether the product's time differs from the machine's. Raises ClockFileInvalid."""
    return _shift_days() != 0


def shift(days: int) -> None:
    """Let everything that reads the training clock's file live `days` from now. Raises KeyError without such a file."""
    Path(os.environ[CLOCK_FILE_VARIABLE]).write_text(str(days), "ascii")


def _shift_days() -> int:
    global _remembered
    file = os.environ.get(CLOCK_FILE_VARIABLE)
    if not file:
        return 0
    try:
        status = Path(file).stat()
        stamp = (file, status.st_ino, status.st_mtime_ns, status.st_size)
        if _remembered is None or _remembered[0] != stamp:
            _remembered = (stamp, _read_days(file))
        return _remembered[1]
    except FileNotFoundError:
        return 0


def _read_days(file: str) -> int:
    with Path(file).open(encoding="utf-8", errors="replace") as opened:
        text = opened.read(64).strip()
    try:
        days = int(text or "0")
    except ValueError:
        raise ClockFileInvalid(file=file, received=text) from None
    if abs(days) > MAX_SHIFT_DAYS:
        raise ClockFileInvalid(file=file, received=text)
    return days
