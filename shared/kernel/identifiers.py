"""Numbers other offices give out: resident ids (GB 11643), credit codes (GB 32100), bank cards, mobiles; and masks.

No refusal repeats what was typed: these numbers are personal data and refusals are logged.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.util import clean

from shared.kernel import clock
from shared.kernel.errors import Invalid

MAX_TYPED = 64
_EARLIEST_BIRTH_YEAR = 1800
_FULL_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}  # as Chinese input methods type, to plain
# GB/T 2260 provinces; 81 to 83 are residence permits of Hong Kong, Macao and Taiwan people
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_COMPOUND_SURNAME = re.compile(
    "欧阳|司马|上官|诸葛|司徒|东方|独孤|南宫|夏侯|尉迟|皇甫|慕容|令狐|长孙|宇文|公孙|端木|轩辕|淳于|单于|申屠|太史|"
    "闻人|澹台|濮阳|钟离|呼延|赫连|百里|东郭|西门|公羊|公冶|宗政|仲孙|鲜于|闾丘|司空|完颜|拓跋|万俟|第五"
)


class IdentifierInvalid(Invalid):
    """Base of the refusals of numbers; `what` is the kind of number, `expected` what it should be."""

    code = "identifier-invalid"
    zh = "{what_zh}无效:{expected_zh}。"
    en = "The {what_en} is not valid: {expected_en}."


class LengthWrong(IdentifierInvalid):
    """Too few or too many characters."""

    code = "identifier-length"
    zh = "{what_zh}长度不对:应为 {expected_zh} 位,收到 {length} 位。请核对是否漏输或多输。"
    en = "The {what_en} has the wrong length: {expected_en} expected, {length} received. Look for a missing character."


class CharacterWrong(IdentifierInvalid):
    """A character this kind of number never has at that place."""

    code = "identifier-character"
    zh = "{what_zh}含有不允许的字符:{expected_zh}。"
    en = "The {what_en} has a character that cannot be there: {expected_en}."


class AreaWrong(IdentifierInvalid):
    """The first digits name no province."""

    code = "identifier-area"
    zh = "{what_zh}的地区码不存在:{expected_zh}。"
    en = "The {what_en} has an area code that does not exist: {expected_en}."


class DateWrong(IdentifierInvalid):
    """The birth date does not exist, is before 1800 or lies in the future."""

    code = "identifier-date"
    zh = "{what_zh}中的出生日期不对:{expected_zh}。"
    en = "The birth date in the {what_en} is wrong: {expected_en}."


class CheckDigitWrong(IdentifierInvalid):
    """The right form, but the check digit belongs to another number."""

    code = "identifier-check-digit"
    zh = "{what_zh}校验位不符,至少有一位输错。请对照原件重新输入。"
    en = "The check digit of the {what_en} does not fit: at least one character is wrong. Compare it with the document."


_RESIDENT_ID = {"what_zh": "身份证号", "what_en": "resident id"}
_USCC = {"what_zh": "统一社会信用代码", "what_en": "unified social credit code"}
_BANK_CARD = {"what_zh": "银行卡号", "what_en": "bank card number"}
_MOBILE = {"what_zh": "手机号", "what_en": "mobile number"}


def check_resident_id(text: str, pointer: str | None = None) -> str:
    """The resident id (公民身份号码, GB 11643) in 18 characters, X upper-case.

    Residence permits of Hong Kong, Macao and Taiwan people (81, 82, 83) and the 18-digit permanent residence cards of
    foreigners (beginning 9) have the same form. Counties are not looked up: ids keep the codes of counties that no
    longer exist. Raises LengthWrong, CharacterWrong, AreaWrong, DateWrong, CheckDigitWrong.
    """
    number = _typed(text, _RESIDENT_ID, pointer)
    if len(number) != 18:
        raise _length_wrong(number, "18", "18", _RESIDENT_ID, pointer)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise _character_wrong(
            "前 17 位应为数字,末位为数字或 X", "17 digits and then a digit or X", _RESIDENT_ID, pointer
        )
    _check_area(number, pointer)
    _birth_on(number, pointer)
    if number[-1] != ric.calc_check_digit(number):
        raise CheckDigitWrong(pointer=pointer, **_RESIDENT_ID)
    return number


def convert_resident_id_15(text: str, pointer: str | None = None) -> str:
    """The 18-character form of a first-generation id of 15 digits (for imports only). Raises as check_resident_id."""
    number = _typed(text, _RESIDENT_ID, pointer)
    if len(number) != 15:
        raise _length_wrong(number, "15", "15", _RESIDENT_ID, pointer)
    if not re.fullmatch(r"[0-9]{15}", number):
        raise _character_wrong("应全为数字", "digits only", _RESIDENT_ID, pointer)
    body = f"{number[:6]}19{number[6:]}"
    return check_resident_id(body + ric.calc_check_digit(f"{body}0"), pointer)


def resident_birth_on(resident_id: str) -> date:
    """The birth date in a resident id of 18 characters. Raises DateWrong."""
    return _birth_on(resident_id, None)


def resident_sex(resident_id: str) -> Literal["male", "female"]:
    """The sex in a checked resident id of 18 characters: the 17th digit is odd for men (GB 11643)."""
    return "male" if int(resident_id[16]) % 2 else "female"


def check_uscc(text: str, pointer: str | None = None) -> str:
    """The unified social credit code (统一社会信用代码, GB 32100) in 18 capitals and digits, no I O Z S V.

    Raises LengthWrong, CharacterWrong, CheckDigitWrong.
    """
    number = _typed(text, _USCC, pointer)
    if len(number) != 18:
        raise _length_wrong(number, "18", "18", _USCC, pointer)
    if not re.fullmatch(r"[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}", number):
        raise _character_wrong(
            "只能是数字和大写字母(不含 I、O、Z、S、V),第 3 至 8 位为数字",
            "digits and capitals without I, O, Z, S and V; digits at places 3 to 8",
            _USCC,
            pointer,
        )
    if number[-1] != uscc.calc_check_digit(number[:-1]):
        raise CheckDigitWrong(pointer=pointer, **_USCC)
    return number


def check_bank_card(text: str, pointer: str | None = None) -> str:
    """The bank card number (银行卡号), 12 to 19 digits (Luhn). Raises LengthWrong, CharacterWrong, CheckDigitWrong."""
    number = _typed(text, _BANK_CARD, pointer)
    if not re.fullmatch(r"[0-9]*", number):
        raise _character_wrong("应全为数字", "digits only", _BANK_CARD, pointer)
    if not 12 <= len(number) <= 19:
        raise _length_wrong(number, "12 至 19", "12 to 19", _BANK_CARD, pointer)
    if not luhn.is_valid(number):
        raise CheckDigitWrong(pointer=pointer, **_BANK_CARD)
    return number


def check_mobile(text: str, pointer: str | None = None) -> str:
    """The mainland mobile number (手机号) in 11 digits, without +86. Raises LengthWrong, CharacterWrong."""
    number = re.sub(r"^(\+|00)86", "", _typed(text, _MOBILE, pointer))
    if not re.fullmatch(r"[0-9]*", number):
        raise _character_wrong("应全为数字", "digits only", _MOBILE, pointer)
    if len(number) != 11:
        raise _length_wrong(number, "11", "11", _MOBILE, pointer)
    if not re.match(r"1[3-9]", number):
        raise _character_wrong("应以 13 至 19 开头", "it begins 13 to 19", _MOBILE, pointer)
    return number


def mask_resident_id(resident_id: str) -> str:
    """The first six and the last four characters; all stars if that would show the whole."""
    return _mask(resident_id, 6, 4)


def mask_bank_card(number: str) -> str:
    """The last four digits; all stars if that would show the whole."""
    return _mask(number, 0, 4)


def mask_name(name: str) -> str:
    """The surname and a star for each other character: 张*、欧阳**. Of a name of one character nothing is shown."""
    kept = 2 if len(name) > 2 and _COMPOUND_SURNAME.match(name) else 1
    return _mask(name, kept, 0)


def _mask(text: str, first: int, last: int) -> str:
    if len(text) <= first + last:
        return "*" * len(text)
    return text[:first] + "*" * (len(text) - first - last) + text[len(text) - last :]


def _typed(text: object, what: dict[str, str], pointer: str | None) -> str:
    if not isinstance(text, str):
        raise _character_wrong("应为文本", "it must be text", what, pointer)
    if len(text) > MAX_TYPED:
        raise _length_wrong(text, f"至多 {MAX_TYPED}", f"at most {MAX_TYPED}", what, pointer)
    return clean(text.translate(_FULL_WIDTH), " -").strip().upper()


def _check_area(number: str, pointer: str | None) -> None:
    place = number[1:3] if number.startswith("9") else number[:2]
    if not _PROVINCE.fullmatch(place):
        raise AreaWrong(
            pointer=pointer,
            expected_zh=f"{place} 不是省级代码",
            expected_en=f"{place} is not the code of a province",
            **_RESIDENT_ID,
        )


def _birth_on(number: str, pointer: str | None) -> date:
    digits = number[6:14]
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise _date_wrong(pointer, f"没有 {digits} 这一天", f"there is no day {digits}") from None
    if born_on.year < _EARLIEST_BIRTH_YEAR:
        raise _date_wrong(pointer, f"{born_on} 过早", f"{born_on} is too early")
    if born_on > clock.today():
        raise _date_wrong(pointer, f"{born_on} 尚未到来", f"{born_on} has not come yet")
    return born_on


def _date_wrong(pointer: str | None, expected_zh: str, expected_en: str) -> DateWrong:
    return DateWrong(pointer=pointer, expected_zh=expected_zh, expected_en=expected_en, **_RESIDENT_ID)


def _length_wrong(
    number: str, expected_zh: str, expected_en: str, what: dict[str, str], pointer: str | None
) -> LengthWrong:
    return LengthWrong(pointer=pointer, length=len(number), expected_zh=expected_zh, expected_en=expected_en, **what)


def _character_wrong(expected_zh: str, expected_en: str, what: dict[str, str], pointer: str | None) -> CharacterWrong:
    return CharacterWrong(pointer=pointer, expected_zh=expected_zh, expected_en=expected_en, **what)
