"""Valid but invented people and employers, numbered so that no two are alike."""

from __future__ import annotations

from stdnum import luhn
from stdnum.cn import ric

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def resident_id(number: int) -> str:
    """A resident ID with a right check digit: invented birth dates from 1970 on, area 370202."""
    year, month, day = 1970 + number % 30, 1 + number // 30 % 12, 1 + number // 360 % 28
    body = f"370202{year:04d}{month:02d}{day:02d}{number % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")


def name(number: int) -> str:
    return SURNAMES[number % len(SURNAMES)] + "某" + "一二三四五六七八九十"[number // len(SURNAMES) % 10]


def bank_card(number: int) -> str:
    body = f"622202{number:012d}"
    return body + luhn.calc_check_digit(body)


def mobile(number: int) -> str:
    return f"139{number:08d}"


def uscc(number: int) -> str:
    """An employer's code (department 9, category 1) with right check characters."""
    organisation = f"{number:08d}"
    total = sum(int(c) * w for c, w in zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    check = {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
    body = f"91370202{organisation}{check}"
    total = sum(USCC_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + USCC_ALPHABET[(31 - total % 31) % 31]
