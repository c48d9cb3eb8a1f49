"""The national queries: by ID number, by name, not modified for a year, never aided; stores and counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.households import COUNTY, DIRECTOR, OFFICER, RICH, active, draft

CLERK = caller(Role.WINDOW_CLERK)


def listed(relief: Desk, **query: Any) -> set[str]:
    return {row["id"] for row in relief.must("list_hardship_files", COUNTY, query=query)["items"]}


def registered(membership: Desk, name: str, serial: int) -> str:
    body = {"name": name, "id_number": people.resident_id(serial), "registration": "LOCAL_URBAN",
            "employment": "UNEMPLOYED"}
    return str(membership.must("register_worker", people.CLERK, body=body)["id"])


def test_by_id_number_in_one_step_and_audited(relief: Desk, desk: Callable[[str], Desk]) -> None:
    serial = 250_001
    file = draft(relief, registered(desk("membership"), "李困难", serial))
    number = people.resident_id(serial)
    found = relief.must("search_hardship_files", CLERK, body={"id_number": number, "purpose": "来访咨询"})
    assert ([one["id"] for one in found["files"]], found["total"]) == ([file.now["id"]], 1)
    assert number not in json.dumps(found)
    with relief.database.read() as connection:
        trail = connection.execute(text("SELECT * FROM audit WHERE action = 'search_hardship_files'")).all()
    assert len(trail) == 1
    assert "来访咨询" in str(trail)
    assert number not in str(trail)


def test_by_name_within_the_own_part_of_the_tree(relief: Desk, desk: Callable[[str], Desk]) -> None:
    ids = {draft(relief, registered(desk("membership"), "王同名", 250_010 + n)).now["id"] for n in range(2)}
    asked = {"name": "王同名", "purpose": "来访咨询"}
    assert {one["id"] for one in relief.must("search_hardship_files", CLERK, body=asked)["files"]} == ids
    elsewhere = caller(Role.WINDOW_CLERK, org_path="/37/3702/370203/")
    assert relief.must("search_hardship_files", elsewhere, body=asked)["total"] == 0
    assert relief.must("search_hardship_files", CLERK, body={**asked, "name": "查无此人"})["total"] == 0


@pytest.mark.parametrize("body", [
    {}, {"purpose": "-"}, {"name": "王", "id_number": people.resident_id(1), "purpose": "-"},
    {"id_number": "370202198501010011", "purpose": "-"}, {"name": "王", "purpose": ""},
])
def test_a_search_by_nothing_or_by_two_is_refused(relief: Desk, body: dict[str, str]) -> None:
    assert relief.do("search_hardship_files", CLERK, body=body)[0] == 422


def test_not_modified_for_a_year(relief: Desk, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    old = draft(relief, hire()).now["id"]
    on_day(300)
    new = draft(relief, hire()).now["id"]
    assert listed(relief, is_unchanged="true") == set()
    on_day(370)
    assert (listed(relief, is_unchanged="true"), listed(relief, is_unchanged="false")) == ({old}, {new})


def test_surveys_that_are_late(relief: Desk, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    late, not_submitted = draft(relief, hire()), draft(relief, hire())
    late.submit()
    assert listed(relief, is_survey_overdue="true") == set()
    on_day(20)
    assert listed(relief, is_survey_overdue="true") == {late.now["id"]}
    assert listed(relief, is_survey_overdue="false") == {not_submitted.now["id"]}


def test_stores_are_apart_and_counted(relief: Desk, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    out = active(relief, on_day, hire())
    out.must("start_file_review", COUNTY, reason="就业")
    out.must("propose_file_exit", COUNTY, kind="EMPLOYMENT", reason="稳定就业", **RICH)
    on_day(60)
    out.must("confirm_file_exit", DIRECTOR)
    cancelled, still_open = draft(relief, hire()), draft(relief, hire())
    cancelled.must("cancel_hardship_file", DIRECTOR, reason="FRAUD")
    for store, file in (("OUT_OF_HARDSHIP", out), ("CANCELLED", cancelled), ("OPEN", still_open)):
        assert listed(relief, store=store) == {file.now["id"]}
    counted = relief.must("count_hardship_files", COUNTY)
    assert counted == {"total": 3, "states": {"OUT_OF_HARDSHIP": 1, "CANCELLED": 1, "DRAFT": 1}}
    assert relief.must("count_hardship_files", COUNTY, query={"is_migrant": "true"})["total"] == 0
    assert relief.must("count_hardship_files", caller(Role.CHAIR, org_path="/37/3702/370203/"))["total"] == 0


def test_pages_in_an_order(relief: Desk, hire: Callable[[], str]) -> None:
    ids = [draft(relief, hire()).now["id"] for _ in range(3)]
    first = relief.must("list_hardship_files", OFFICER, query={"limit": 2, "sort": "file_no"})
    rest = relief.must("list_hardship_files", OFFICER, query={"limit": 2, "sort": "file_no",
                                                              "cursor": first["next_cursor"]})
    assert [row["id"] for row in first["items"] + rest["items"]] == ids
