from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel import calendar, deadline_rules
from shared.kernel.deadline_rules import DeadlineTableError, rules
from shared.kernel.deadlines import (
    AgreementImpossible,
    DeadlineNotInForce,
    DeadlineUnknown,
    DueBeforeStart,
    ExtensionImpossible,
    agreed,
    due,
    rule,
)
from shared.kernel.errors import Refusal

# C.12 of the domain model: code, limit, unit
REGISTRY = """
D-01 5 calendar_day | D-02 3 working_day | D-03 15 calendar_day | D-04 0 agreed | D-05 15 calendar_day
D-06 30 calendar_day | D-07 1 year | D-08 5 working_day | D-09 45 calendar_day | D-10 15 calendar_day
D-11 30 calendar_day | D-12-notify 5 calendar_day | D-12-issue 15 calendar_day | D-12-object 15 calendar_day
D-13 15 calendar_day | D-14 5 working_day | D-15 60 calendar_day | D-16 30 calendar_day | D-17 5 calendar_day
D-18 7 calendar_day | D-19 60 working_day | D-20 15 working_day | D-21 5 calendar_day | D-22 5 working_day
D-23 12 month | D-24 5 working_day | D-25 30 working_day | D-26 10 year | D-27 0 agreed | D-28 5 working_day
D-29 1 working_day | D-30 30 calendar_day | D-31 10 working_day | D-32 7 calendar_day | D-33 15 working_day
D-34 7 calendar_day | D-35 3 calendar_day
"""
COUNTED = [row for row in rules() if row.unit != "agreed" and not row.backwards]
starts = st.dates(date(2024, 1, 1), date(2026, 6, 30))

OWN_ROW = """
deadlines:
  - code: D-22
    zh: 建档公示
    en: public notice of a file
    limit: {limit}
    unit: {unit}
    starts: {{zh: 张贴公示, en: posting}}
    basis: 地方规定
    certainty: T
    jurisdiction: "{jurisdiction}"
    effective_from: {effective_from}
    document: 测试〔2025〕1号
"""


def write_rows(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    limit: object = 7,
    unit: str = "calendar_day",
    jurisdiction: str = "33",
    effective_from: str = "2025-07-01",
) -> None:
    file = tmp_path / "own.yaml"
    row = OWN_ROW.format(limit=limit, unit=unit, jurisdiction=jurisdiction, effective_from=effective_from)
    file.write_text(row, encoding="utf-8")
    monkeypatch.setenv(deadline_rules.DEADLINES_VARIABLE, str(file))


def test_the_registry_is_complete() -> None:
    wanted = sorted(tuple(row.split()) for line in REGISTRY.strip().splitlines() for row in line.split("|"))
    assert sorted((row.code, str(row.limit), row.unit) for row in rules()) == wanted


@pytest.mark.parametrize("row", rules(), ids=lambda row: row.code)
def test_every_row_explains_itself(row: deadline_rules.DeadlineRule) -> None:
    assert all((row.zh, row.en, row.starts_zh, row.starts_en, row.basis, row.document, row.jurisdiction))
    assert row.certainty in {"T", "X", "2", "K-H", "K-M", "K-L", "D"}


@pytest.mark.parametrize(
    ("code", "start_on", "due_on"),
    [
        ("D-03", date(2026, 3, 2), date(2026, 3, 17)),
        ("D-03", date(2026, 9, 16), date(2026, 10, 8)),  # the 15th day is National Day: rolls
        ("D-06", date(2026, 3, 2), date(2026, 4, 1)),
        ("D-02", date(2026, 2, 12), date(2026, 2, 24)),  # 13 and 14 (worked Saturday), then Spring Festival
        ("D-08", date(2026, 4, 30), date(2026, 5, 11)),  # 6, 7, 8, 9 (worked Saturday), 11
        ("D-09", date(2026, 3, 2), date(2026, 4, 16)),
        ("D-07", date(2025, 3, 3), date(2026, 3, 3)),
        ("D-07", date(2024, 2, 29), date(2025, 2, 28)),
        ("D-23", date(2025, 6, 30), date(2026, 6, 30)),
        ("D-26", date(2016, 3, 2), date(2026, 3, 2)),
        ("D-34", date(2026, 6, 12), date(2026, 6, 22)),  # the 7th day is Dragon Boat Festival
    ],
)
def test_counted_on_real_days(code: str, start_on: date, due_on: date) -> None:
    assert due(code, start_on).due_on == due_on


def test_a_deadline_says_what_it_rests_on() -> None:
    running = due("D-03", date(2026, 3, 2))
    assert (running.code, running.start_on, running.unit) == ("D-03", date(2026, 3, 2), "calendar_day")
    assert "第14条" in running.basis


@pytest.mark.parametrize("row", COUNTED, ids=lambda row: row.code)
@given(start_on=starts)
def test_a_deadline_ends_on_a_working_day_after_its_start(row: deadline_rules.DeadlineRule, start_on: date) -> None:
    running = due(row.code, start_on)
    assert running.due_on > start_on
    assert calendar.is_working_day(running.due_on)
    assert not running.is_missed(running.due_on)
    assert running.is_missed(running.due_on + timedelta(days=1))
    reminders = running.remind_on()
    assert reminders == sorted(set(reminders))
    assert all(start_on <= day < running.due_on for day in reminders)
    assert running.due_on - timedelta(days=1) in reminders


@given(starts)
def test_working_day_deadlines_count_working_days(start_on: date) -> None:
    running = due("D-31", start_on)
    assert calendar.working_days_between(start_on, running.due_on) == 10


