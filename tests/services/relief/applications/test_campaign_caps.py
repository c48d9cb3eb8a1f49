"""The caps of the year of a campaign's households are asked in sets, by the file as it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from services.relief.adapters.files import hardship_files
from tests.services.desks import Desk
from tests.services.relief.applications.crowds import crowd, draft
from tests.services.relief.applications.matters import DIBAO_FEN, apply, household
from tests.services.relief.samples import assert_sound, fund
from tests.services.relief.statements import counted

Desks = Callable[[str], Desk]
LIVING = {"relief_type": "LIVING", "amounts_fen": {"DEEP": DIBAO_FEN}}


@pytest.fixture
def by_level_only(desk: Desks, local: Any) -> None:
    """Central money asks for the level of the file only; the households of a crowd are unknown to membership, which is
    asked about them all the same and opened here."""
    desk("membership")
    local("source_conditions.yaml", "sources", source="CENTRAL", file_levels=["COUNTY"])


def approved(relief: Desk, count: int, occasion: str) -> tuple[int, int]:
    """Statements that the approval of a campaign of `count` households takes, and how many it reserves."""
    ids, money = crowd(relief, count, first=count * 1_000), fund(relief, "CENTRAL", fen=10**9)
    case = draft(relief, **LIVING, occasion=occasion, filters={"file_ids": ids})
    with counted() as seen:
        case.approve(money["id"])
    assert case.now["state"] == "RESERVED"
    assert_sound(relief, money["id"])
    return len(seen), case.now["reserved_count"]


@pytest.mark.usefixtures("by_level_only")
def test_hundreds_of_households_take_as_many_statements_as_a_few(relief: Desk) -> None:
    few, many = approved(relief, 3, "NEW_YEAR"), approved(relief, 300, "MID_AUTUMN")
    assert (few[1], many[1]) == (3, 300)
    assert many[0] == few[0]


@pytest.mark.usefixtures("by_level_only")
def test_what_a_household_had_is_its_own(desk: Desks, relief: Desk) -> None:
    """In one set: a household near its cap is skipped, the others are not."""
    (near, _), _far = household(desk), household(desk)
    money = fund(relief, "CENTRAL", fen=10**8)
    earlier = apply(relief, near)
    earlier.propose(12 * DIBAO_FEN - 1)
    earlier.approve(fund(relief)["id"])
    done = draft(relief, **LIVING).approve(money["id"])
    assert (done["reserved_count"], done["skipped_count"]) == (1, 1)


def test_a_single_item_a_year(desk: Desks, relief: Desk, local: Any) -> None:
    """Where a grade has one kind of relief a year, whoever had another kind is skipped."""
    local("programme_sets.yaml", "adoptions", rule_sets=["SET_A", "NATIONAL"])
    (one, _), _other = household(desk, grade="RELATIVE"), household(desk, grade="RELATIVE")
    money = fund(relief)["id"]
    earlier = apply(relief, one, "TEMPORARY")
    earlier.propose(1_000)
    earlier.approve(money)
    done = draft(relief, relief_type="LIVING", amounts_fen={"RELATIVE": 1_000}).approve(money)
    assert (done["reserved_count"], done["skipped_count"]) == (1, 1)


def test_a_grade_that_changed_since_the_list_decides(desk: Desks, relief: Desk) -> None:
    _, file = household(desk)
    case = draft(relief, relief_type="LIVING", amounts_fen={"DEEP": 9 * DIBAO_FEN})
    with relief.database.write() as connection:
        connection.execute(update(hardship_files).where(hardship_files.c.id == file["id"]).values(grade="RELATIVE"))
    assert case.approve(fund(relief)["id"])["skipped_count"] == 1
