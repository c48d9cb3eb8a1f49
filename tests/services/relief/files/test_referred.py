"""A visit that was routed here becomes a draft: the worker is known, and reception hears of the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.households import FACTS, OFFICER, body_of, draft

BODY = {"level": "COUNTY", "main_cause": "SERIOUS_ILLNESS", **FACTS}


def routed(relief: Desk, worker_id: str | None) -> str:
    """The id of a referral of one matter."""
    referral_id = new_id()
    data = {"visit_no": "LF1", "worker_id": worker_id, "headcount": 1, "routed_on": str(today()),
            "referrals": [{"referral_id": referral_id, "service": "relief", "matter": "HARDSHIP"}]}
    assert relief.tell("reception.visit_routed.v1", data) == "done"
    return referral_id


def opened(relief: Desk, referral_id: str, who: Any = OFFICER, **more: Any) -> tuple[int, Any]:
    return relief.do("open_referred_file", who, path={"referral_id": referral_id}, body={**BODY, **more})


def test_the_worker_of_the_visit_is_the_head(relief: Desk, worker_id: str, hire: Callable[[], str]) -> None:
    referral_id, spouse = routed(relief, worker_id), body_of(worker_id, hire())["members"][1]
    status, file = opened(relief, referral_id, members=[spouse])
    assert (status, file["state"], file["head_worker_id"]) == (201, "DRAFT", worker_id)
    assert [(one["worker_id"], one["relation"]) for one in file["members"]] == [
        (worker_id, "HEAD"), (spouse["worker_id"], "SPOUSE")]
    referral = relief.must("get_referral", OFFICER, path={"referral_id": referral_id})
    assert (referral["state"], referral["record_id"]) == ("ACCEPTED", file["id"])
    assert [one["data"]["record_id"] for one in relief.told("referral_accepted")] == [file["id"]]


@pytest.mark.parametrize("why", ["no worker", "accepted", "has a file", "elsewhere"])
def test_what_cannot_become_a_draft_changes_nothing(relief: Desk, worker_id: str, why: str) -> None:
    referral_id, who = routed(relief, None if why == "no worker" else worker_id), OFFICER
    if why == "accepted":
        relief.must("accept_referral", OFFICER, path={"referral_id": referral_id}, version=1, body={})
    if why == "has a file":
        draft(relief, worker_id)
    if why == "elsewhere":
        who = caller(Role.GRASSROOTS_OFFICER, org_path="/37/3702/370203/")
    before = relief.must("list_hardship_files", OFFICER)["items"]
    codes = {"no worker": "referral-without-worker", "accepted": "wrong-state", "has a file": "household-has-file",
             "elsewhere": "not-found"}
    assert opened(relief, referral_id, who)[1]["code"] == codes[why]
    assert relief.must("list_hardship_files", OFFICER)["items"] == before
    state = relief.must("get_referral", OFFICER, path={"referral_id": referral_id})["state"]
    assert state == ("ACCEPTED" if why == "accepted" else "RECEIVED")