def test_reminders_at_half_at_four_fifths_and_the_day_before() -> None:
    assert due("D-06", date(2026, 3, 2)).remind_on() == [date(2026, 3, 17), date(2026, 3, 26), date(2026, 3, 31)]
    assert due("D-29", date(2026, 3, 2)).remind_on() == [date(2026, 3, 2)]


@pytest.mark.parametrize(("code", "days"), [("D-09", 60), ("D-15", 90)])
def test_an_extension_counts_from_the_start(code: str, days: int) -> None:
    extended = due(code, date(2026, 3, 2), extended=True)
    assert extended.due_on == calendar.add_calendar_days(date(2026, 3, 2), days)


def test_an_inspection_extends_in_working_days() -> None:
    assert due("D-19", date(2026, 3, 2), extended=True).due_on == calendar.add_working_days(date(2026, 3, 2), 90)


@pytest.mark.parametrize("code", ["D-05", "D-06", "D-03", "D-07"])
def test_no_fixed_extension_where_the_rule_has_none(code: str) -> None:
    with pytest.raises(ExtensionImpossible) as refused:
        due(code, date(2026, 3, 2), extended=True)
    assert refused.value.text("zh").count(code) == 1


def test_waiting_for_supplements_does_not_count() -> None:
    assert due("D-34", date(2026, 3, 2), excluded_days=4).due_on == date(2026, 3, 13)
    assert due("D-07", date(2025, 3, 3), excluded_days=10).due_on == date(2026, 3, 13)
    with pytest.raises(ExtensionImpossible):
        due("D-06", date(2026, 3, 2), excluded_days=4)


def test_the_urgent_window_opens_when_fewer_than_seven_days_remain() -> None:
    limitation_on = date(2026, 3, 20)
    window = due("D-18", limitation_on)
    assert not window.is_missed(limitation_on - timedelta(days=7))
    assert window.is_missed(limitation_on - timedelta(days=6))


@pytest.mark.parametrize("code", ["D-03", "D-04", "D-27"])
def test_an_agreed_day_stands_as_agreed(code: str) -> None:
    sunday = date(2026, 3, 8)
    assert agreed(code, date(2026, 3, 2), sunday).due_on == sunday
    with pytest.raises(DueBeforeStart):
        agreed(code, date(2026, 3, 2), date(2026, 3, 1))


def test_agreement_and_rule_are_not_confused() -> None:
    with pytest.raises(AgreementImpossible):
        agreed("D-06", date(2026, 3, 2), date(2026, 6, 1))
    for code in ("D-04", "D-27"):
        with pytest.raises(AgreementImpossible):
            due(code, date(2026, 3, 2))


@pytest.mark.parametrize(("code", "similar"), [("D-12", "D-12-notify"), ("D-99", "-"), ("", "D-01")])
def test_an_unknown_code_names_the_similar_ones(code: str, similar: str) -> None:
    with pytest.raises(DeadlineUnknown) as refused:
        due(code, date(2026, 3, 2))
    assert similar in str(refused.value)


def test_a_rule_does_not_reach_back() -> None:
    with pytest.raises(DeadlineNotInForce) as refused:
        due("D-34", date(2021, 12, 31))
    assert "2022-01-01" in refused.value.text("zh")
    assert isinstance(refused.value, Refusal)
    assert due("D-34", date(2022, 1, 1)).due_on > date(2022, 1, 1)


def test_a_local_row_goes_before_the_national_one_from_its_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_rows(tmp_path, monkeypatch)
    assert rule("D-22", date(2026, 3, 2), "330782").limit == 7
    assert rule("D-22", date(2026, 3, 2), "370202").limit == 5
    assert rule("D-22", date(2026, 3, 2)).limit == 5
    assert rule("D-22", date(2025, 6, 30), "330782").limit == 5
    assert due("D-22", date(2026, 3, 2), division="330782").due_on == date(2026, 3, 9)


def test_a_later_national_row_replaces_an_earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_rows(tmp_path, monkeypatch, limit=8, jurisdiction="CN")
    assert rule("D-22", date(2026, 3, 2)).limit == 8
    assert rule("D-22", date(2025, 6, 30)).limit == 5


def test_a_rule_of_another_place_serves_as_a_default_and_says_so() -> None:
    assert rule("D-20", date(2026, 3, 2), "370202").jurisdiction == "33"


@pytest.mark.parametrize(
    "wrong",
    [{"limit": 0}, {"limit": "x"}, {"unit": "fortnight"}, {"effective_from": "soon"}, {"limit": 10_000}],
)
def test_a_wrong_row_is_an_error_that_names_file_and_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, object]
) -> None:
    write_rows(tmp_path, monkeypatch, **wrong)  # type: ignore[arg-type]
    with pytest.raises(DeadlineTableError, match=r"own\.yaml, D-22"):
        rules()


@pytest.mark.parametrize("text", ["[]", "deadlines: {}", "deadlines: [1]", "deadlines: [{code: D-22}]"])
def test_a_wrong_table_is_an_error_that_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv(deadline_rules.DEADLINES_VARIABLE, str(file))
    with pytest.raises(DeadlineTableError, match=r"own\.yaml"):
        rules()


def test_a_deadline_over_an_unknown_year_says_that_it_may_move() -> None:
    assert due("D-03", date(2026, 3, 2)).is_certain
    assert not due("D-15", date(2026, 12, 1)).is_certain
