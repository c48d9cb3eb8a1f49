from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from shared.kernel import clock
from shared.kernel.errors import Invalid
from shared.kernel.identifiers import (
    AreaWrong,
    CharacterWrong,
    CheckDigitWrong,
    DateWrong,
    IdentifierInvalid,
    LengthWrong,
    check_bank_card,
    check_mobile,
    check_resident_id,
    check_uscc,
    convert_resident_id_15,
    mask_bank_card,
    mask_name,
    mask_resident_id,
    resident_birth_on,
    resident_sex,
)

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}  # as Chinese input methods type
STANDARD_EXAMPLES = ["11010519491231002X", "440524188001010014"]
births = st.dates(date(1900, 1, 1), date(2025, 12, 31))
areas = st.sampled_from(["370202", "110105", "442000", "810000", "820000", "830000", "937840", "931036"])


def resident_id(area: str, born: str, serial: str = "001") -> str:
    body = f"{area}{born}{serial}"
    return body + ric.calc_check_digit(f"{body}0")


invented = st.builds(
    lambda area, born_on, serial: resident_id(area, f"{born_on:%Y%m%d}", f"{serial:03d}"),
    areas,
    births,
    st.integers(0, 999),
)


@pytest.mark.parametrize("text", STANDARD_EXAMPLES)
def test_the_examples_of_the_standard_pass(text: str) -> None:
    assert check_resident_id(text) == text


def test_a_resident_id_is_normalised_as_people_type_it() -> None:
    assert check_resident_id("\u3000110105 19491231\u2013002x ") == "11010519491231002X"
    assert check_resident_id("11010519491231002X".translate(FULL_WIDTH)) == "11010519491231002X"


@given(invented)
def test_invented_people_pass_also_residents_and_foreigners(text: str) -> None:
    assert check_resident_id(text) == text


@pytest.mark.parametrize("area", ["370202", "370212", "310115", "330113"])
def test_a_county_younger_than_the_person_passes(area: str) -> None:
    assert check_resident_id(resident_id(area, "19500101"))


@given(invented, st.data())
def test_a_wrong_digit_is_always_found(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from("0123456789"))
    assume(other != text[place])
    with pytest.raises(IdentifierInvalid):
        check_resident_id(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", LengthWrong),
        ("1101051949123100", LengthWrong),
        ("11010519491231002X" * 9, LengthWrong),
        ("11010519491231OO2X", CharacterWrong),
        ("11010519491231²02X", CharacterWrong),
        (110105194912310021, CharacterWrong),
        (resident_id("990000", "19900101"), AreaWrong),
        (resident_id("160000", "19900101"), AreaWrong),
        (resident_id("370202", "19900230"), DateWrong),
        (resident_id("370202", "09900101"), DateWrong),
        ("110105194912310021", CheckDigitWrong),
    ],
)
def test_the_refusal_names_what_is_wrong(text: str, refusal: type[IdentifierInvalid]) -> None:
    with pytest.raises(refusal) as refused:
        check_resident_id(text, pointer="/id_number")
    assert isinstance(refused.value, Invalid)
    assert refused.value.pointer == "/id_number"
    assert "身份证号" in refused.value.text("zh")
    assert "11010519491231" not in str(refused.value)


def test_nobody_is_born_tomorrow() -> None:
    today = clock.today()
    assert check_resident_id(resident_id("370202", f"{today:%Y%m%d}"))
    with pytest.raises(DateWrong, match="not come yet"):
        check_resident_id(resident_id("370202", f"{today + timedelta(days=1):%Y%m%d}"))


@given(births, st.integers(0, 999))
def test_birth_and_sex_are_read_from_the_id(born_on: date, serial: int) -> None:
    text = resident_id("370202", f"{born_on:%Y%m%d}", f"{serial:03d}")
    assert resident_birth_on(text) == born_on
    assert resident_sex(text) == ("male" if serial % 2 else "female")


def test_an_old_id_of_15_digits_is_converted() -> None:
    assert convert_resident_id_15("110105491231002") == "11010519491231002X"
    with pytest.raises(LengthWrong):
        convert_resident_id_15("11010519491231002X")
    with pytest.raises(CharacterWrong):
        convert_resident_id_15("11010549123100X")


@pytest.mark.parametrize("text", ["91100000100003962T", "9144030071526726XG", "91350100M000100Y43"])
def test_known_credit_codes_pass(text: str) -> None:
    assert check_uscc(text.lower()) == text


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("91100000100003962", LengthWrong),
        ("9110000010000396ZT", CharacterWrong),
        ("91A00000100003962T", CharacterWrong),
        ("91100000100003963T", CheckDigitWrong),
        ("91100000100003962A", CheckDigitWrong),
    ],
)
def test_a_wrong_credit_code_is_refused(text: str, refusal: type[IdentifierInvalid]) -> None:
    with pytest.raises(refusal):
        check_uscc(text)


@given(st.from_regex(r"62[0-9]{9,16}", fullmatch=True), st.data())
def test_bank_cards_pass_and_a_wrong_digit_is_found(body: str, data: st.DataObject) -> None:
    number = body + luhn.calc_check_digit(body)
    assert check_bank_card(f"{number[:4]} {number[4:]}") == number
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    assume(other != number[place])
    with pytest.raises(CheckDigitWrong):
        check_bank_card(number[:place] + other + number[place + 1 :])


@pytest.mark.parametrize("text", ["62220212345", "6" * 20, ""])
def test_a_bank_card_has_12_to_19_digits(text: str) -> None:
    with pytest.raises(LengthWrong):
        check_bank_card(text)


@pytest.mark.parametrize(
    "text", ["13812345678", "+86 138-1234-5678", "008613812345678", "13812345678".translate(FULL_WIDTH)]
)
def test_mobiles_are_normalised(text: str) -> None:
    assert check_mobile(text) == "13812345678"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("1381234567", LengthWrong),
        ("12812345678", CharacterWrong),
        ("05321234567", CharacterWrong),
        ("13a", CharacterWrong),
    ],
)
def test_other_phones_are_no_mobiles(text: str, refusal: type[IdentifierInvalid]) -> None:
    with pytest.raises(refusal):
        check_mobile(text)


def test_masks_keep_what_a_notice_may_show() -> None:
    assert mask_resident_id("11010519491231002X") == "110105********002X"
    assert mask_bank_card("6222021234567890") == "************7890"


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三", "张*"), ("王小明", "王**"), ("欧阳修文", "欧阳**"), ("欧阳", "欧*"), ("李", "*"), ("", "")],
)
def test_names_are_masked_after_the_surname(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.text(max_size=10))
def test_a_mask_never_shows_a_short_text_whole(text: str) -> None:
    assert set(mask_resident_id(text)) <= {"*"}


@given(st.text(min_size=1, max_size=30))
def test_a_mask_keeps_the_length_and_hides_something(text: str) -> None:
    for masked in (mask_name(text), mask_bank_card(text), mask_resident_id(text)):
        assert len(masked) == len(text)
        assert "*" in masked
