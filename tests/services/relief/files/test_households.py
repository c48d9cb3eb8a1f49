"""Households that change: temporary files, a split, duplicates that merge, a file that moves to another union."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.runtime.demo.household import member
from tests.services import people
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief.applications import matters
from tests.services.relief.households import COUNTY, DIRECTOR, OFFICER, File, active, body_of, draft
from tests.services.relief.samples import fund

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


def test_a_temporary_file_is_not_renewed_by_way_of_a_lasting_one(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    file.must("open_temporary_file", COUNTY, **until(90))
    file.must("make_file_permanent", OFFICER)
    assert file.refused("open_temporary_file", COUNTY, **until(90)) == "temporary-file-once"
    file.must("change_household", OFFICER, main_cause="NATURAL_DISASTER", reason="火灾")
    assert file.refused("open_temporary_file", COUNTY, **until(90)) == "temporary-file-once"
    file.submit()


def test_one_need_of_a_household_opens_one_temporary_file_in_a_year(relief: Desk, hire: Callable[[], str],
                                                                    on_day: Callable[[int], None]) -> None:
    he, she = hire(), hire()
    first = draft(relief, he, she)
    first.must("open_temporary_file", COUNTY, **until(30))
    on_day(31)
    relief.tick()
    again = draft(relief, she)
    told = again.do("open_temporary_file", COUNTY, **until(30))[1]
    assert (told["code"], told["params"]["file_no"]) == ("temporary-file-again", first.now["file_no"])
    again.must("cancel_hardship_file", DIRECTOR, reason="LEFT_AREA")
    other = File(relief, relief.must("open_hardship_file", OFFICER, body={**body_of(she), "main_cause": "LAID_OFF"}))
    assert other.must("open_temporary_file", COUNTY, **until(30))["state"] == "TEMPORARY"
    on_day(430)
    relief.tick()
    assert draft(relief, he).must("open_temporary_file", COUNTY, **until(30))["state"] == "TEMPORARY"


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


@pytest.mark.parametrize("is_migrant", [True, False])
def test_a_split_file_is_of_what_its_own_head_is(relief: Desk, desk: Callable[[str], Desk], hire: Callable[[], str],
                                                 on_day: Callable[[int], None], is_migrant: bool) -> None:
    waged = people.worker(desk("membership"), people.employer(desk("membership")))
    parent, child = (hire(), waged) if is_migrant else (waged, hire())
    file = active(relief, on_day, parent, child)
    assert file.now["is_migrant"] is not is_migrant
    told = file.must("split_household", COUNTY, **leaving(file, child))
    new = File(relief, relief.must("get_hardship_file", COUNTY, path={"file_id": told["new_file_id"]}))
    assert (new.now["is_migrant"], file.read()["is_migrant"]) == (is_migrant, not is_migrant)
    new.must("cancel_hardship_file", DIRECTOR, reason="LEFT_AREA")
    query = {"store": "CANCELLED", "is_migrant": str(is_migrant).lower()}
    (found,) = relief.must("list_hardship_files", COUNTY, query=query)["items"]
    assert found["id"] == new.now["id"]


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


# -- who lives together changes ---------------------------------------------------------------------------------


def change(file: File, **body: Any) -> dict[str, Any]:
    return file.must("change_household", OFFICER, reason="家庭情况变化", **body)


def refused(file: File, **body: Any) -> str:
    return file.refused("change_household", OFFICER, reason="家庭情况变化", **body)


def ids_of(file: File) -> dict[str | None, str]:
    return {one["worker_id"]: one["id"] for one in file.now["members"]}


def test_a_child_is_born_and_n_grows(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    was = (file.now["state"], file.now["level"], file.now["grade"])
    change(file, joins=[member(None, "CHILD", is_adult=False)], other_causes=["CHILD_SCHOOLING"])
    assert [one["relation"] for one in file.read()["members"]] == ["HEAD", "CHILD"]
    assert (file.now["state"], file.now["level"], file.now["grade"]) == was
    assert (file.now["main_cause"], file.now["other_causes"]) == ("SERIOUS_ILLNESS", ["CHILD_SCHOOLING"])
    assert file.now["paper_due_on"] is not None
    assert [one["data"]["file_id"] for one in relief.told("hardship_facts_changed")] == [file.now["id"]]
    proposed = relief.must("get_means_test", COUNTY, path={"file_id": file.now["id"]})
    assert (proposed["persons"], "共同生活 N = 2 人" in proposed["steps_zh"][0]) == (2, True)
    (entry,) = [one for one in relief.must("list_audit_entries", caller(Role.AUDITOR))["items"]
                if one["action"] == "change_household"]
    assert "CHILD" in str(entry)


def test_a_test_of_the_old_household_decides_nothing_after_a_death(relief: Desk, hire: Callable[[], str],
                                                                   on_day: Callable[[int], None]) -> None:
    he, she = hire(), hire()
    file = active(relief, on_day, he, she)
    path = {"file_id": file.now["id"]}
    relief.must("record_means_test", OFFICER, path=path, body={"persons": [{"age": 50}, {"age": 48}]})
    assert relief.must("get_means_test", COUNTY, path=path)["basis"] == "ITEMS"
    change(file, leaves=[ids_of(file)[she]])
    assert relief.must("get_means_test", COUNTY, path=path)["basis"] == "SUMS"
    # whoever left may stand in another file
    assert draft(relief, she).now["state"] == "DRAFT"


def test_another_worker_becomes_the_head(relief: Desk, desk: Callable[[str], Desk], hire: Callable[[], str],
                                         on_day: Callable[[int], None]) -> None:
    he = people.worker(desk("membership"), people.employer(desk("membership")))
    she, child = hire(), hire()
    file = active(relief, on_day, he, child)
    assert file.now["is_migrant"] is True
    dead, stays = ids_of(file)[he], ids_of(file)[child]
    assert refused(file, leaves=[dead]) == "head-stays"
    joins = [member(she, "OTHER")]
    assert refused(file, leaves=[dead], joins=joins, head_worker_id=she) == "household-relations-missing"
    change(file, leaves=[dead], joins=joins, head_worker_id=she,
           relations=[{"member_id": stays, "relation": "CHILD"}])
    assert [(one["worker_id"], one["relation"]) for one in file.read()["members"]] == [(child, "CHILD"), (she, "HEAD")]
    assert (file.now["head_worker_id"], file.now["is_migrant"]) == (she, False)


def test_who_stands_in_another_file_cannot_join(relief: Desk, hire: Callable[[], str],
                                                on_day: Callable[[int], None]) -> None:
    file, other = active(relief, on_day, hire()), hire()
    draft(relief, other)
    assert refused(file, joins=[member(other, "SPOUSE")]) == "household-has-file"
    assert refused(file, joins=[member(new_id(), "SPOUSE")]) == "worker-unknown"
    twice = hire()
    assert refused(file, joins=[member(twice, "SPOUSE"), member(twice, "CHILD")]) == "member-twice"
    assert len(file.read()["members"]) == 1


def test_a_change_that_makes_no_sense_changes_nothing(relief: Desk, hire: Callable[[], str],
                                                      on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, hire())
    crowd = [member(None, "OTHER") for _ in range(29)]
    assert refused(file) == "household-unchanged"
    assert refused(file, main_cause="SERIOUS_ILLNESS") == "household-unchanged"
    assert refused(file, leaves=[new_id()]) == "member-unknown"
    assert refused(file, head_worker_id=hire()) == "head-not-member"
    change(file, joins=crowd)
    assert refused(file, joins=crowd[:1]) == "household-too-large"
    assert len(file.read()["members"]) == 30


def test_a_file_that_is_being_decided_keeps_its_household(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    change(file, joins=[member(None, "CHILD", is_adult=False)])
    file.submit()
    assert refused(file, joins=[member(None, "CHILD", is_adult=False)]) == "wrong-state"


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
    assert relief.refused("accept_file_transfer", HERE, path=path, version=1)["code"] == "file-transfer-other-side"
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


def test_the_giving_side_sees_its_proposal_withdraws_it_or_reads_the_answer(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    path = {"transfer_id": proposed(relief, file)["id"]}
    stranger = caller(Role.GRASSROOTS_OFFICER, org_path="/37/3702/370204/")
    for who, count in ((HERE, 1), (THERE, 1), (stranger, 0)):
        assert len(relief.must("list_file_transfers", who)["items"]) == count
    for operation in ("get_file_transfer", "withdraw_file_transfer"):
        assert relief.refused(operation, stranger, path=path, version=1)["status"] == 404
    assert relief.refused("withdraw_file_transfer", THERE, path=path, version=1)["code"] == "file-transfer-other-side"
    declining = {"path": path, "version": 1, "body": {"reason": "-"}}
    assert relief.refused("decline_file_transfer", HERE, **declining)["code"] == "file-transfer-other-side"
    assert relief.must("withdraw_file_transfer", HERE, path=path, version=1)["state"] == "WITHDRAWN"
    assert relief.refused("accept_file_transfer", THERE, path=path, version=2)["code"] == "wrong-state"
    again = {"transfer_id": proposed(relief, file)["id"]}
    relief.must("decline_file_transfer", THERE, path=again, version=1, body={"reason": "不在本区居住"})
    read = relief.must("get_file_transfer", HERE, path=again)
    assert (read["state"], read["answer"]) == ("DECLINED", "不在本区居住")


def test_no_file_goes_to_another_province(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    told = relief.refused("propose_file_transfer", HERE, path={"file_id": file.now["id"]}, version=1,
                          body={"to_org_path": "/44/4407/440703/", "reason": "搬家"})
    assert (told["code"], told["errors"][0]["pointer"]) == ("file-transfer-too-far", "/to_org_path")
    assert relief.must("list_file_transfers", HERE)["items"] == []


def test_undecided_applications_go_with_the_file(desk: Callable[[str], Desk], relief: Desk) -> None:
    head, record = matters.household(desk)
    money = fund(relief)
    decided, open_ = matters.apply(relief, head), matters.apply(relief, head, "MEDICAL", need=matters.BILL)
    decided.propose(100_000)
    decided.approve(money["id"])
    file = File(relief, record)
    file.read()
    path = {"transfer_id": proposed(relief, file)["id"]}
    relief.must("accept_file_transfer", THERE, path=path, version=1)
    assert relief.refused("get_relief_application", matters.COUNTY, path=open_.path)["status"] == 404
    assert decided.read()["state"] == "RESERVED"
    there = {role: caller(role, org_path=ELSEWHERE) for role in (Role.TOWNSHIP_REVIEWER, Role.COUNTY_REVIEWER)}
    open_.now = relief.must("get_relief_application", there[Role.COUNTY_REVIEWER], path=open_.path)
    open_.must("accept_relief_application", there[Role.TOWNSHIP_REVIEWER])
    assert open_.must("compute_relief", there[Role.COUNTY_REVIEWER])["state"] == "COMPUTED"
