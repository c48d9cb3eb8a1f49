"""Assistance plans and pair-ups through the dispatcher."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.households import File, active, draft
from tests.services.relief.plans.care import CADRE, DIRECTOR, OFFICER, Pair, in_days, make, step

DeskOf = Callable[[str], Desk]
OnDay = Callable[[int], None]


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


@pytest.fixture
def members(desk: DeskOf) -> list[str]:
    return [people.worker(desk("membership"), None) for _ in range(2)]


@pytest.fixture
def file(relief: Desk, members: list[str], on_day: OnDay) -> File:
    return active(relief, on_day, *members)


def test_a_family_on_its_own_feet(relief: Desk, file: File) -> None:
    """School, a shop front that is lost, a flat and other work."""
    plan = make(relief, file.now["id"], step(), step("SHOPFRONT", "ROOT_CAUSE", 60))
    plan.must("start_assistance_plan")
    plan.must("finish_plan_step", step=0, outcome="已入学")
    plan.must("drop_plan_step", step=1, reason="拆迁")
    assert [one["state"] for one in plan.now["steps"]] == ["DONE", "DROPPED"]
    plan.must("add_plan_step", **step("TRAINING", "ROOT_CAUSE", 90))
    new = plan.must("revise_assistance_plan", reason="拆迁", goal="安居", steps=[step("HOUSING", "SAFEGUARD")])
    assert (plan.read()["state"], plan.now["revised_by_id"], new["revises_id"]) == ("REVISED", new["id"],
                                                                                    plan.now["id"])
    assert [one["kind"] for one in new["steps"]] == ["HOUSING", "TRAINING"]
    plan.now = new
    plan.must("start_assistance_plan")
    assert plan.refused("achieve_assistance_plan", DIRECTOR, outcome="自立") == "plan-steps-open"
    plan.must("finish_plan_step", step=0, outcome="已入住")
    plan.must("finish_plan_step", step=1, outcome="结业")
    plan.must("achieve_assistance_plan", DIRECTOR, outcome="自立")
    assert relief.told("assistance_plan_achieved")[0]["data"]["file_id"] == file.now["id"]


def test_a_found_job_does_the_step_that_was_to_find_it(relief: Desk, file: File, members: list[str]) -> None:
    plan = make(relief, file.now["id"], step("PLACEMENT", "ROOT_CAUSE", worker_id=members[0]),
                step("PLACEMENT", "ROOT_CAUSE", worker_id=members[1]))
    placement = new_id()

    def confirm(worker_id: str, placement_id: str) -> list[str]:
        data = {"placement_id": placement_id, "worker_id": worker_id, "employer_id": new_id(),
                "monthly_wage_fen": 400_000, "started_on": str(today()), "confirmed_on": str(today())}
        assert relief.tell("jobs.placement_confirmed.v1", data) == "done"
        return [one["state"] for one in plan.read()["steps"]]

    assert confirm(members[1], new_id()) == ["OPEN", "OPEN"]  # not begun yet
    plan.must("start_assistance_plan")
    assert confirm(members[1], placement) == ["OPEN", "DONE"]
    assert confirm(members[1], placement) == ["OPEN", "DONE"]
    assert plan.now["steps"][1]["placement_id"] == placement
    assert len(relief.told("assistance_step_done")) == 1


def test_an_overdue_step_is_told_once_to_its_owner(relief: Desk, file: File, on_day: OnDay) -> None:
    owner = new_id()
    plan = make(relief, file.now["id"], step(days=3, owner_id=owner), step(days=9))
    plan.must("start_assistance_plan")
    on_day(33)
    relief.tick()
    assert relief.told("assistance_step_overdue") == []
    on_day(34)
    relief.tick()
    relief.tick()
    [told] = relief.told("assistance_step_overdue")
    assert (told["data"]["owner_id"], told["data"]["step_id"]) == (owner, plan.now["steps"][0]["id"])

    def found(**query: Any) -> list[str]:
        return [row["id"] for row in relief.must("list_assistance_plans", OFFICER, query=query)["items"]]

    assert found(is_overdue="true") == found(owner_id=owner) == found(file_id=file.now["id"]) == [plan.now["id"]]
    assert found(is_overdue="false") == found(owner_id=new_id()) == found(state="ENDED") == []


def test_what_a_plan_refuses(relief: Desk, file: File) -> None:
    empty = make(relief, file.now["id"])
    assert empty.refused("start_assistance_plan") == "plan-without-steps"
    plan = make(relief, file.now["id"], step())
    assert plan.refused("finish_plan_step", step=0, outcome="早了") == "wrong-state"
    plan.must("start_assistance_plan")
    assert plan.refused("finish_plan_step", step=0, outcome="-", done_on=in_days(1)) == "plan-done-on-impossible"
    plan.must("finish_plan_step", step=0, outcome="已办")
    assert plan.refused("drop_plan_step", step=0, reason="-") == "plan-step-settled"
    assert plan.refused("add_plan_step", **step(days=-1)) == "plan-step-due-in-past"
    assert plan.refused("add_plan_step", **step(worker_id=new_id())) == "worker-not-of-household"
    stranger = plan.relief.refused("finish_plan_step", OFFICER, version=plan.now["version"], body={"outcome": "x"},
                                   path={"plan_id": plan.now["id"], "step_id": new_id()})
    assert stranger["code"] == "plan-step-unknown"
    dropped = make(relief, file.now["id"], step())
    dropped.must("start_assistance_plan")
    dropped.must("drop_plan_step", step=0, reason="不需要")
    assert dropped.refused("achieve_assistance_plan", DIRECTOR, outcome="-") == "plan-nothing-done"


def test_a_household_that_is_not_in_care_has_no_plan_and_no_pair(relief: Desk, desk: DeskOf) -> None:
    file = draft(relief, people.worker(desk("membership"), None))
    body = {"file_id": file.now["id"], "goal": "自立"}
    assert relief.refused("make_assistance_plan", OFFICER, body=body)["code"] == "household-not-active"
    body = {"file_id": file.now["id"], "cadre_id": new_id(), "rank": "SECTION"}
    assert relief.refused("make_pair_up", DIRECTOR, body=body)["code"] == "household-not-active"


def test_the_household_reads_its_plan_and_no_other(relief: Desk, file: File, members: list[str]) -> None:
    plan = make(relief, file.now["id"], step())
    head, stranger = caller(Role.WORKER, worker_id=members[0]), caller(Role.WORKER, worker_id=new_id())
    path = {"plan_id": plan.now["id"]}
    assert relief.must("get_assistance_plan", head, path=path)["id"] == plan.now["id"]
    assert relief.refused("get_assistance_plan", stranger, path=path)["code"] == "not-found"
    assert len(relief.must("list_assistance_plans", head)["items"]) == 1
    assert relief.must("list_assistance_plans", stranger)["items"] == []


# -- pair-ups --------------------------------------------------------------------------------------------------


def test_a_quarter_without_contact_is_overdue_until_the_next(relief: Desk, file: File, on_day: OnDay) -> None:
    pair = Pair(relief, file.now["id"], CADRE.account_id)
    pair.must("record_pair_contact", kind="VISIT", note="入户走访")
    on_day(30 + 89)
    relief.tick()
    assert pair.read()["is_overdue"] is False
    on_day(30 + 93)
    relief.tick()
    relief.tick()
    assert (pair.read()["is_overdue"], pair.now["contacts_missed"]) == (True, 1)
    [told] = relief.told("pair_up_contact_overdue")
    assert told["data"]["cadre_id"] == CADRE.account_id
    overdue = relief.must("list_pair_ups", DIRECTOR, query={"is_overdue": "true"})["items"]
    assert [row["id"] for row in overdue] == [pair.now["id"]]
    pair.must("record_pair_contact", kind="PHONE", note="电话联系")
    assert (pair.now["is_overdue"], len(pair.now["contacts"])) == (False, 2)


def test_a_note_is_kept_encrypted_and_told_to_nobody(relief: Desk, file: File) -> None:
    pair = Pair(relief, file.now["id"], CADRE.account_id)
    secret = "户主情绪低落"
    pair.must("record_pair_contact", kind="VISIT", note=secret)
    with relief.database.read() as connection:
        kept = "".join(map(str, connection.execute(text("SELECT note FROM pair_contacts"))))
        audited = "".join(map(str, connection.execute(text("SELECT * FROM audit"))))
    assert secret not in kept + audited + str(relief.told())
    assert pair.read()["contacts"][0]["note"] == secret
    assert "contacts" not in relief.must("list_pair_ups", DIRECTOR)["items"][0]


def test_one_pair_of_a_cadre_and_a_household(relief: Desk, file: File) -> None:
    pair = Pair(relief, file.now["id"], CADRE.account_id)
    body = {"file_id": file.now["id"], "cadre_id": CADRE.account_id, "rank": "SECTION"}
    assert relief.refused("make_pair_up", DIRECTOR, body=body)["code"] == "paired-already"
    pair.must("end_pair_up", DIRECTOR, reason="任务完成")
    assert relief.must("make_pair_up", DIRECTOR, body=body)["state"] == "ACTIVE"


def test_a_household_is_handed_over(relief: Desk, file: File) -> None:
    pair, other = Pair(relief, file.now["id"], CADRE.account_id), new_id()
    same = pair.refused("hand_over_pair_up", DIRECTOR, cadre_id=CADRE.account_id, rank="SECTION", reason="调岗")
    assert same == "handover-to-same-cadre"
    new = pair.must("hand_over_pair_up", DIRECTOR, cadre_id=other, rank="DIVISION", reason="调岗")
    assert (pair.read()["state"], pair.now["followed_by_id"], new["follows_id"]) == ("HANDED_OVER", new["id"],
                                                                                    pair.now["id"])

    def found(**query: Any) -> set[str]:
        return {row["id"] for row in relief.must("list_pair_ups", DIRECTOR, query=query)["items"]}

    assert found(file_id=file.now["id"]) == {pair.now["id"], new["id"]}
    assert found(cadre_id=other) == found(state="ACTIVE") == {new["id"]}


@pytest.mark.parametrize("day", [-40, 1])
def test_a_contact_of_an_impossible_day_is_refused(relief: Desk, file: File, day: int) -> None:
    pair = Pair(relief, file.now["id"], CADRE.account_id)
    refused = pair.refused("record_pair_contact", kind="VISIT", note="-", contacted_on=in_days(day))
    assert refused == "contact-day-impossible"
    assert pair.refused("end_pair_up", DIRECTOR, reason="-", to_on=in_days(day)) == "pair-ends-before-contact"
    assert pair.read()["contacts"] == []


# -- the file ends ---------------------------------------------------------------------------------------------


def test_what_is_left_to_do_ends_with_the_file(relief: Desk, file: File, on_day: OnDay) -> None:
    """Nobody is overdue for a household that is not looked after any more."""
    running, planned = make(relief, file.now["id"], step()), make(relief, file.now["id"], step())
    settled, pair = make(relief, file.now["id"], step()), Pair(relief, file.now["id"], CADRE.account_id)
    for plan in (running, settled):
        plan.must("start_assistance_plan")
    settled.must("finish_plan_step", step=0, outcome="已入学")
    relief.tick()
    assert [one.read()["state"] for one in (running, planned, pair)] == ["RUNNING", "PLANNED", "ACTIVE"]
    file.must("cancel_hardship_file", DIRECTOR, reason="DEATH")
    on_day(30 + 200)
    relief.tick()
    assert [one.read()["state"] for one in (running, planned, pair)] == ["ENDED", "ENDED", "ENDED"]
    assert {one.now["reason"] for one in (running, planned, pair)} == {"档案已关闭 / the file was closed"}
    assert pair.now["to_on"] == str(today())
    assert relief.told("assistance_step_overdue") == relief.told("pair_up_contact_overdue") == []
    settled.must("achieve_assistance_plan", DIRECTOR, outcome="自立")


def test_a_pair_names_an_account_by_its_id(relief: Desk) -> None:
    told = relief.refused("make_pair_up", DIRECTOR, body={"file_id": new_id(), "cadre_id": "nobody", "rank": "SECTION"})
    assert told["errors"][0]["pointer"] == "/cadre_id"
