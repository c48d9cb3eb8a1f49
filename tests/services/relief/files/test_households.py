"""Households that change: temporary files, a split, duplicates that merge, a file that moves to another union."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief.households import COUNTY, DIRECTOR, OFFICER, File, active, body_of, draft

ELSEWHERE = "/37/3702/370203/"
HERE, THERE = caller(Role.GRASSROOTS_OFFICER), caller(Role.GRASSROOTS_OFFICER, org_path=ELSEWHERE)


def until(days: int) -> dict[str, str]:
    return {"until": str(today() + timedelta(days=days)), "reason": "突发火灾"}


# -- temporary files --------------------------------------------------------------------------------------------


def test_a_temporary_file_ends_by_itself(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = draft(relief, worker_id)
    same = caller(Role.COUNTY_REVIEWER, account_id=OFFICER.account_id)
    assert file.refused("open_temporary_file", same, **until(30)) == "separation-of-duty"
    assert file.must("open_temporary_file", COUNTY, **until(30))["state"] == "TEMPORARY"
    on_day(30)
    relief.tick()
    assert file.read()["state"] == "TEMPORARY"
    on_day(31)
    relief.tick()
    assert (file.read()["state"], file.now["reason"]) == ("CANCELLED", "EXPIRED")
    assert len(relief.told("temporary_file_lapsed")) == 1
    assert draft(relief, worker_id).now["state"] == "DRAFT"


def test_a_temporary_file_becomes_a_lasting_one(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = draft(relief, worker_id)
    file.must("open_temporary_file", COUNTY, **until(10))
    assert file.must("make_file_permanent", OFFICER)["is_temporary"] is False
    on_day(60)
    relief.tick()
    assert file.read()["state"] == "DRAFT"
    file.submit()


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_a_temporary_file_is_short(relief: Desk, worker_id: str, days: int) -> None:
    file = draft(relief, worker_id)
    assert file.refused("open_temporary_file", COUNTY, **until(days)) == "temporary-file-too-long"
    assert file.read()["state"] == "DRAFT"


# -- split ------------------------------------------------------------------------------------------------------


def leaving(file: File, *worker_ids: str, **more: Any) -> dict[str, Any]:
    ids = {one["worker_id"]: one["id"] for one in file.now["members"]}
    return {"members": [{"member_id": ids[one], "relation": "HEAD"} for one in worker_ids],
            "head_worker_id": worker_ids[0], "main_cause": "LAID_OFF", "reason": "子女成家", **more}


def test_a_household_splits(relief: Desk, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    parent, child = hire(), hire()
    file = active(relief, on_day, parent, child)
    told = file.must("split_household", COUNTY, **leaving(file, child))
    assert [one["worker_id"] for one in file.read()["members"]] == [parent]
    assert file.now["state"] == "REVIEWING"
    new = File(relief, relief.must("get_hardship_file", COUNTY, path={"file_id": told["new_file_id"]}))
    assert [one["worker_id"] for one in new.now["members"]] == [child]
    assert (new.now["state"], new.now["link"], new.now["previous_file_id"]) == ("DRAFT", "SPLIT", file.now["id"])
    assert relief.told("household_split")[0]["data"]["worker_ids"] == [child]
    # both are in a file, so neither gets a second one
    for one in (parent, child):
        assert relief.refused("open_hardship_file", OFFICER, body=body_of(one))["code"] == "household-has-file"
    assert relief.must("get_means_test", COUNTY, path={"file_id": file.now["id"]})["persons"] == 1


def test_a_split_that_makes_no_sense_changes_nothing(relief: Desk, hire: Callable[[], str],
                                                     on_day: Callable[[int], None]) -> None:
    parent, child = hire(), hire()
    file = active(relief, on_day, parent, child)
    assert file.refused("split_household", COUNTY, **leaving(file, parent)) == "head-stays"
    assert file.refused("split_household", COUNTY, **leaving(file, child, head_worker_id=hire())) == "head-not-member"
    nobody = {**leaving(file, child), "members": [{"member_id": new_id(), "relation": "HEAD"}]}
    assert file.refused("split_household", COUNTY, **nobody) == "member-unknown"
    assert (file.read()["state"], len(file.now["members"])) == ("ACTIVE", 2)
    alone = draft(relief, hire())
    assert alone.refused("split_household", COUNTY, **leaving(alone, alone.now["head_worker_id"])) == "household-of-one"


# -- duplicates -------------------------------------------------------------------------------------------------


def test_two_files_of_one_household_become_one(relief: Desk, hire: Callable[[], str],
                                               on_day: Callable[[int], None]) -> None:
    he, she = hire(), hire()
    other = draft(relief, she)
    file = active(relief, on_day, he)
    body = {"other_file_id": other.now["id"], "head_relation": "SPOUSE", "reason": "夫妻重复建档(DUP-1)"}
    file.must("merge_hardship_files", COUNTY, **body)
    assert [(one["worker_id"], one["relation"]) for one in file.now["members"]] == [(he, "HEAD"), (she, "SPOUSE")]
    assert file.now["state"] == "REVIEWING"
    assert (other.read()["state"], other.now["merged_into_id"]) == ("CANCELLED", file.now["id"])
    assert relief.refused("open_hardship_file", OFFICER, body=body_of(she))["code"] == "household-has-file"
    assert relief.told("hardship_files_merged")[0]["data"]["other_file_id"] == other.now["id"]


def test_a_file_does_not_merge_with_itself_or_with_a_closed_one(relief: Desk, hire: Callable[[], str]) -> None:
    file, closed = draft(relief, hire()), draft(relief, hire())
    closed.must("cancel_hardship_file", DIRECTOR, reason="LEFT_AREA")
    for other, code in ((file, "merge-with-itself"), (closed, "wrong-state")):
        body = {"other_file_id": other.now["id"], "head_relation": "SPOUSE", "reason": "-"}
        assert file.refused("merge_hardship_files", COUNTY, **body) == code
    assert len(file.read()["members"]) == 1


# -- transfer ---------------------------------------------------------------------------------------------------


def proposed(relief: Desk, file: File, to: str = ELSEWHERE) -> Any:
    return relief.must("propose_file_transfer", HERE, path={"file_id": file.now["id"]}, version=file.now["version"],
                       body={"to_org_path": to, "reason": "原单位注销"})


def test_a_file_moves_when_both_sides_say_so(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    transfer = proposed(relief, file)
    path = {"transfer_id": transfer["id"]}
    assert relief.refused("accept_file_transfer", HERE, path=path, version=1)["status"] == 404
    reading = {"path": {"file_id": file.now["id"]}}
    assert relief.refused("get_hardship_file", THERE, **reading)["status"] == 404
    assert relief.must("accept_file_transfer", THERE, path=path, version=1)["state"] == "ACCEPTED"
    assert relief.must("get_hardship_file", THERE, **reading)["org_path"] == ELSEWHERE
    assert relief.refused("get_hardship_file", HERE, **reading)["status"] == 404
    assert relief.told("hardship_file_transferred")[0]["data"]["to_org_path"] == ELSEWHERE


def test_one_person_does_not_speak_for_both_sides(relief: Desk, worker_id: str) -> None:
    transfer = proposed(relief, draft(relief, worker_id))
    both = caller(Role.GRASSROOTS_OFFICER, account_id=HERE.account_id, org_path="/37/3702/")
    told = relief.refused("accept_file_transfer", both, path={"transfer_id": transfer["id"]}, version=1)
    assert told["code"] == "separation-of-duty"


def test_a_later_proposal_replaces_the_one_that_waits(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    first, second = proposed(relief, file), proposed(relief, file, "/37/3702/370204/")
    above = caller(Role.CENTRE_DIRECTOR, org_path="/37/3702/")
    states = {one["id"]: one["state"] for one in relief.must("list_file_transfers", above)["items"]}
    assert states == {first["id"]: "WITHDRAWN", second["id"]: "PROPOSED"}
    declined = relief.must("decline_file_transfer", above, path={"transfer_id": second["id"]}, version=1,
                           body={"reason": "不在本区居住"})
    assert declined["answer"] == "不在本区居住"
    told = relief.refused("propose_file_transfer", HERE, path={"file_id": file.now["id"]}, version=file.now["version"],
                          body={"to_org_path": PLACE, "reason": "-"})
    assert told["code"] == "file-transfer-to-itself"
