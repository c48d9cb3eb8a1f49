"""Gini, HHI, the top tenth and the days round festivals: exact against their definitions."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.watch.spread import (
    Paid,
    Thresholds,
    days_in,
    days_of,
    gini_bp,
    hhi_bp,
    share_bp,
    spread_of,
    top_tenth_share_bp,
    windows,
)
from services.relief.rules import watch as rules
from shared.contracts.relief.watch import codes
from shared.kernel.dated import RuleGap, RuleTableError

AMOUNTS = st.lists(st.integers(1, 10_000_000), min_size=1, max_size=40)
LIMITS = Thresholds(small_fen=50_000, festival_bp=6_000, top_tenth_bp=5_000, sesame_bp=7_000)


def histogram(amounts: list[int]) -> list[tuple[int, int]]:
    return sorted(Counter(amounts).items())


def rounded(value: Fraction) -> int:
    return int(value * 10_000 + Fraction(1, 2))


@given(AMOUNTS)
def test_gini_is_the_mean_difference_over_twice_the_mean(amounts: list[int]) -> None:
    n = len(amounts)
    apart = sum(abs(one - other) for one in amounts for other in amounts)
    assert gini_bp(histogram(amounts)) == rounded(Fraction(apart, 2 * n * sum(amounts)))


@given(AMOUNTS)
def test_hhi_is_the_sum_of_squared_shares(amounts: list[int]) -> None:
    total = sum(amounts)
    assert hhi_bp(histogram(amounts)) == rounded(sum((Fraction(one, total) ** 2 for one in amounts), Fraction(0)))


@given(AMOUNTS)
def test_the_top_tenth_is_rounded_up_to_whole_households(amounts: list[int]) -> None:
    top = sorted(amounts, reverse=True)[:(len(amounts) + 9) // 10]
    assert top_tenth_share_bp(histogram(amounts)) == rounded(Fraction(sum(top), sum(amounts)))


@given(AMOUNTS, st.integers(2, 5))
def test_figures_do_not_depend_on_the_unit_of_money(amounts: list[int], times: int) -> None:
    scaled = [amount * times for amount in amounts]
    for figure in (gini_bp, hhi_bp, top_tenth_share_bp):
        assert figure(histogram(scaled)) == figure(histogram(amounts))


def test_of_nothing_there_is_no_share() -> None:
    assert share_bp(0, 0) is gini_bp([]) is hhi_bp([]) is top_tenth_share_bp([]) is None
    empty = spread_of(Paid(0, 0, 0, 0, []), 2026, windows(2026, rules.festivals(2026), 30), 100_000, LIMITS)
    assert (empty.signals, empty.mean_per_household_fen, empty.festival_index_bp) == ((), None, None)


def test_even_money_is_even_and_one_takes_all() -> None:
    assert (gini_bp([(500, 40)]), hhi_bp([(500, 40)]), top_tenth_share_bp([(500, 40)])) == (0, 250, 1_000)
    assert (gini_bp([(500, 1)]), hhi_bp([(500, 1)]), top_tenth_share_bp([(500, 1)])) == (0, 10_000, 10_000)


def test_days_round_festivals_are_counted_once() -> None:
    """New Year, Spring Festival of 17 February, Mid-Autumn of 25 September 2026, and the New Year after."""
    runs = windows(2026, rules.festivals(2026), 30)
    assert runs == [(date(2026, 1, 1), date(2026, 1, 1)), (date(2026, 1, 18), date(2026, 2, 17)),
                    (date(2026, 8, 26), date(2026, 9, 25)), (date(2026, 12, 2), date(2026, 12, 31))]
    assert windows(2026, rules.festivals(2026), 60)[0] == (date(2026, 1, 1), date(2026, 2, 17))
    assert windows(2026, rules.festivals(2026), 400) == [(date(2026, 1, 1), date(2026, 12, 31))]


@given(st.integers(2015, 2030), st.integers(0, 120))
def test_windows_never_overlap_and_stay_in_the_year(year: int, lead: int) -> None:
    runs = windows(year, rules.festivals(year), lead)
    days = [start + timedelta(days=n) for start, end in runs for n in range((end - start).days + 1)]
    assert len(days) == len(set(days)) == days_in(runs) <= days_of(year)
    assert {day.year for day in days} == {year}


@pytest.mark.parametrize(("paid", "signals"), [
    (Paid(10, 7, 6, 0, [(100, 10)]), ("FESTIVAL_BUNCHING", "SESAME")),
    (Paid(10, 6, 5, 0, [(100, 10)]), ()),
    (Paid(10, 0, 0, 0, [(100, 9), (900, 1)]), ("CONCENTRATED",)),
])
def test_signals_are_told_from_their_threshold_on(paid: Paid, signals: tuple[str, ...]) -> None:
    assert spread_of(paid, 2026, windows(2026, rules.festivals(2026), 30), 100_000, LIMITS).signals == signals


def test_a_year_without_festivals_is_named() -> None:
    with pytest.raises(RuleGap, match="no festivals of 2099"):
        rules.festivals(2099)


def test_a_festival_of_another_year_is_refused(tmp_path_factory: pytest.TempPathFactory,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("rules")
    monkeypatch.setenv("BANGFU_RULES", str(folder))
    (folder / "festivals.yaml").write_text("festivals: {2031: [2031-01-01, 2031-01-23]}")
    assert rules.festivals(2031)[-1] == date(2032, 1, 1)
    (folder / "festivals.yaml").write_text("festivals: {2031: [2032-01-01]}\n# changed")
    with pytest.raises(RuleTableError, match="no day of 2031"):
        rules.festivals(2031)


def test_signals_are_those_of_the_contract() -> None:
    most = spread_of(Paid(1, 1, 1, 0, [(1, 1)]), 2026, windows(2026, rules.festivals(2026), 30), 100_000, LIMITS)
    assert most.signals == ("FESTIVAL_BUNCHING", "CONCENTRATED", "SESAME")
    assert set(most.signals) == set(codes.SIGNALS)
