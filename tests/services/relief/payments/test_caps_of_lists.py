"""Caps and levels of approval hold for lists as they do for applications and campaigns, whatever money pays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.applications.matters import DIBAO_FEN, GROUP, Application, active_file, apply
from tests.services.relief.payments.bank import (
    APPROVER,
    CHECKER,
    DIRECTOR,
    DRAFTER,
    Batch,
    filled,
    lines,
    workers,
)
from tests.services.relief.samples import fund, give_card

Desks = Callable[[str], Desk]
CAP_FEN = 12 * DIBAO_FEN


@pytest.fixture
def relief(desk: Desks) -> Desk:
    return desk("relief")


@pytest.fixture
def money(relief: Desk) -> dict[str, Any]:
    return fund(relief, fen=10**10)


def head(desk: Desks, grade: str = "DEEP") -> str:
    worker_id = people.worker(desk("membership"), None)
    give_card(desk("membership"), worker_id)
    active_file(desk("relief"), [worker_id], grade=grade)
    return worker_id


def checked(relief: Desk, money: dict[str, Any], sent: list[dict[str, Any]], **more: Any) -> Batch:
    batch = filled(relief, money, sent, **more)
    batch.must("check_payment_batch", CHECKER)
    return batch


def faults(batch: Batch) -> list[str | None]:
    return [row["fault"] for row in sorted(batch.rows(), key=lambda row: str(row["about_part"]))]


def test_a_line_above_the_cap_says_which_and_why(desk: Desks, relief: Desk, money: dict[str, Any]) -> None:
    one = head(desk)
    checked(relief, money, lines([one], 2 * DIBAO_FEN))
    batch = checked(relief, money, lines([one], 11 * DIBAO_FEN))
    assert (faults(batch), batch.now["state"]) == (["ABOVE_CAP"], "DRAFTED")
    [row] = batch.rows()
    for words in ("¥12,000.00", "¥2,000.00", "¥10,000.00", "¥11,000.00", "NATIONAL / LIVING / DEEP", "本平台默认值"):
        assert words in row["fault_note"], words
    batch.must("remove_payment_lines", DRAFTER, faulty=True, reason="超限额")
    assert [row["fault"] for row in checked(relief, money, lines([one], 10 * DIBAO_FEN)).rows()] == [None]


def test_several_lines_of_one_list_count_together(desk: Desks, relief: Desk, money: dict[str, Any]) -> None:
    one = head(desk)
    assert faults(checked(relief, money, lines([one, one], CAP_FEN // 2 + 1))) == ["ABOVE_CAP"] * 2


def test_an_application_counts_for_a_list_and_a_list_for_an_application(desk: Desks, relief: Desk,
                                                                        money: dict[str, Any]) -> None:
    one = head(desk)
    case: Application = apply(relief, one)
    case.propose(5 * DIBAO_FEN)
    case.approve(money["id"], GROUP)
    assert faults(checked(relief, money, lines([one], 7 * DIBAO_FEN + 1))) == ["ABOVE_CAP"]


@pytest.mark.parametrize(("purpose", "fen", "fault"), [
    ("TEMPORARY", 300_000, None), ("TEMPORARY", 300_001, "ABOVE_CAP"), ("FESTIVAL", 200_001, "ABOVE_CAP"),
    ("FESTIVAL", 200_000, None), ("LIVING", 5_000_000, None), ("JOB_INTRODUCTION", 5_000_000, None)])
def test_who_has_no_file_is_held_to_the_rule_for_these(desk: Desks, relief: Desk, money: dict[str, Any], purpose: str,
                                                       fen: int, fault: str | None) -> None:
    sent = lines(workers(desk("membership"), 1), fen)
    assert faults(checked(relief, money, sent, purpose=purpose, is_collective=True)) == [fault]


def test_a_person_without_a_file_has_one_ceiling_a_year(desk: Desks, relief: Desk, money: dict[str, Any]) -> None:
    (one,) = workers(desk("membership"), 1)
    assert faults(checked(relief, money, lines([one], 200_000), purpose="TEMPORARY")) == [None]
    assert faults(checked(relief, money, lines([one], 100_001), purpose="TEMPORARY")) == ["ABOVE_CAP"]
    case = apply(relief, one, "TEMPORARY")
    assert case.compute() == 0, "both lists stand against it"


def test_an_occasion_counts_by_list(desk: Desks, relief: Desk, money: dict[str, Any]) -> None:
    (one,) = workers(desk("membership"), 1)
    assert faults(checked(relief, money, lines([one, one], 100_001), purpose="FESTIVAL")) == ["ABOVE_CAP"] * 2
    for _ in range(2):
        assert faults(checked(relief, money, lines([one], 200_000), purpose="FESTIVAL")) == [None]


def test_of_a_bill_that_no_list_names_the_ceiling_of_the_year_holds(desk: Desks, relief: Desk,
                                                                    money: dict[str, Any]) -> None:
    relative, deep = head(desk, "RELATIVE"), head(desk)
    batch = checked(relief, money, lines([relative, deep], 2_000_001), purpose="MEDICAL")
    assert faults(batch) == ["ABOVE_CAP", None]


@pytest.mark.parametrize(("count", "fen", "refused", "may"), [
    (1, 1_000_000, (), Role.CENTRE_DIRECTOR), (1, 1_000_001, (Role.CENTRE_DIRECTOR,), Role.CHAIR),
    (1, 5_000_001, (Role.CENTRE_DIRECTOR, Role.CHAIR), Role.LEADING_GROUP),
    (6, 900_000, (Role.CENTRE_DIRECTOR,), Role.CHAIR)])
def test_a_list_is_approved_by_the_level_of_its_sums(desk: Desks, relief: Desk, money: dict[str, Any], count: int,
                                                     fen: int, refused: tuple[Role, ...], may: Role) -> None:
    batch = checked(relief, money, lines(workers(desk("membership"), count), fen))
    for role in refused:
        assert batch.refused("approve_payment_batch", caller(role)) == "relief-approval-level"
    assert (batch.read()["state"], batch.now["job"]) == ("CHECKED", None)
    assert batch.must("approve_payment_batch", caller(may))["state"] == "APPROVED"


def test_the_lines_of_one_household_make_one_sum(desk: Desks, relief: Desk, money: dict[str, Any]) -> None:
    couple = workers(desk("membership"), 2)
    active_file(relief, couple)
    batch = checked(relief, money, lines(couple, 550_000))
    status, told = batch.do("approve_payment_batch", DIRECTOR)
    assert (status, told["code"], told["params"]["amount"], told["params"]["most"]) == (
        403, "relief-approval-level", "¥11,000.00", "¥10,000.00")
    assert "R9" in told["detail"]["zh"]
    assert batch.must("approve_payment_batch", APPROVER)["state"] == "APPROVED"
