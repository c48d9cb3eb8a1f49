from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel import calendar, data
from shared.kernel.calendar import (
    HolidayTableError,
    add_calendar_days,
    add_working_days,
    is_certain,
    is_working_day,
    working_days_between,
)

KNOWN_YEARS = (2024, 2025, 2026)
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
lengths = st.integers(0, 90)


@pytest.fixture(autouse=True)
def _shipped_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(calendar.HOLIDAYS_VARIABLE, raising=False)
    calendar._warned.clear()
    yield
    calendar._warned.clear()


def write_table(file: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv(calendar.HOLIDAYS_VARIABLE, str(file))


@pytest.mark.parametrize("year", KNOWN_YEARS)
def test_the_table_agrees_with_the_library_of_the_notices(year: int) -> None:
    all_days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    differing = [
        day for day in all_days if day.year == year and is_working_day(day) != chinese_calendar.is_workday(day)
    ]
    assert differing == []


def test_every_year_of_the_table_names_its_notice() -> None:
    (stamp,) = data.stamps("holidays.yaml", calendar.HOLIDAYS_VARIABLE)
    years = data.read(stamp)["years"]
    assert tuple(years) == KNOWN_YEARS
    for year, entry in years.items():
        assert f"〔{year - 1}〕" in entry["document"]
        assert str(year) in entry["notice"]
        assert entry["published_on"].year == year - 1


def test_a_shifted_saturday_is_worked_and_a_holiday_monday_is_not() -> None:
    assert is_working_day(date(2026, 2, 14))
    assert not is_working_day(date(2026, 2, 16))


def test_working_days_skip_spring_festival() -> None:
    assert add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert add_working_days(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert add_working_days(date(2026, 2, 13), 6) == date(2026, 2, 28)


def test_a_period_that_ends_in_a_holiday_rolls_to_the_next_working_day() -> None:
    assert add_calendar_days(date(2026, 9, 16), 15) == date(2026, 10, 8)
    assert add_calendar_days(date(2026, 9, 15), 15) == date(2026, 9, 30)
    assert add_calendar_days(date(2026, 9, 5), 15) == date(2026, 9, 20)  # a Sunday that is worked


@given(days, lengths)
def test_counting_forward_and_between_agree(start: date, n: int) -> None:
    end = add_working_days(start, n)
    assert is_working_day(end)
    if n:
        assert working_days_between(start, end) == n
        assert working_days_between(end, start) == -n


@given(days, lengths)
def test_rolling_never_shortens_a_period(start: date, n: int) -> None:
    end = add_calendar_days(start, n)
    assert is_working_day(end)
    assert end >= start + timedelta(days=n)
    between = (end - start).days - n
    assert not any(is_working_day(start + timedelta(days=n + extra)) for extra in range(between))


@given(days, days, days)
def test_stretches_of_working_days_add_up(first: date, second: date, third: date) -> None:
    whole = working_days_between(first, third)
    assert working_days_between(first, second) + working_days_between(second, third) == whole


@pytest.mark.parametrize("n", [-1, 36_601])
def test_a_period_has_a_sensible_length(n: int) -> None:
    for count in (add_working_days, add_calendar_days):
        with pytest.raises(ValueError, match="0 to 36600"):
            count(date(2026, 1, 5), n)


def test_a_year_without_a_notice_is_a_guess_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    assert is_certain(2026)
    assert not is_certain(2031)
    with caplog.at_level(logging.WARNING):
        assert is_working_day(date(2031, 10, 1))
        assert not is_working_day(date(2031, 10, 4))
    warnings = [record.message for record in caplog.records if "2031" in record.message]
    assert len(warnings) == 1
    assert calendar.HOLIDAYS_VARIABLE in warnings[0]


def test_an_own_table_adds_a_year_and_replaces_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = (
        "years:\n"
        "  2027: {holidays: [{name: 元旦, from: 2027-01-01, to: 2027-01-03}], working: [2027-01-09]}\n"
        "  2026: {holidays: [], working: []}\n"
    )
    write_table(tmp_path / "holidays.yaml", table, monkeypatch)
    assert is_certain(2027)
    assert not is_working_day(date(2027, 1, 1))
    assert is_working_day(date(2027, 1, 9))
    assert is_working_day(date(2026, 10, 1))
    assert not is_working_day(date(2025, 10, 1))


def test_an_edited_table_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "holidays.yaml"
    write_table(file, "years: {2027: {holidays: [], working: []}}", monkeypatch)
    assert is_working_day(date(2027, 5, 3))
    file.write_text("years: {2027: {holidays: [{from: 2027-05-01, to: 2027-05-05}], working: []}}")
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1_000_000))
    assert not is_working_day(date(2027, 5, 3))


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "years: [2027]",
        "years: {2027: {holidays: []}}",
        "years: {2027: {holidays: [{from: 2027-05-05, to: 2027-05-01}], working: []}}",
        "years: {2027: {holidays: [{from: 2027-01-01, to: 2027-03-01}], working: []}}",
        "years: {2027: {holidays: [{from: 2027-05-x, to: 2027-05-01}], working: []}}",
        "years: {2027: {holidays: [], working: [2027-01-04]}}",
        "years: {2027: {holidays: [{from: 2027-01-01, to: 2027-01-03}], working: [2027-01-02]}}",
    ],
)
def test_a_wrong_table_is_an_error_that_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    write_table(tmp_path / "own.yaml", text, monkeypatch)
    with pytest.raises(HolidayTableError, match=r"own\.yaml"):
        is_working_day(date(2026, 1, 5))
