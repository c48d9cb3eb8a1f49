"""No batch can hang: a step that dies, is refused or stands still goes on from its cursor, and does nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.relief.application.payments import jobs, payees, returning, steps
from services.relief.domain.payments import batch as domain
from services.relief.domain.payments import line, states
from services.relief.domain.payments.job import KINDS
from shared.contracts.relief.payments import codes
from shared.kernel.clock import real_now
from shared.kernel.errors import Unavailable
from shared.store.work import Work
from tests.services.desks import Desk
from tests.services.relief.payments.bank import (
    AUDITOR,
    CHECKER,
    DIRECTOR,
    SENDER,
    Batch,
    answer,
    filled,
    lines,
    workers,
)
from tests.services.relief.samples import assert_sound, fund, get_fund


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of two lines."""
    for module, name in ((steps, "CHUNK"), (steps, "WIDE"), (returning, "CHUNK")):
        monkeypatch.setattr(module, name, 2)


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def money(relief: Desk) -> dict[str, Any]:
    return fund(relief)


@pytest.fixture
def batch(relief: Desk, money: dict[str, Any], desk: Callable[[str], Desk]) -> Batch:
    return filled(relief, money, lines(workers(desk("membership"), 7)))


def times_over(relief: Desk, **columns: Any) -> None:
    """As if the time of every lease, or of the last progress, had passed."""
    past = (real_now() - timedelta(hours=1)).astimezone(tz=None).strftime("%Y-%m-%d %H:%M:%S.%f")
    with relief.database.write() as connection:
        for name in columns or {"lease_until": 1}:
            connection.exec_driver_sql(f"UPDATE payment_jobs SET {name} = ? WHERE finished_at IS NULL", (past,))


