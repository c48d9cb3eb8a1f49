"""Who approves which level, in which order, and that it takes as many people as steps."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.households import CHAIR, DIRECTOR, OFFICER, SECOND_REVIEWER, File, body_of


def noticed(relief: Desk, worker_id: str, level: str, on_day: Callable[[int], None]) -> File:
    file = File(relief, relief.must("open_hardship_file", OFFICER, body={**body_of(worker_id), "level": level}))
    file.verify()
    file.grade()
    on_day(30)
    return file


def test_a_file_of_the_county_takes_two(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = noticed(relief, worker_id, "COUNTY", on_day)
    assert file.refused("approve_hardship_file", DIRECTOR) == "approver-role"
    assert file.must("approve_hardship_file", SECOND_REVIEWER)["state"] == "NOTICED"
    both = caller(Role.CENTRE_DIRECTOR, account_id=SECOND_REVIEWER.account_id)
    assert file.refused("approve_hardship_file", both) == "separation-of-duty"
    assert file.must("approve_hardship_file", DIRECTOR)["state"] == "ACTIVE"
    assert [(step["role"], step["by"]) for step in file.now["approvals"]] == [
        ("R7", SECOND_REVIEWER.account_id), ("R8", DIRECTOR.account_id)]
    assert [told["data"]["step"] for told in relief.told("file_approval_step")] == [1]


@pytest.mark.parametrize("level", ["CITY", "PROVINCE", "NATIONAL"])
def test_a_higher_level_takes_the_chair_and_the_number_from_above(relief: Desk, worker_id: str, level: str,
                                                                  on_day: Callable[[int], None]) -> None:
    file = noticed(relief, worker_id, level, on_day)
    file.must("approve_hardship_file", SECOND_REVIEWER)
    assert file.must("approve_hardship_file", DIRECTOR)["state"] == "NOTICED"
    assert file.refused("approve_hardship_file", CHAIR) == "outside-number-missing"
    file.must("approve_hardship_file", CHAIR, outside_no="市总〔2026〕8号")
    assert (file.now["state"], file.now["approvals"][-1]["outside_no"]) == ("ACTIVE", "市总〔2026〕8号")


def test_a_new_notice_begins_the_approvals_anew(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = noticed(relief, worker_id, "COUNTY", on_day)
    file.must("approve_hardship_file", SECOND_REVIEWER)
    file.must("object_to_file", caller(Role.WINDOW_CLERK), reason="另有住房")
    file.recheck()
    file.grade()
    assert file.now["approvals"] == []


def test_refused_and_open_to_apply_again(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = noticed(relief, worker_id, "COUNTY", on_day)
    file.must("approve_hardship_file", SECOND_REVIEWER)
    file.must("refuse_hardship_file", SECOND_REVIEWER, reason="另有住房")
    assert (file.now["state"], file.now["reason"]) == ("REFUSED", "另有住房")
    again = relief.must("open_hardship_file", OFFICER, body=body_of(worker_id))
    assert again["state"] == "DRAFT"
