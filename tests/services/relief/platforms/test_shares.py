"""Shares and card numbers: what holds for all amounts, editions and digits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.platforms.agreement import PartnerAgreement
from services.relief.domain.platforms.card_number import is_card_no, new_card_no
from services.relief.domain.platforms.partner import Partner
from services.relief.domain.platforms.refusals import AgreementDaysWrong, HospitalWithoutShares, SharesMissing
from services.relief.domain.platforms.settlement import last_day_of
from shared.kernel.clock import SHANGHAI
from shared.kernel.ids import new_id
from shared.kernel.money import MAX_FEN, SharesInvalid

AT = datetime(2026, 5, 6, 10, tzinfo=SHANGHAI)
DAY = AT.date()


def edition(union_bp: int | None, partner_bp: int | None, kind: str = "SUPERMARKET", **more: Any) -> PartnerAgreement:
    facts = {"kind": kind, "name": "某", "uscc": None, "contact": None, "employer_id": None, "focus": None}
    partner = Partner.register(new_id(), "/37/", "HS1", facts, AT)
    return PartnerAgreement.draft(new_id(), partner, "HX1", 1, {
        "document_no": "XY", "union_bp": union_bp, "partner_bp": partner_bp, "valid_from": DAY, "valid_to": None,
        "capabilities": [], **more}, "director", AT)


@given(st.integers(1, MAX_FEN), st.integers(0, 10_000))
def test_the_parts_sum_to_the_fen_and_the_partners_is_rounded_half_up(total_fen: int, partner_bp: int) -> None:
    union_fen, partner_fen = edition(10_000 - partner_bp, partner_bp).shares(total_fen)
    assert union_fen + partner_fen == total_fen
    assert min(union_fen, partner_fen) >= 0
    assert abs(2 * (partner_fen * 10_000 - total_fen * partner_bp)) <= 10_000
    if (2 * total_fen * partner_bp) % 20_000 == 10_000:  # exactly half a fen
        assert partner_fen * 10_000 > total_fen * partner_bp


@pytest.mark.parametrize(("union_bp", "partner_bp", "total_fen", "parts"), [
    (8_800, 1_200, 10_000, (8_800, 1_200)), (8_500, 1_500, 9_999, (8_499, 1_500)), (8_000, 2_000, 1, (1, 0)),
    (8_800, 1_200, 4, (4, 0)), (8_800, 1_200, 5, (4, 1)), (5_000, 5_000, 1, (0, 1)), (0, 10_000, 7, (0, 7)),
    (10_000, 0, 7, (7, 0)),
])
def test_examples(union_bp: int, partner_bp: int, total_fen: int, parts: tuple[int, int]) -> None:
    assert edition(union_bp, partner_bp).shares(total_fen) == parts


@pytest.mark.parametrize(("union_bp", "partner_bp", "kind", "refusal"), [
    (8_800, 1_199, "SUPERMARKET", SharesInvalid), (8_800, 1_201, "SUPERMARKET", SharesInvalid),
    (None, None, "SUPERMARKET", SharesMissing), (8_800, None, "PHARMACY", SharesMissing),
    (8_800, 1_200, "HOSPITAL", HospitalWithoutShares), (None, 0, "HOSPITAL", HospitalWithoutShares),
])
def test_shares_that_cannot_be(union_bp: int | None, partner_bp: int | None, kind: str,
                               refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        edition(union_bp, partner_bp, kind)


def test_a_hospital_shares_nothing() -> None:
    hospital = edition(None, None, "HOSPITAL")
    assert not hospital.has_shares
    with pytest.raises(SharesMissing):
        hospital.shares(100)


def test_an_agreement_does_not_end_before_it_begins() -> None:
    with pytest.raises(AgreementDaysWrong):
        edition(8_800, 1_200, valid_to=date(2026, 5, 5))


@given(st.integers(0, 15), st.integers(1, 9))
def test_a_wrong_digit_shows(place: int, by: int) -> None:
    number = new_card_no()
    assert is_card_no(number)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1:]
    assert not is_card_no(wrong)


@pytest.mark.parametrize("text", ["", "9", "9" * 15, "9" * 17, "１" * 16, "9000 0000 0000 00", "8000000000000003"])
def test_what_is_no_card_number(text: str) -> None:
    assert not is_card_no(text)


@pytest.mark.parametrize(("month", "last"), [("2026-01", 31), ("2026-02", 28), ("2028-02", 29), ("2026-12", 31)])
def test_the_last_day_of_a_month(month: str, last: int) -> None:
    assert last_day_of(month).day == last