def dies_after(chunks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is killed in the transaction of a later chunk, or between two."""
    left, real = [chunks], jobs._set

    def set_(work: Work, job_id: str, **values: Any) -> None:
        if "cursor" in values:
            if not left[0]:
                raise Killed
            left[0] -= 1
        real(work, job_id, **values)

    monkeypatch.setattr(jobs, "_set", set_)


@pytest.mark.parametrize("chunks", range(5))
@pytest.mark.parametrize("step", ["CHECK", "MARK", "BOOK", "RELEASE"])
def test_a_step_that_dies_goes_on_at_its_cursor(relief: Desk, money: dict[str, Any], batch: Batch, step: str,
                                                chunks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    said = None
    if step in ("MARK", "BOOK"):
        batch.approve()
    if step == "BOOK":
        batch.must("send_payment_batch", SENDER, receipt_no="1")
        said = answer(batch.content(batch.files()[0]["id"]), lambda _: "成功")
    with monkeypatch.context() as patch:
        dies_after(chunks, patch)
        start(batch, step, said)
        try:
            relief.tick()
        except Killed:
            assert batch.read()["job"]["done"] == 2 * chunks
    assert batch.settle()["job"] is None or batch.now["job"]["done"] == 2 * chunks, "the dead one's lease still runs"
    times_over(relief)
    batch.settle()
    assert batch.now["job"] is None
    assert after(step, batch, relief, money)
    assert_sound(relief, money["id"])


def start(batch: Batch, step: str, said: bytes | None) -> None:
    if step == "BOOK":
        assert said is not None
        assert batch.load(said)[0] == 201
        return
    operation, who, body = {
        "CHECK": ("check_payment_batch", CHECKER, {}), "MARK": ("send_payment_batch", SENDER, {"receipt_no": "1"}),
        "RELEASE": ("cancel_payment_batch", DIRECTOR, {"reason": "x"})}[step]
    assert batch.do(operation, who, **body)[0] == 200


def after(step: str, batch: Batch, relief: Desk, money: dict[str, Any]) -> bool:
    held = get_fund(relief, money["id"])
    states = {row["state"] for row in batch.rows()}
    found = {
        "CHECK": lambda: batch.now["state"] == "CHECKED", "MARK": lambda: states == {"SENT"},
        "BOOK": lambda: (batch.now["state"], held["paid_fen"], len(relief.told("payments_settled"))) == (
            "SETTLED", 70_000, 4),
        "RELEASE": lambda: (batch.rows(), held["available_fen"]) == ([], money["available_fen"])}
    return bool(found[step]())


def test_membership_away_makes_the_check_wait(relief: Desk, batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> Any:
        raise Unavailable("membership")

    with monkeypatch.context() as patch:
        patch.setitem(payees.PAYEES, "WORKER", payees.Payees(away, away))
        batch.must("check_payment_batch", CHECKER)
        assert (batch.now["state"], batch.now["job"]["done"]) == ("DRAFTED", 0)
        assert batch.now["job"]["reason"].startswith("service-unavailable")
    times_over(relief)
    assert batch.settle()["state"] == "CHECKED"


def test_a_fault_of_one_batch_does_not_hold_up_another(relief: Desk, money: dict[str, Any], batch: Batch,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_work: Work, ids: Any) -> Any:
        if batch_workers & set(ids):
            raise ZeroDivisionError
        return dict.fromkeys(ids, payees.Found(None))

    batch_workers = {row["payee_id"] for row in batch.rows()}
    monkeypatch.setitem(payees.PAYEES, "WORKER", payees.Payees(broken, broken))
    other = filled(relief, money, lines([money["id"]]))
    for one in (batch, other):
        assert one.do("check_payment_batch", CHECKER)[0] == 200
    with pytest.raises(ZeroDivisionError):
        relief.tick()
    relief.tick()
    assert other.read()["state"] == "CHECKED"
    assert batch.read()["job"]["reason"] == "ZeroDivisionError"


def test_the_watchdog_tells_of_a_step_that_stands(relief: Desk, batch: Batch) -> None:
    assert batch.do("check_payment_batch", CHECKER)[0] == 200
    with relief.database.write() as connection:
        connection.exec_driver_sql("UPDATE payment_jobs SET lease_until = '2999-01-01 00:00:00.000000'")
    times_over(relief, progress_at=1)
    for _ in range(2):
        batch.settle()
    assert batch.now["job"]["stuck_since"]
    (told,) = relief.told("payment_batch_stuck")
    assert (told["data"]["job"], told["data"]["batch_id"]) == ("CHECK", batch.now["id"])
    times_over(relief)
    assert batch.settle()["state"] == "CHECKED"


def test_a_cancelled_batch_ends_the_step_in_hand(relief: Desk, money: dict[str, Any], batch: Batch,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        dies_after(1, patch)
        assert batch.do("check_payment_batch", CHECKER)[0] == 200
        with pytest.raises(Killed):
            relief.tick()
    batch.must("cancel_payment_batch", DIRECTOR, reason="x")
    assert (batch.now["state"], batch.now["job"]) == ("CANCELLED", None)
    assert get_fund(relief, money["id"])["available_fen"] == money["available_fen"]
    assert_sound(relief, money["id"])


def test_the_trail_of_the_vault_says_who_asked_for_accounts(batch: Batch, desk: Callable[[str], Desk]) -> None:
    batch.approve()
    found = desk("membership").must("list_audit_entries", AUDITOR, query={"limit": "200"})["items"]
    (entry,) = [one for one in found if one["action"] == "reveal_payees"]
    assert entry["subject_id"] == batch.now["id"]
    assert batch.now["batch_no"] in str(entry["detail"])


def test_the_codes_of_contract_and_domain_are_the_same() -> None:
    assert tuple(codes.JOB_KINDS) == KINDS
    assert (codes.FAULTS, codes.FILE_FORMATS, codes.BATCH_KINDS) == (domain.FAULTS, domain.FORMATS, domain.KINDS)
    assert codes.LINE_STATES == line.LINE_STATES
    assert set(codes.LINE_STATES) == states.LINE.states
    assert set(codes.BATCH_STATES) == states.BATCH.states
    assert set(codes.CORRECTION_STATES) == states.CORRECTION.states
    assert set(codes.OUTCOMES) == set(states.COMMANDS)
