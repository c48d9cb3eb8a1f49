"""A worker's death: by which paper, what ends with it, and how it is taken back when it was wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain.worker import Worker
from shared.contracts.membership.schemas import WORKER_STATES
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller, pointers
from tests.services.moves import Moves, cases

OFFICER, DIRECTOR = caller(Role.GRASSROOTS_OFFICER), caller(Role.CENTRE_DIRECTOR)
PAPER = {"evidence_kind": "MEDICAL_CERTIFICATE", "evidence_no": "SW-370202-0001"}
WRONG = {"reason": "同名同姓,登记错人"}


@pytest.fixture
def membership(desk: Callable[[str], Desk]) -> Desk:
    return desk("membership")


def read(membership: Desk, worker_id: str) -> dict[str, Any]:
    return dict(membership.must("get_worker", people.CLERK, path={"worker_id": worker_id}))


def die(membership: Desk, worker_id: str, on: date | None = None, who: Any = OFFICER) -> dict[str, Any]:
    return dict(membership.must("record_death", who, path={"worker_id": worker_id}, body={
        "died_on": str(on or today()), **PAPER}, version=read(membership, worker_id)["version"]))


def correct(membership: Desk, worker_id: str, who: Any = DIRECTOR) -> tuple[int, Any]:
    return membership.do("correct_death", who, path={"worker_id": worker_id}, body=WRONG,
                         version=read(membership, worker_id)["version"])


def test_a_death_is_told_and_ends_the_membership(membership: Desk) -> None:
    worker_id = people.worker(membership, None)
    member = people.join(membership, worker_id)
    gone = die(membership, worker_id, today() - timedelta(days=3))
    assert (gone["state"], gone["died_on"]) == ("DECEASED", str(today() - timedelta(days=3)))
    assert "SW-370202" not in str(gone)
    (told,) = membership.told("worker_deceased")
    assert told["data"] == {"worker_id": worker_id, "died_on": gone["died_on"]}
    ended = membership.must("get_membership", OFFICER, path={"membership_id": member["id"]})
    assert (ended["state"], len(membership.told("membership_ended"))) == ("ENDED", 1)
    facts = membership.outside.ask("membership", "describe_workers", {"worker_ids": [worker_id]})["workers"][0]
    assert (facts["is_deceased"], facts["is_member"]) == (True, False)


def test_an_application_for_membership_goes_no_further(membership: Desk) -> None:
    worker_id = people.worker(membership, None)
    applied = membership.must("apply_membership", OFFICER, body={"worker_id": worker_id})
    die(membership, worker_id)
    assert membership.must("get_membership", OFFICER, path={"membership_id": applied["id"]})["state"] == "REFUSED"
    refused = membership.refused("apply_membership", OFFICER, body={"worker_id": worker_id})
    assert refused["code"] == "worker-deceased"


@pytest.mark.parametrize(("day", "code"), [
    (lambda: today() + timedelta(days=1), "death-in-future"), (lambda: date(1984, 12, 31), "death-before-birth")])
def test_a_day_that_cannot_be_is_refused(membership: Desk, day: Callable[[], date], code: str) -> None:
    worker_id = people.worker(membership, None)
    before = read(membership, worker_id)
    problem = membership.refused("record_death", OFFICER, path={"worker_id": worker_id}, version=before["version"],
                                 body={"died_on": str(day()), **PAPER})
    assert (problem["code"], problem["status"], pointers(problem)) == (code, 422, ["/died_on"])
    assert read(membership, worker_id) == before
    assert membership.told("worker_deceased") == []


@pytest.mark.parametrize("field", ["died_on", "evidence_kind", "evidence_no"])
def test_without_its_paper_nothing_is_recorded(membership: Desk, field: str) -> None:
    worker_id = people.worker(membership, None)
    body = {name: value for name, value in {"died_on": str(today()), **PAPER}.items() if name != field}
    problem = membership.refused("record_death", OFFICER, path={"worker_id": worker_id}, version=1, body=body)
    assert pointers(problem) == [f"/{field}"]


def test_another_person_takes_back_what_was_wrong(membership: Desk) -> None:
    worker_id = people.worker(membership, None)
    member = people.join(membership, worker_id)
    die(membership, worker_id)
    status, problem = correct(membership, worker_id, OFFICER)
    assert (status, problem["code"]) == (403, "separation-of-duty")
    status, alive = correct(membership, worker_id)
    assert (status, alive["state"], alive["died_on"], alive["death_evidence_kind"]) == (200, "ACTIVE", None, None)
    assert [told["data"] for told in membership.told("worker_death_corrected")] == [{"worker_id": worker_id}]
    again = membership.must("get_membership", OFFICER, path={"membership_id": member["id"]})
    assert (again["state"], again["admitted_on"], again["reason"]) == ("ACTIVE", member["admitted_on"], None)
    trail = membership.must("list_audit_entries", caller(Role.AUDITOR), query={"limit": "200"})["items"]
    noted = [json.loads(one["detail"]) for one in trail if one["action"] == "correct_death"]
    assert WRONG in noted


def test_a_membership_that_ended_before_stays_ended(membership: Desk) -> None:
    worker_id = people.worker(membership, None)
    member = people.join(membership, worker_id)
    membership.must("end_membership", OFFICER, path={"membership_id": member["id"]}, body={"reason": "退会"},
                    version=member["version"])
    die(membership, worker_id)
    correct(membership, worker_id)
    assert membership.must("get_membership", OFFICER, path={"membership_id": member["id"]})["state"] == "ENDED"


def worker() -> Worker:
    return Worker.register(new_id(), "/37/", "张三", people.resident_id(1), "x", None, "LOCAL_URBAN", "EMPLOYED", None,
                           now())


MOVES = Moves(
    worker,
    {"change_employer": lambda one: one.change_employer(None, "RETIRED"),
     "set_bank_card": lambda one: one.set_bank_card("6222020000000000000", "i", "银行"),
     "record_death": lambda one: one.record_death(today(), "CREMATION", "HH-1", "a", today()),
     "correct_death": lambda one: one.correct_death("b")},
    {"ACTIVE": [], "DECEASED": ["record_death"]},
    {"ACTIVE": {"change_employer", "set_bank_card", "record_death"}, "DECEASED": {"correct_death"}},
)


def test_the_states_of_a_worker_are_those_of_the_contract() -> None:
    MOVES.assert_complete(WORKER_STATES)


@pytest.mark.parametrize(("moves", "state", "command"), cases({"worker": MOVES}))
def test_a_worker_in_each_state(moves: Moves, state: str, command: str) -> None:
    moves.attempt(state, command)
