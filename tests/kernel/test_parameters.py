"""Rule parameters: the row in force on a day in a place, and a local file that changes one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shared.kernel.dated import RuleGap, RuleTableError
from shared.kernel.parameters import RULES_VARIABLE, Parameters

ROW = """
  - {{code: pause, value: {value}, unit: calendar_day, zh: 间隔, en: pause, jurisdiction: "{place}",
     effective_from: {day}, {end} document: 样本, certainty: D}}
"""


def table(file: Path, *rows: str) -> Parameters:
    file.write_text("parameters:" + "".join(rows), encoding="utf-8")
    return Parameters(file)


def row(value: object, place: str = "CN", day: str = "2020-01-01", end: str = "") -> str:
    return ROW.format(value=value, place=place, day=day, end=f"effective_to: {end}," if end else "")


def test_the_row_of_the_day_and_the_place_rules(tmp_path: Path) -> None:
    rules = table(tmp_path / "rules.yaml", row(30, end="2024-12-31"), row(20, day="2025-01-01"), row(10, "3702"))
    assert rules.value("pause", date(2024, 12, 31)) == 30
    assert rules.value("pause", date(2025, 1, 1), "320500") == 20
    assert rules.value("pause", date(2025, 1, 1), "370202") == 10
    with pytest.raises(RuleGap):
        rules.value("pause", date(2019, 12, 31))
    with pytest.raises(RuleGap):
        rules.value("other", date(2025, 1, 1))


def test_a_local_file_takes_the_place_of_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = table(tmp_path / "rules.yaml", row(30))
    local = tmp_path / "local"
    local.mkdir()
    table(local / "rules.yaml", row(15))
    monkeypatch.setenv(RULES_VARIABLE, str(local))
    assert rules.value("pause", date(2026, 1, 1)) == 15


@pytest.mark.parametrize("value", ["-1", "1.5", "many", "true"])
def test_a_value_that_is_no_whole_number_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(RuleTableError):
        table(tmp_path / "rules.yaml", row(value)).value("pause", date(2026, 1, 1))
