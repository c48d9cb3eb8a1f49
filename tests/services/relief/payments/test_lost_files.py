"""What was approved for a file is not paid once that is suspended or cancelled, whenever it happens."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.relief.application.applications.by_file import inside
from services.relief.application.payments import building, entitled, steps
from tests.services import people
from tests.services.desks import Desk
from tests.services.relief import households
from tests.services.relief.applications import crowds, matters
from tests.services.relief.funds.money import work
from tests.services.relief.payments.bank import APPROVER, CHECKER, DRAFTER, SENDER, Batch, filled, lines, trail
from tests.services.relief.samples import assert_sound, fund, get_fund, give_card
from tests.services.relief.test_races import TwoDesks

Desks = Callable[[str], Desk]
FEN = 100_000
CAP_FEN = 12 * matters.DIBAO_FEN


@pytest.fixture
def relief(desk: Desks) -> Desk:
    return desk("relief")


class Paid:
    """Relief that is approved and reserved for some households, in a batch that has collected it."""

    def __init__(self, desk: Desks, count: int = 2, relief: Desk | None = None) -> None:
        self.relief = relief or desk("relief")
        self.money = fund(self.relief)
        self.heads = [people.worker(desk("membership"), None) for _ in range(count)]
        for head in self.heads:
            give_card(desk("membership"), head)
        self.files = [households.File(self.relief, matters.active_file(self.relief, [head])) for head in self.heads]

    def by_applications(self) -> Paid:
        for head in self.heads:
            case = matters.apply(self.relief, head)
            case.propose(FEN)
            case.approve(self.money["id"])
        return self

    def by_campaign(self) -> Paid:
        case = crowds.draft(self.relief, relief_type="LIVING", amounts_fen={"DEEP": FEN})
        assert case.approve(self.money["id"])["reserved_count"] == len(self.heads)
        return self

    def batch(self) -> Batch:
        body = {"fund_id": self.money["id"], "purpose": "LIVING", "kind": "COLLECT"}
        batch = Batch(self.relief, self.relief.must("draft_payment_batch", DRAFTER, body=body))
        batch.settle()
        assert batch.now["lines_count"] == len(self.heads)
        return batch

    def faults(self, batch: Batch) -> list[str | None]:
        batch.must("check_payment_batch", CHECKER)
        found = {row["payee_id"]: row["fault"] for row in batch.rows()}
        return [found[head] for head in self.heads]


def suspend(file: households.File) -> None:
    file.must("suspend_hardship_file", households.COUNTY, reason="涉嫌骗取")


WAYS = pytest.mark.parametrize("way", [Paid.by_applications, Paid.by_campaign], ids=["application", "campaign"])


@WAYS
def test_the_check_tells_of_a_suspended_and_of_a_cancelled_file(desk: Desks, way: Callable[[Paid], Paid]) -> None:
    paid = way(Paid(desk, 3))
    batch = paid.batch()
    suspend(paid.files[0])
    paid.files[1].must("cancel_hardship_file", households.DIRECTOR, reason="FRAUD")
    assert paid.faults(batch) == ["FILE_NOT_IN_FORCE", "FILE_NOT_IN_FORCE", None]
    assert (batch.now["state"], batch.now["faults_count"]) == ("DRAFTED", 2)
    batch.must("remove_payment_lines", DRAFTER, faulty=True, reason="档案暂停或注销")
    assert get_fund(paid.relief, paid.money["id"])["reserved_fen"] == 3 * FEN, "it waits until that is settled"
    paid.files[0].must("resume_hardship_file", households.COUNTY, reason="排除嫌疑")
    batch.approve()
    assert (batch.now["lines_count"], batch.now["total_fen"]) == (1, FEN)
    later = Batch(paid.relief, paid.relief.must("draft_payment_batch", DRAFTER, body={
        "fund_id": paid.money["id"], "purpose": "LIVING", "kind": "COLLECT"}))
    later.settle()
    later.must("check_payment_batch", CHECKER)
    assert {row["payee_id"]: row["fault"] for row in later.rows()} == {
        paid.heads[0]: None, paid.heads[1]: "FILE_NOT_IN_FORCE"}


@WAYS
def test_whoever_is_suspended_after_the_check_is_not_in_the_bank_file(desk: Desks, way: Callable[[Paid], Paid]) -> None:
    paid = way(Paid(desk))
    batch = paid.batch()
    assert paid.faults(batch) == [None, None]
    suspend(paid.files[1])
    batch.must("approve_payment_batch", APPROVER)
    assert (batch.now["state"], batch.now["lines_count"], batch.now["total_fen"]) == ("APPROVED", 1, FEN)
    [file] = batch.files()
    assert (file["lines_count"], file["total_fen"]) == (1, FEN)
    [left] = matters_lines(paid, paid.heads[1])
    assert (left["state"], left["reason"], left["batch_id"]) == ("RESERVED", "FILE_NOT_IN_FORCE", None)
    assert get_fund(paid.relief, paid.money["id"])["reserved_fen"] == 2 * FEN
    assert_sound(paid.relief, paid.money["id"])


def matters_lines(paid: Paid, worker_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = paid.relief.must(
        "list_payment_lines", DRAFTER, query={"payee_id": worker_id})["items"]
    return found


def test_a_file_suspended_while_the_bank_file_is_made_has_it_made_again(desk: Desks,
                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    paid = Paid(desk).by_applications()
    batch = paid.batch()
    assert paid.faults(batch) == [None, None]
    whole, made = building._file, []

    def meanwhile(*args: Any) -> dict[str, Any]:
        if not made:
            suspend(paid.files[0])
        made.append(args[-1])
        return whole(*args)

    monkeypatch.setattr(building, "_file", meanwhile)
    batch.must("approve_payment_batch", APPROVER)
    assert [len(sent) for sent in made] == [2, 1]
    [file] = batch.files()
    assert (file["number"], file["lines_count"], batch.now["lines_count"]) == (1, 1, 1)
    assert batch.now["job"] is None


@WAYS
def test_a_bank_file_with_a_suspended_household_stays_in_the_house(desk: Desks, way: Callable[[Paid], Paid]) -> None:
    paid = way(Paid(desk, 3))
    batch = paid.batch()
    batch.approve()
    [file] = batch.files()
    suspend(paid.files[0])
    paid.files[1].must("cancel_hardship_file", households.DIRECTOR, reason="FRAUD")
    out = sorted(row["id"] for row in batch.rows() if row["payee_id"] in paid.heads[:2])
    told = paid.relief.refused("download_bank_file", SENDER, path={"file_id": file["id"]})
    assert (told["code"], told["params"]) == ("bank-file-not-in-force", {"count": 2, "lines": ", ".join(out)})
    assert batch.refused("send_payment_batch", SENDER, receipt_no="YH-1") == "bank-file-not-in-force"
    assert (batch.read()["state"], get_fund(paid.relief, paid.money["id"])["reserved_fen"]) == ("APPROVED", 3 * FEN)
    paid.files[0].must("resume_hardship_file", households.COUNTY, reason="排除嫌疑")
    told = paid.relief.refused("download_bank_file", SENDER, path={"file_id": file["id"]})
    assert told["params"]["count"] == 1
    batch.must("cancel_payment_batch", APPROVER, reason="档案注销")
    again = paid.batch()
    assert paid.faults(again) == [None, "FILE_NOT_IN_FORCE", None]
    again.must("remove_payment_lines", DRAFTER, faulty=True, reason="档案注销")
    again.approve()
    [file] = again.files()
    content = again.content(file["id"])
    again.must("send_payment_batch", SENDER, receipt_no="YH-2")
    suspend(paid.files[0])
    assert (again.now["state"], again.content(file["id"])) == ("SENT", content), "what the bank has can be looked at"
    assert_sound(paid.relief, paid.money["id"])


def test_what_the_bank_cannot_give_back_is_entered_and_noted(desk: Desks) -> None:
    paid = Paid(desk).by_applications()
    batch = paid.batch()
    batch.approve()
    suspend(paid.files[0])
    [line] = [row["id"] for row in batch.rows() if row["payee_id"] == paid.heads[0]]
    batch.must("send_payment_batch", SENDER, receipt_no="YH-1", is_irrevocable=True)
    assert (batch.now["state"], batch.now["lines_count"]) == ("SENT", 2)
    [noted] = trail(paid.relief, "send_not_in_force")
    assert line in noted["detail"]


def test_nobody_suspends_a_file_between_the_last_look_and_the_bank_file(two: TwoDesks, desk: Desks) -> None:
    paid = Paid(desk, 1, two[0]).by_applications()
    batch = paid.batch()
    elsewhere = households.File(two[1], paid.files[0].now)
    with ThreadPoolExecutor(1) as pool:
        with work(two[0]) as unit:
            rows = unit.session.execute(steps.of_batch(batch.now["id"], "", 10)).all()
            assert entitled.lost(inside(unit), rows, hold=True) == {}
            waiting = pool.submit(suspend, elsewhere)
            with pytest.raises(TimeoutError):
                waiting.result(0.5)
        waiting.result(30)
    assert {fault.code for fault in entitled.faults(work(two[0]), rows).values()} == {"FILE_NOT_IN_FORCE"}


def test_money_follows_a_household_into_the_file_that_took_it_in(desk: Desks) -> None:
    paid = Paid(desk).by_applications()
    batch = paid.batch()
    paid.files[0].must("merge_hardship_files", households.COUNTY, other_file_id=paid.files[1].now["id"],
                       head_relation="SPOUSE", reason="同一家庭")
    assert paid.faults(batch) == [None, None]
    batch.must("cancel_payment_batch", APPROVER, reason="另行归集")
    again = paid.batch()
    suspend(paid.files[0])
    assert paid.faults(again) == ["FILE_NOT_IN_FORCE"] * 2


def merge(paid: Paid) -> None:
    paid.files[0].must("merge_hardship_files", households.COUNTY, other_file_id=paid.files[1].read()["id"],
                       head_relation="SPOUSE", reason="同一家庭")


@WAYS
def test_a_merged_household_has_one_cap(desk: Desks, way: Callable[[Paid], Paid],
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.FEN", CAP_FEN)
    paid = way(Paid(desk))
    batch = paid.batch()
    merge(paid)
    assert paid.faults(batch) == ["ABOVE_CAP"] * 2
    assert all(words in batch.rows()[0]["fault_note"] for words in ("¥12,000.00", "¥0.00", "本户本年度"))
    assert batch.now["state"] == "DRAFTED"
    assert_sound(paid.relief, paid.money["id"])


def test_what_a_merged_household_may_not_have_is_withdrawn_and_the_rest_is_paid(
        desk: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.FEN", CAP_FEN)
    paid = Paid(desk).by_applications()
    batch = paid.batch()
    merge(paid)
    assert paid.faults(batch) == ["ABOVE_CAP"] * 2
    [line] = [row["id"] for row in batch.rows() if row["payee_id"] == paid.heads[1]]
    batch.must("remove_payment_lines", DRAFTER, line_ids=[line], reason="合并后超限额")
    batch.must("check_payment_batch", CHECKER)
    assert [row["fault"] for row in batch.rows()] == ["ABOVE_CAP"], "the other sum is on its way still"
    [asked] = paid.relief.must("list_relief_applications", matters.COUNTY,
                               query={"worker_id": paid.heads[1]})["items"]
    matters.Application(paid.relief, asked).must("withdraw_relief", matters.OFFICER, reason="合并后超限额")
    batch.approve()
    assert (batch.now["lines_count"], batch.now["total_fen"]) == (1, CAP_FEN)
    assert get_fund(paid.relief, paid.money["id"])["reserved_fen"] == CAP_FEN
    assert_sound(paid.relief, paid.money["id"])


def test_who_are_merged_after_the_check_are_not_in_the_bank_file(desk: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.FEN", CAP_FEN)
    paid = Paid(desk).by_applications()
    batch = paid.batch()
    assert paid.faults(batch) == [None, None]
    merge(paid)
    batch.must("approve_payment_batch", APPROVER)
    assert (batch.now["lines_count"], batch.files()) == (0, [])
    assert {row["reason"] for head in paid.heads for row in matters_lines(paid, head)} == {"ABOVE_CAP"}


def test_who_are_merged_after_the_bank_file_was_made_stop_it(desk: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.FEN", CAP_FEN)
    paid = Paid(desk).by_applications()
    batch = paid.batch()
    batch.approve()
    merge(paid)
    assert batch.refused("send_payment_batch", SENDER, receipt_no="YH-1") == "bank-file-not-in-force"


def test_a_list_of_central_money_is_looked_at_again_too(desk: Desks, relief: Desk) -> None:
    membership, central = desk("membership"), fund(relief, "CENTRAL")
    head = people.worker(membership, None, registration="LOCAL_URBAN")
    give_card(membership, head)
    file = households.File(relief, matters.active_file(relief, [head], level="NATIONAL"))
    batch = filled(relief, central, lines([head]))
    batch.must("check_payment_batch", CHECKER)
    assert batch.now["state"] == "CHECKED"
    suspend(file)
    batch.must("approve_payment_batch", APPROVER)
    assert (batch.now["lines_count"], batch.files()) == (0, [])
    assert get_fund(relief, central["id"])["reserved_fen"] == 0, "what a list gave up is free again"
    assert_sound(relief, central["id"])


def test_a_list_of_central_money_is_looked_at_before_it_is_sent(desk: Desks, relief: Desk,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entitled, "CHUNK", 1)
    membership, central = desk("membership"), fund(relief, "CENTRAL")
    heads = [people.worker(membership, None, registration="LOCAL_URBAN") for _ in range(3)]
    for head in heads:
        give_card(membership, head)
    files = [households.File(relief, matters.active_file(relief, [head], level="NATIONAL")) for head in heads]
    batch = filled(relief, central, lines(heads))
    batch.approve()
    assert batch.now["lines_count"] == 3
    for file in files[:2]:
        suspend(file)
    told = relief.refused("send_payment_batch", SENDER, path=batch.path, version=batch.read()["version"],
                          body={"receipt_no": "YH-1"})
    assert (told["code"], told["params"]["count"]) == ("bank-file-not-in-force", 2)
