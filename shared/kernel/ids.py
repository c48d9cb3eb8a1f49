"""Ids of records (UUIDv7, RFC 9562) and the numbers people read out to each other (编号)."""

from __future__ import annotations

import os
import re
import secrets
import threading
import time
import uuid
from datetime import datetime, timedelta
from typing import NoReturn

from stdnum.iso7064 import mod_37_36

from shared.kernel.clock import SHANGHAI
from shared.kernel.errors import Invalid

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_CASE_NUMBER = re.compile(r"[A-Z]{2}[0-9]{16}[0-9A-Z]")
_CASE_NUMBER_LENGTH = 19
MAX_SERIAL = 999_999
_COUNTER_BITS = 74
_RANDOM_B_BITS = 62


class IdInvalid(Invalid):
    """Not a UUIDv7."""

    code = "id-invalid"
    zh = "“{received}”不是有效的记录标识(UUIDv7)。请使用系统返回的原值。"
    en = "{received} is not a record id (UUIDv7). Use the value the system returned."


class CaseNumberInvalid(Invalid):
    """A number of a case that cannot be; `reason` is length, character or check."""

    code = "case-number-invalid"
    zh = "编号“{received}”无效:{reason_zh}。请对照原件重新输入。"
    en = "The number {received} is not valid: {reason_en}. Compare it with the document and type it again."


class _Source:
    """UUIDv7 in growing order: RFC 9562 section 6.2 method 2, the 74 random bits are the counter within one ms."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._lock = threading.Lock()
        self._last_ms = -1
        self._counter = 0

    def next(self) -> tuple[int, int]:
        with self._lock:
            now_ms = time.time_ns() // 1_000_000
            if now_ms > self._last_ms:
                self._last_ms, self._counter = now_ms, secrets.randbits(_COUNTER_BITS - 1)
            else:
                self._counter += 1 + secrets.randbits(32)
                if self._counter >> _COUNTER_BITS:
                    self._last_ms, self._counter = self._last_ms + 1, secrets.randbits(_COUNTER_BITS - 1)
            return self._last_ms, self._counter


_source = _Source()
os.register_at_fork(after_in_child=_source.reset)


def new_id() -> str:
    """A new UUIDv7 in its usual lower-case form. Within a process every id sorts after the one before."""
    time_ms, counter = _source.next()
    random_a, random_b = counter >> _RANDOM_B_BITS, counter & ((1 << _RANDOM_B_BITS) - 1)
    return str(uuid.UUID(int=time_ms << 80 | 7 << 76 | random_a << 64 | 2 << 62 | random_b))


def is_id(text: object) -> bool:
    """Whether this is a UUIDv7 as `new_id` writes it."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def id_time(text: str) -> datetime:
    """When an id was made, to the millisecond, at +08:00. Raises IdInvalid."""
    if not is_id(text):
        raise IdInvalid(received=str(text)[:60])
    since_epoch = timedelta(milliseconds=uuid.UUID(text).int >> 80)
    return datetime(1970, 1, 1, 8, tzinfo=SHANGHAI) + since_epoch


def case_number(prefix: str, division: str, year: int, serial: int) -> str:
    """A number such as KN37020220260000018: kind 2 letters, division 6, year 4, serial 6, check 1.

    The check character is ISO 7064 MOD 37,36: it finds every single wrong character and nearly every swap of
    neighbours, and is a digit or a letter. Raises CaseNumberInvalid.
    """
    body = f"{prefix}{division}{year:04d}{serial:06d}"
    fits = len(prefix) == 2 and len(division) == 6 and 1 <= serial <= MAX_SERIAL
    if not fits or not _CASE_NUMBER.fullmatch(f"{body}0"):
        _refuse(
            body,
            "类别须为 2 个大写字母,区划 6 位,年份 4 位,序号 1 至 999999",
            "it needs a kind of 2 capitals, a division of 6 digits, a year of 4, and a serial from 1 to 999999",
        )
    return body + mod_37_36.calc_check_digit(body)


def check_case_number(text: str) -> str:
    """The number in capitals without spaces. Raises CaseNumberInvalid: length, character or check character."""
    number = re.sub(r"[\s-]", "", text).upper() if isinstance(text, str) else ""
    if len(number) != _CASE_NUMBER_LENGTH:
        _refuse(text, f"应为 {_CASE_NUMBER_LENGTH} 位", f"it must have {_CASE_NUMBER_LENGTH} characters")
    if not _CASE_NUMBER.fullmatch(number):
        _refuse(text, "应为 2 个字母、16 位数字和 1 位校验码", "it must be 2 letters, 16 digits and a check character")
    if not mod_37_36.is_valid(number):
        _refuse(text, "校验码不符", "the check character does not fit")
    return number


def _refuse(received: object, reason_zh: str, reason_en: str) -> NoReturn:
    raise CaseNumberInvalid(received=str(received)[:60], reason_zh=reason_zh, reason_en=reason_en)
