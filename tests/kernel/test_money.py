from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.errors import Invalid
from shared.kernel.money import (
    MAX_FEN,
    AmountInvalid,
    SharesInvalid,
    WeightsInvalid,
    apportion,
    check_fen,
    format_yuan,
    split,
)

totals_fen = st.integers(0, MAX_FEN)
weight_lists = st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any)


@st.composite
def shares(draw: st.DrawFn) -> list[int]:
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), max_size=5)))
    return [high - low for low, high in zip([0, *cuts], [*cuts, 10_000], strict=True)]


@pytest.mark.parametrize("value", [True, 1.0, "1", None, 0, -1, MAX_FEN + 1])
def test_an_amount_is_a_whole_positive_number_of_fen(value: object) -> None:
    with pytest.raises(AmountInvalid) as refused:
        check_fen(value, pointer="/amount_fen")
    assert isinstance(refused.value, Invalid)
    assert refused.value.pointer == "/amount_fen"
    assert "分" in refused.value.text("zh")
    assert refused.value.params["least_fen"] == 1


def test_the_bounds_of_an_amount_are_inclusive() -> None:
    assert check_fen(1) == 1
    assert check_fen(MAX_FEN) == MAX_FEN
    assert check_fen(0, least=0) == 0
    with pytest.raises(AmountInvalid):
        check_fen(501, most=500)


def test_a_refused_amount_is_not_repeated_at_length() -> None:
    with pytest.raises(AmountInvalid) as refused:
        check_fen("9" * 100_000)
    assert len(str(refused.value)) < 300


def test_advance_of_70000_yuan_for_three_workers() -> None:
    assert apportion(7_000_000, [1_000_000, 1_000_000, 1_000_000]) == [2_333_334, 2_333_333, 2_333_333]


def test_the_largest_remainder_gets_the_odd_fen() -> None:
    assert apportion(10, [1, 1, 8]) == [1, 1, 8]
    assert apportion(100, [333, 333, 334]) == [33, 33, 34]


@given(totals_fen, weight_lists)
def test_apportioned_parts_sum_to_the_fen(total_fen: int, weights: list[int]) -> None:
    parts = apportion(total_fen, weights)
    assert sum(parts) == total_fen
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total_fen * weight) < sum(weights)


@given(st.data(), weight_lists)
def test_nobody_is_paid_more_than_claimed(data: st.DataObject, weights: list[int]) -> None:
    total_fen = data.draw(st.integers(0, sum(weights)))
    parts = apportion(total_fen, weights)
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 5], [1.5, 2], [True, 1]])
def test_nothing_is_apportioned_over_senseless_weights(weights: list[int]) -> None:
    with pytest.raises(WeightsInvalid):
        apportion(100, weights)


@pytest.mark.parametrize(
    ("total_fen", "shares_bp", "parts"),
    [
        (10_000, [8_800, 1_200], [8_800, 1_200]),
        (9_999, [8_800, 1_200], [8_799, 1_200]),
        (4, [8_800, 1_200], [4, 0]),
        (5, [9_000, 1_000], [4, 1]),
        (101, [8_500, 1_500], [86, 15]),
        (1, [0, 5_000, 5_000], [0, 1, 0]),
        (7, [10_000], [7]),
        (0, [8_000, 2_000], [0, 0]),
    ],
)
def test_the_partner_part_is_rounded_half_up(total_fen: int, shares_bp: list[int], parts: list[int]) -> None:
    assert split(total_fen, shares_bp) == parts


@given(totals_fen, shares())
def test_split_parts_sum_to_the_fen(total_fen: int, shares_bp: list[int]) -> None:
    parts = split(total_fen, shares_bp)
    assert sum(parts) == total_fen
    assert min(parts) >= 0


@given(totals_fen, st.integers(0, 10_000))
def test_a_partner_part_is_within_half_a_fen_of_its_share(total_fen: int, partner_bp: int) -> None:
    _, partner_fen = split(total_fen, [10_000 - partner_bp, partner_bp])
    assert -5_000 < partner_fen * 10_000 - total_fen * partner_bp <= 5_000


@pytest.mark.parametrize("shares_bp", [[8_800, 1_100], [], [11_000, -1_000], [5_000.0, 5_000]])
def test_shares_must_make_a_whole(shares_bp: list[int]) -> None:
    with pytest.raises(SharesInvalid):
        split(100, shares_bp)


@pytest.mark.parametrize(
    ("fen", "text"), [(7_000_000, "¥70,000.00"), (5, "¥0.05"), (0, "¥0.00"), (-123_456, "-¥1,234.56")]
)
def test_yuan_for_people(fen: int, text: str) -> None:
    assert format_yuan(fen) == text
