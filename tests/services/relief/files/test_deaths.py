"""What relief does when a worker has died: the file, applications, lines on their way to the bank, and what is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.membership.test_deaths import PAPER
from tests.services.relief.applications import crowds, matters
from tests.services.relief.files.test_paper_files import taken
from tests.services.relief.households import (
    COUNTY,
    DIRECTOR,
    EXCHANGE,
    FACTS,
    OFFICER,
    SECOND_REVIEWER,
    SURVEYORS,
    TOWNSHIP,
    File,
    active,
    body_of,
)
from tests.services.relief.households import draft as drafted
from tests.services.relief.payments.bank import DRAFTER, SENDER
from tests.services.relief.payments.test_lost_files import Paid
from tests.services.relief.platforms.shop import card
from tests.services.relief.samples import fund, get_fund
from tests.services.relief.watch.searching import found

Desks = Callable[[str], Desk]
DECEASED, CORRECTED = "membership.worker_deceased.v1", "membership.worker_death_corrected.v1"
CLERK = caller(Role.GRASSROOTS_OFFICER)


def dies(desk: Desks, worker_id: str) -> list[dict[str, Any]]:
    """Recorded in membership and heard here; the envelopes."""
    membership = desk("membership")
    seen = len(membership.told())
    version = membership.must("get_worker", people.CLERK, path={"worker_id": worker_id})["version"]
    membership.must("record_death", CLERK, path={"worker_id": worker_id}, version=version,
                    body={"died_on": str(today()), **PAPER})
    told = membership.told()[seen:]
    desk("relief").hear(told)
    return told


def lives(desk: Desks, worker_id: str) -> list[dict[str, Any]]:
    membership = desk("membership")
    seen = len(membership.told())
    version = membership.must("get_worker", people.CLERK, path={"worker_id": worker_id})["version"]
    membership.must("correct_death", DIRECTOR, path={"worker_id": worker_id}, version=version,
                    body={"reason": "登记错人"})
    told = membership.told()[seen:]
    desk("relief").hear(told)
    return told


def days(file: File) -> dict[str | None, str | None]:
    return {member["worker_id"]: member["died_on"] for member in file.read()["members"]}


# -- the file ---------------------------------------------------------------------------------------------------


def test_the_file_of_a_member_is_reviewed_once(desk: Desks, hire: Callable[[], str],
                                               on_day: Callable[[int], None]) -> None:
    relief, (head, spouse) = desk("relief"), (hire(), hire())
    file = active(relief, on_day, head, spouse)
    told = dies(desk, spouse)
    assert (file.read()["state"], file.now["proposed_cancellation"]) == ("REVIEWING", None)
    assert "死亡" in file.now["review_reason"]
    assert days(file) == {head: None, spouse: str(today())}
    version = file.now["version"]
    relief.hear([{**one, "id": new_id()} for one in told])
    assert (file.read()["version"], len(relief.told("file_review_started"))) == (version, 1)


def test_a_review_with_somebody_dead_in_the_household_is_not_closed(desk: Desks, hire: Callable[[], str],
                                                                    on_day: Callable[[int], None]) -> None:
    relief, (head, spouse) = desk("relief"), (hire(), hire())
    file = active(relief, on_day, head, spouse)
    dies(desk, spouse)
    file.read()
    assert file.refused("keep_hardship_file", COUNTY, grade="DEEP", **FACTS) == "file-member-deceased"
    gone = next(member["id"] for member in file.now["members"] if member["worker_id"] == spouse)
    file.must("change_household", OFFICER, leaves=[gone], reason="去世")
    file.must("keep_hardship_file", COUNTY, grade="DEEP", **FACTS)
    assert file.now["state"] == "ACTIVE"


def test_of_a_dead_head_the_cancellation_is_proposed(desk: Desks, hire: Callable[[], str],
                                                     on_day: Callable[[int], None]) -> None:
    relief, (head, spouse) = desk("relief"), (hire(), hire())
    file = active(relief, on_day, head, spouse)
    dies(desk, head)
    assert (file.read()["state"], file.now["proposed_cancellation"]) == ("REVIEWING", "DEATH")
    shown = relief.must("list_hardship_files", COUNTY, query={"is_cancel_proposed": "true"})["items"]
    assert [one["id"] for one in shown] == [file.now["id"]]
    by_worker = {member["worker_id"]: member["id"] for member in file.now["members"]}
    file.must("change_household", OFFICER, leaves=[by_worker[head]], head_worker_id=spouse, reason="户主去世")
    assert file.now["proposed_cancellation"] is None
    assert relief.must("list_hardship_files", COUNTY, query={"is_cancel_proposed": "true"})["items"] == []


def test_a_cancelled_file_proposes_nothing_more(desk: Desks, worker_id: str) -> None:
    file = drafted(desk("relief"), worker_id)
    dies(desk, worker_id)
    assert file.read()["proposed_cancellation"] == "DEATH"
    file.must("cancel_hardship_file", DIRECTOR, reason="DEATH")
    assert file.read()["proposed_cancellation"] is None


def test_a_file_on_its_way_is_not_approved(desk: Desks, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    head = hire()
    file = drafted(desk("relief"), head)
    file.verify()
    file.grade()
    dies(desk, head)
    on_day(30)
    file.read()
    assert file.refused("approve_hardship_file", SECOND_REVIEWER) == "file-head-deceased"


def leave(file: File, worker_id: str) -> None:
    gone = [member["id"] for member in file.read()["members"] if member["worker_id"] == worker_id]
    file.must("change_household", OFFICER, leaves=gone, reason="去世")


def test_a_file_with_somebody_dead_is_not_approved_and_is_graded_without_them(
        desk: Desks, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    head, spouse = hire(), hire()
    file = drafted(desk("relief"), head, spouse)
    file.verify()
    file.grade()
    dies(desk, spouse)
    on_day(30)
    file.read()
    assert file.refused("approve_hardship_file", SECOND_REVIEWER) == "file-member-deceased"
    alive = [member["id"] for member in file.now["members"] if member["worker_id"] == head]
    assert file.refused("change_household", OFFICER, leaves=alive, reason="搬走") == "wrong-state"
    leave(file, spouse)
    assert (file.now["state"], [one["worker_id"] for one in file.now["members"]]) == ("SURVEYED", [head])
    file.recheck()
    file.grade()
    on_day(60)
    file.approve()
    assert file.now["state"] == "ACTIVE"


@pytest.mark.parametrize("state", ["SUBMITTED", "SURVEYED", "VERIFYING", "VERIFIED"])
def test_the_dead_leave_a_file_on_its_way(desk: Desks, hire: Callable[[], str], state: str) -> None:
    head, spouse = hire(), hire()
    file = drafted(desk("relief"), head, spouse)
    file.submit()
    if state != "SUBMITTED":
        for surveyor in SURVEYORS:
            file.must("survey_household", surveyor, note="已入户", **FACTS)
    if state in ("VERIFYING", "VERIFIED"):
        file.must("request_verification", TOWNSHIP)
    if state == "VERIFIED":
        file.must("receive_report", EXCHANGE, report_no="HD-1")
    dies(desk, spouse)
    if state == "VERIFIED":
        file.read()
        assert file.refused("assess_hardship_file", COUNTY, grade="DEEP") == "file-member-deceased"
    leave(file, spouse)
    assert (file.now["state"], len(file.now["members"])) == (state, 1)


def test_no_notice_is_posted_with_somebody_dead(desk: Desks, hire: Callable[[], str]) -> None:
    file = drafted(desk("relief"), hire(), spouse := hire())
    file.verify()
    file.must("assess_hardship_file", COUNTY, grade="DEEP")
    dies(desk, spouse)
    file.read()
    assert file.refused("post_file_notice", TOWNSHIP, place="单位公示栏") == "file-member-deceased"
    leave(file, spouse)
    assert file.now["state"] == "SURVEYED"


def test_no_temporary_file_is_opened_with_somebody_dead(desk: Desks, hire: Callable[[], str]) -> None:
    file = drafted(desk("relief"), hire(), spouse := hire())
    dies(desk, spouse)
    file.read()
    body = {"until": str(today() + timedelta(days=30)), "reason": "突发火灾"}
    assert file.refused("open_temporary_file", COUNTY, **body) == "file-member-deceased"
    leave(file, spouse)
    assert file.must("open_temporary_file", COUNTY, **body)["state"] == "TEMPORARY"


def test_no_paper_file_is_taken_over_with_somebody_dead(desk: Desks, hire: Callable[[], str]) -> None:
    head, spouse = hire(), hire()
    file = taken(desk("relief"), head, members=[
        {"worker_id": head, "relation": "HEAD", "is_adult": True},
        {"worker_id": spouse, "relation": "SPOUSE", "is_adult": True}])
    dies(desk, spouse)
    file.read()
    assert file.refused("confirm_paper_file", DIRECTOR) == "file-member-deceased"
    leave(file, spouse)
    assert file.must("confirm_paper_file", DIRECTOR)["state"] == "ACTIVE"


def test_who_has_died_is_dead_in_the_file_that_took_the_household_in(
        desk: Desks, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    relief, (he, she, child) = desk("relief"), (hire(), hire(), hire())
    other = drafted(relief, she, child)
    dies(desk, she)
    file = active(relief, on_day, he)
    body = {"other_file_id": other.now["id"], "head_relation": "SPOUSE", "reason": "重复建档"}
    file.must("merge_hardship_files", COUNTY, **body)
    assert [bool(day) for day in days(file).values()] == [False, True, False]
    assert (file.now["state"], file.now["proposed_cancellation"]) == ("REVIEWING", None)
    assert file.refused("keep_hardship_file", COUNTY, grade="DEEP", **FACTS) == "file-member-deceased"
    leave(file, she)
    file.must("keep_hardship_file", COUNTY, grade="DEEP", **FACTS)


def test_who_has_died_is_dead_in_the_file_that_splits_off(
        desk: Desks, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    relief, (he, she, child) = desk("relief"), (hire(), hire(), hire())
    file = active(relief, on_day, he, she, child)
    dies(desk, she)
    ids = {one["worker_id"]: one["id"] for one in file.read()["members"]}
    moving = [{"member_id": ids[child], "relation": "HEAD"}, {"member_id": ids[she], "relation": "PARENT"}]
    told = file.must("split_household", COUNTY, members=moving, head_worker_id=child, main_cause="LAID_OFF",
                     reason="分户")
    new = File(relief, relief.must("get_hardship_file", COUNTY, path={"file_id": told["new_file_id"]}))
    assert [bool(day) for day in days(new).values()] == [False, True]
    assert (new.now["proposed_cancellation"], file.read()["state"]) == (None, "REVIEWING")
    lives(desk, she)
    assert set(days(new).values()) == {None}


def test_a_death_that_was_wrong_is_undone(desk: Desks, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    head = hire()
    file = active(desk("relief"), on_day, head)
    dies(desk, head)
    lives(desk, head)
    assert (days(file), file.now["proposed_cancellation"]) == ({head: None}, None)
    file.must("keep_hardship_file", COUNTY, grade="DEEP", **FACTS)


def test_told_out_of_order_the_newest_holds(desk: Desks, hire: Callable[[], str],
                                            on_day: Callable[[int], None]) -> None:
    relief, head = desk("relief"), hire()
    file = active(relief, on_day, head)
    envelope = {"subject": head, "sequence": 100, "orgpath": "/37/3702/370202/", "actor": "test"}
    relief.hear([{**envelope, "id": new_id(), "type": CORRECTED, "time": f"{today()}T10:00:00+08:00",
                  "data": {"worker_id": head}}])
    relief.hear([{**envelope, "id": new_id(), "type": DECEASED, "time": f"{today()}T09:00:00+08:00",
                  "data": {"worker_id": head, "died_on": str(today())}}])
    assert (days(file), file.now["state"]) == ({head: None}, "ACTIVE")


# -- nothing new is begun -----------------------------------------------------------------------------------------


def test_nothing_is_begun_for_somebody_dead(desk: Desks, hire: Callable[[], str]) -> None:
    relief, (dead, alive) = desk("relief"), (hire(), hire())
    dies(desk, dead)
    asked: list[tuple[str, Any, dict[str, Any]]] = [
        ("open_hardship_file", OFFICER, body_of(dead)), ("open_hardship_file", OFFICER, body_of(alive, dead)),
        ("apply_for_relief", OFFICER, {"worker_id": dead, "relief_type": "TEMPORARY"}),
        ("request_care_card", OFFICER, {"worker_id": dead, "kind": "SHOPPING"}),
    ]
    for operation, who, body in asked:
        problem = relief.refused(operation, who, body=body)
        assert (operation, problem["code"]) == (operation, "worker-deceased")
    file = drafted(relief, alive)
    assert file.refused("change_household", OFFICER, reason="结婚", joins=[
        {"worker_id": dead, "relation": "SPOUSE", "is_adult": True}]) == "worker-deceased"


# -- money --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["compute_relief", "propose_relief", "approve_relief"])
def test_an_application_whose_payee_died_goes_no_further(desk: Desks, step: str) -> None:
    relief = desk("relief")
    head, _ = matters.household(desk, others=1)
    money, case = fund(relief), matters.apply(relief, head)
    bodies: dict[str, Any] = {
        "compute_relief": (matters.COUNTY, {}), "propose_relief": (matters.COUNTY, {"amount_fen": 100_000}),
        "approve_relief": (matters.GROUP, {"fund_id": money["id"], **matters.APPROVAL})}
    case.must("accept_relief_application", matters.TOWNSHIP)
    for one in list(bodies)[:list(bodies).index(step)]:
        case.must(one, bodies[one][0], **bodies[one][1])
    dies(desk, head)
    who, body = bodies[step]
    # the death started the file's review too; whoever asks learns first that there is nobody to pay
    assert case.refused(step, who, **body) == "relief-payee-deceased"
    assert get_fund(relief, money["id"])["reserved_fen"] == 0
    case.must("withdraw_relief", OFFICER, reason="收款人去世")


def test_a_line_of_somebody_dead_fails_the_check(desk: Desks) -> None:
    paid = Paid(desk, 2).by_applications()
    batch = paid.batch()
    dies(desk, paid.heads[0])
    assert paid.faults(batch) == ["PAYEE_DECEASED", None]
    batch.must("remove_payment_lines", DRAFTER, faulty=True, reason="收款人去世")
    assert batch.now["lines_count"] == 1


def test_who_dies_after_the_check_is_not_in_the_banks_file(desk: Desks) -> None:
    paid = Paid(desk, 2).by_campaign()
    batch = paid.batch()
    assert paid.faults(batch) == [None, None]
    dies(desk, paid.heads[0])
    batch.must("approve_payment_batch", matters.CHAIR)
    assert (batch.now["lines_count"], [row["payee_id"] for row in batch.rows()]) == (1, [paid.heads[1]])


def test_who_dies_after_the_file_was_made_stops_it(desk: Desks) -> None:
    paid = Paid(desk, 2).by_campaign()
    batch = paid.batch()
    batch.approve()
    dies(desk, paid.heads[0])
    assert batch.refused("send_payment_batch", SENDER, receipt_no="YH-1") == "bank-file-not-in-force"


# -- what is open -------------------------------------------------------------------------------------------------


def test_what_is_open_is_shown_for_ending_once(desk: Desks) -> None:
    relief = desk("relief")
    head, file = matters.household(desk)
    matters.apply(relief, head)
    relief.must("request_care_card", OFFICER, body={"worker_id": head, "kind": "SHOPPING"})
    told = dies(desk, head)
    relief.hear([{**one, "id": new_id()} for one in told])
    (finding,) = found(relief, "DEC-1")
    assert (finding["worker_id"], finding["file_id"]) == (head, file["id"])
    for part in ("未办结救助申请 1 件", "爱心卡 1 张", "参保 0 份", "订单 0 件", "0 对"):
        assert part in finding["explanation_zh"]


def test_of_whom_nothing_is_open_nothing_is_found(desk: Desks, worker_id: str) -> None:
    dies(desk, worker_id)
    assert found(desk("relief"), "DEC-1") == []


def test_cards_of_the_dead_stop_and_go_on_when_it_was_wrong(desk: Desks, hire: Callable[[], str]) -> None:
    relief, holder = desk("relief"), hire()
    lost, used = (card(relief, desk("membership"), kind, worker_id=holder) for kind in ("MEDICINE", "SHOPPING"))
    lost.must("freeze_care_card", CLERK, reason="挂失")
    dies(desk, holder)
    assert {one.read("get_care_card")["state"] for one in (lost, used)} == {"FROZEN"}
    lives(desk, holder)
    assert [one.read("get_care_card")["state"] for one in (lost, used)] == ["FROZEN", "ACTIVE"]


def test_a_campaign_gives_nothing_to_somebody_who_died_since_the_list(desk: Desks, hire: Callable[[], str]) -> None:
    relief, (alive, dead) = desk("relief"), (hire(), hire())
    case = crowds.draft(relief, amounts_fen={"FRONT_LINE": 30_000},
                        workers=[{"worker_id": one, "ground": "FRONT_LINE"} for one in (alive, dead)])
    dies(desk, dead)
    case.approve(fund(relief)["id"])
    assert [(one["worker_id"], one["state"]) for one in case.lines()] == [(alive, "RESERVED"), (dead, "SKIPPED")]
    assert "已去世" in case.lines()[1]["reason"]
