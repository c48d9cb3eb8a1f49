"""Dated rules: the row in force, local rows, holes and doubles."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.dated import Dated, RuleGap, RuleOverlap, RuleTableError, check_series, files, in_force, rows_of


@dataclass(frozen=True, kw_only=True)
class Cap(Dated):
    cap_fen: int


def cap(start: str, end: str | None, cap_fen: int = 1, jurisdiction: str = "CN") -> Cap:
    return Cap(jurisdiction=jurisdiction, effective_from=date.fromisoformat(start),
               effective_to=date.fromisoformat(end) if end else None, document="d", certainty="D", cap_fen=cap_fen)


def test_the_narrowest_place_rules() -> None:
    rows = [cap("2020-01-01", None, 1), cap("2020-01-01", None, 2, "37"), cap("2024-01-01", None, 3, "370202")]
    assert [in_force(rows, date(2022, 5, 1), d).cap_fen for d in ("110000", "370202")] == [1, 2]  # type: ignore[union-attr]
    assert in_force(rows, date(2024, 1, 1), "370202").cap_fen == 3  # type: ignore[union-attr]
    assert in_force(rows, date(2019, 12, 31), "370202") is None


def test_a_hole_is_refused_and_named() -> None:
    with pytest.raises(RuleGap, match="Cap / CN: no rule from 2021-01-01 to 2021-02-28"):
        check_series([cap("2021-03-01", None), cap("2020-01-01", "2020-12-31")])
    with pytest.raises(RuleGap, match="no rule from 2021-01-01 on"):
        check_series([cap("2020-01-01", "2020-12-31")])


def test_a_local_series_may_end_where_the_national_takes_over() -> None:
    check_series([cap("2020-01-01", None), cap("2020-01-01", "2020-12-31", 2, "37")])


def test_two_rules_for_one_day_are_refused_and_named() -> None:
    with pytest.raises(RuleOverlap, match="Cap / CN: two rules from 2020-06-01 to 2020-12-31"):
        check_series([cap("2020-01-01", "2020-12-31"), cap("2020-06-01", None)])


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.integers(0, 2_000))
def test_in_a_sound_series_each_day_has_exactly_one_rule(lengths: list[int], after: int) -> None:
    rows, start = [], date(2020, 1, 1)
    for number, length in enumerate(lengths):
        end = start + timedelta(days=length - 1)
        rows.append(cap(start.isoformat(), None if number == len(lengths) - 1 else end.isoformat(), number))
        start = end + timedelta(days=1)
    check_series(rows)
    assert sum(row.applies(date(2020, 1, 1) + timedelta(days=after), "37") for row in rows) == 1


def read(entry: dict[str, Any]) -> list[Cap]:
    return [Cap(**entry)]


ROW = "{jurisdiction: CN, effective_from: 2020-01-01, document: d, certainty: D, cap_fen: %s}"


def write(folder: Path, *rows: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "caps.yaml").write_text("caps:\n" + "".join(f"  - {row}\n" for row in rows), encoding="utf-8")
    return folder


def test_a_local_file_replaces_rows_of_the_same_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = write(tmp_path / "home", ROW % 1)
    monkeypatch.setenv("SOME_RULES", str(write(tmp_path / "local", ROW % 2)))
    assert [row.cap_fen for row in rows_of(files(home, "caps.yaml", "SOME_RULES"), "caps", read)] == [2]


def test_a_local_folder_without_the_file_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = write(tmp_path / "home", ROW % 1)
    monkeypatch.setenv("SOME_RULES", str(tmp_path))
    assert [row.cap_fen for row in rows_of(files(home, "caps.yaml", "SOME_RULES"), "caps", read)] == [1]


@pytest.mark.parametrize(("row", "told"), [
    (ROW % "1, extra: 2", "extra"),
    (ROW.replace("certainty: D", "certainty: Z") % 1, "certainty 'Z'"),
    (ROW.replace("2020-01-01", "soon") % 1, "effective from 'soon'"),
    (ROW.replace("2020-01-01", "2020-01-01, effective_to: 2019-01-01") % 1, "before 2020-01-01"),
    ("just text", "just text"),
])
def test_a_faulty_row_is_refused_with_its_file(tmp_path: Path, row: str, told: str) -> None:
    home = write(tmp_path / "home", row)
    with pytest.raises(RuleTableError, match=told) as caught:
        rows_of(files(home, "caps.yaml", "NO_SUCH_VARIABLE"), "caps", read)
    assert "caps.yaml" in str(caught.value)


def test_the_same_row_twice_in_one_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleOverlap, match="two rules from 2020-01-01"):
        rows_of(files(write(tmp_path / "home", ROW % 1, ROW % 2), "caps.yaml", "NO_SUCH_VARIABLE"), "caps", read)


def test_a_file_without_its_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleTableError, match="needs a list `limits`"):
        rows_of(files(write(tmp_path / "home", ROW % 1), "caps.yaml", "NO_SUCH_VARIABLE"), "limits", read)


def test_a_local_file_may_leave_lists_out_and_has_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "rules.yaml").write_text("parameters: []\nplans: []\n", "utf-8")
    local = tmp_path / "rules.yaml"
    monkeypatch.setenv("RULES", str(tmp_path))
    local.write_text("plans: []\n", "utf-8")
    assert rows_of(files(tmp_path / "home", "rules.yaml", "RULES"), "parameters", lambda _: []) == []
    local.write_text("plan: []\n", "utf-8")
    os.utime(local, ns=(1, 1))
    with pytest.raises(RuleTableError, match="may hold parameters, plans, not plan"):
        rows_of(files(tmp_path / "home", "rules.yaml", "RULES"), "parameters", lambda _: [])
