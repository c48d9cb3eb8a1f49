"""The helper the service tests stand on does what it says."""

from __future__ import annotations

from collections.abc import Callable

from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller


def test_two_desks_share_their_outside(desk: Callable[[str], Desk]) -> None:
    membership = desk("membership")
    employer_id = people.employer(membership)
    worker_id = people.worker(membership, employer_id)
    found = membership.outside.ask("membership", "describe_workers", {"worker_ids": [worker_id]})
    assert found["workers"][0]["employer_id"] == employer_id
    assert found["workers"][0]["is_migrant"]


def test_what_was_told_is_in_order(desk: Callable[[str], Desk]) -> None:
    membership = desk("membership")
    worker_id = people.worker(membership, people.employer(membership))
    assert [told["type"].split(".")[1] for told in membership.told()] == ["employer_registered", "worker_registered"]
    assert membership.told("worker_registered")[0]["subject"] == worker_id


def test_a_worker_sees_only_their_own_record(desk: Callable[[str], Desk]) -> None:
    membership = desk("membership")
    mine, other = (people.worker(membership, None) for _ in range(2))
    me = caller(Role.WORKER, worker_id=mine)
    assert membership.do("get_worker", me, path={"worker_id": mine})[0] == 200
    assert membership.do("get_worker", me, path={"worker_id": other})[0] == 404


def test_the_clock_can_be_moved(on_day: Callable[[int], None]) -> None:
    before = today()
    on_day(16)
    assert (today() - before).days == 16
