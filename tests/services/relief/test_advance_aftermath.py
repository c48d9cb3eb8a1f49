"""An advance on its way back: reminders, a later day, the employer's own payments, legal's recovery, late money."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.relief.domain.advances import aftermath
from services.relief.domain.advances.states import UNPAID
from services.relief.rules import advances as rules
from shared.contracts.relief.advances.codes import RECOVERY_STAGES
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from tests.services.desks import Desk
from tests.services.relief.samples import (
    AUDITOR,
    CASHIER,
    CHAIR,
    DIRECTOR,
    GROUP,
    Case,
    Roster,
    assert_sound,
    fund,
    get_fund,
    request,
)

DeskOf = Callable[[str], Desk]
OnDay = Callable[[int], None]


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


@pytest.fixture
def roster(desk: DeskOf) -> Roster:
    return Roster(desk("membership"), [100_000, 200_000])


@pytest.fixture
def money(relief: Desk) -> dict[str, Any]:
    return fund(relief)


@pytest.fixture
def paid(relief: Desk, roster: Roster, money: dict[str, Any]) -> Case:
    """Paid today, to be repaid in ten days."""
    case = request(relief, roster)
    case.secure(today() + timedelta(days=10))
    case.pay(money["id"])
    return case


def test_reminders_come_at_half_at_four_fifths_and_the_day_before(relief: Desk, paid: Case, on_day: OnDay) -> None:
    seen = []
    for day in range(13):
        on_day(day)
        relief.tick()
        relief.tick()  # nothing comes twice
        seen.append(len(relief.told("wage_advance_repayment_reminded")))
    assert seen == [0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 3, 3, 3]
    [first, *_] = relief.told("wage_advance_repayment_reminded")
    assert first["data"]["balance_fen"] == 300_000
    assert paid.read()["state"] == "OVERDUE"


def test_a_later_day_is_agreed_by_the_group(relief: Desk, paid: Case, on_day: OnDay) -> None:
    asked = {"reason": "银行复核", "evidence_no": "HD-2"}
    refused = paid.refused("extend_repayment", GROUP, repay_due_on=str(today()), **asked)
    assert refused == "repayment-extension-not-later"
    first, second = today() + timedelta(days=20), today() + timedelta(days=40)
    paid.must("extend_repayment", GROUP, repay_due_on=str(first), **asked)
    assert (paid.now["repay_due_on"], paid.now["extensions"][0]["repay_due_on"]) == (str(first), str(first))
    on_day(21)
    relief.tick()
    assert paid.read()["state"] == "OVERDUE"
    paid.must("extend_repayment", GROUP, repay_due_on=str(second), **asked)
    assert paid.now["state"] == "DISBURSED"
    third = str(second + timedelta(days=1))
    assert paid.refused("extend_repayment", GROUP, repay_due_on=third, **asked) == "repayment-extended-often"
    assert len(relief.told("wage_advance_extended")) == 2


def test_an_extended_advance_that_was_partly_repaid_stays_so(relief: Desk, paid: Case, on_day: OnDay) -> None:
    paid.must("record_repayment", CASHIER, amount_fen=1, receipt_no="R1")
    on_day(11)
    relief.tick()
    paid.read()
    paid.must("extend_repayment", GROUP, repay_due_on=str(today() + timedelta(days=9)), reason="-", evidence_no="H")
    assert paid.now["state"] == "PARTLY_REPAID"


def test_a_mistyped_day_is_put_right_by_two(relief: Desk, roster: Roster, money: dict[str, Any], on_day: OnDay) -> None:
    case = request(relief, roster)
    case.must("approve_emergency_advance", CHAIR)
    far = {"signer": "刘经理", "signed_on": str(today()), "evidence_no": "HD-1"}
    assert case.refused("sign_undertaking", DIRECTOR, **far, repay_due_on=str(today() + timedelta(days=3653))) == (
        "repayment-term-too-long")
    wrong, right = today() + timedelta(days=300), today() + timedelta(days=10)
    case.undertake(wrong)
    assert case.refused("confirm_earlier_day", GROUP) == "repayment-day-not-proposed"
    asked = {"reason": "承诺书写的是十天"}
    for day, code in ((wrong, "repayment-day-not-earlier"), (today() - timedelta(days=1), "deadline-before-start")):
        assert case.refused("propose_earlier_day", DIRECTOR, repay_due_on=str(day), **asked) == code
    case.must("propose_earlier_day", DIRECTOR, repay_due_on=str(right), **asked)
    assert (case.now["repay_due_on"], case.now["day_corrections"][0]["confirmed_by"]) == (str(wrong), None)
    both = replace(GROUP, account_id=DIRECTOR.account_id)
    assert case.refused("confirm_earlier_day", both) == "separation-of-duty"
    case.must("confirm_earlier_day", GROUP)
    assert (case.now["repay_due_on"], case.now["state"]) == (str(right), "SECURED")
    assert case.refused("confirm_earlier_day", GROUP) == "repayment-day-not-proposed"
    case.pay(money["id"])
    on_day(11)
    relief.tick()
    assert case.read()["state"] == "OVERDUE"
    [told] = relief.told("wage_advance_day_corrected")
    assert (told["data"]["was_due_on"], told["data"]["repay_due_on"]) == (str(wrong), str(right))


def _told_by_legal(relief: Desk, paid: Case, stage: str, recovery_id: str) -> None:
    data = {"recovery_id": recovery_id, "advance_id": paid.now["id"]}
    if stage.startswith("case"):
        data["dispute_id"] = paid.now["dispute_id"]
    assert relief.tell(f"legal.recovery_{stage}.v1", data) == "done"
    paid.read()


def test_legal_recovers_and_the_cashier_enters_the_money(relief: Desk, paid: Case, on_day: OnDay,
                                                         money: dict[str, Any]) -> None:
    on_day(11)
    relief.tick()
    recovery, seen = new_id(), []
    for stage in ("case_opened", "order_sought", "order_issued", "order_sought", "case_recovered"):
        _told_by_legal(relief, paid, stage, recovery)
        seen.append((paid.now["recovery_stage"], paid.now["state"]))
    assert seen == [("OPENED", "OVERDUE"), ("ORDER_SOUGHT", "RECOVERING"), ("ORDER_ISSUED", "RECOVERING"),
                    ("ORDER_ISSUED", "RECOVERING"), ("RECOVERED", "RECOVERING")]
    assert (paid.now["outstanding_fen"], paid.now["recovery_id"]) == (300_000, recovery)
    found = relief.must("list_wage_advances", CASHIER, query={"recovery_stage": "RECOVERED"})["items"]
    assert [row["id"] for row in found] == [paid.now["id"]]
    paid.must("record_repayment", CASHIER, amount_fen=300_000, receipt_no="FY-1")
    assert paid.now["state"] == "REPAID"
    assert_sound(relief, money["id"])


def test_legal_about_an_advance_of_nobody_changes_nothing(relief: Desk) -> None:
    data = {"recovery_id": new_id(), "advance_id": new_id(), "dispute_id": new_id()}
    assert relief.tell("legal.recovery_case_closed.v1", data) == "done"


@pytest.fixture
def written_off(relief: Desk, paid: Case, on_day: OnDay) -> Case:
    on_day(11)
    relief.tick()
    paid.read()
    paid.must("start_recovery", DIRECTOR, note="支付令")
    refused = paid.refused("propose_write_off", GROUP, reason="破产终结", evidence_no="PC-1")
    assert refused == "write-off-before-ratification"
    paid.must("ratify_wage_advance", GROUP)
    paid.must("propose_write_off", GROUP, reason="破产终结", evidence_no="PC-1")
    paid.must("confirm_write_off", AUDITOR)
    return paid


def test_money_after_the_write_off_returns_to_the_fund(relief: Desk, written_off: Case, money: dict[str, Any]) -> None:
    before = get_fund(relief, money["id"])
    written_off.must("record_repayment", CASHIER, amount_fen=120_000, receipt_no="PC-2")
    after = get_fund(relief, money["id"])
    assert (written_off.now["state"], written_off.now["written_off_fen"], written_off.now["repaid_fen"]) == (
        "WRITTEN_OFF", 180_000, 120_000)
    assert after["available_fen"] - before["available_fen"] == 120_000
    assert (after["written_off_fen"], after["receivable_fen"]) == (180_000, 0)
    for fen, receipt_no, code in ((180_001, "PC-3", "late-repayment-above-write-off"), (1, "PC-2", "receipt-known")):
        assert written_off.refused("record_repayment", CASHIER, amount_fen=fen, receipt_no=receipt_no) == code
    [told] = relief.told("wage_advance_late_repaid")
    assert (told["data"]["amount_fen"], told["data"]["written_off_fen"]) == (120_000, 180_000)
    assert_sound(relief, money["id"])


def _pay(*payments: tuple[str, int]) -> dict[str, Any]:
    return {"payments": [{"claim_id": claim, "amount_fen": fen} for claim, fen in payments], "evidence_no": "YH-9"}


def test_what_the_employer_paid_itself_is_not_advanced(relief: Desk, roster: Roster, money: dict[str, Any]) -> None:
    case = request(relief, roster)
    first, second = (line["claim_id"] for line in roster.lines)
    case.must("record_employer_payment", DIRECTOR, **_pay((first, 100_000), (second, 50_000)))
    assert (case.now["total_fen"], case.now["state"]) == (150_000, "PROPOSED")
    case.secure()
    case.pay(money["id"])
    assert (case.now["disbursed_fen"], get_fund(relief, money["id"])["receivable_fen"]) == (150_000, 150_000)
    [told] = relief.told("wage_advance_disbursed")
    assert [(line["claim_id"], line["advanced_fen"]) for line in told["data"]["lines"]] == [(second, 150_000)]
    case.must("record_repayment", CASHIER, amount_fen=150_000, receipt_no="R1")
    assert case.now["state"] == "REPAID"
    assert_sound(relief, money["id"])


def test_all_paid_by_the_employer_there_is_nothing_to_advance(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    first, second = (line["claim_id"] for line in roster.lines)
    case.must("record_employer_payment", CASHIER, **_pay((first, 100_000), (second, 200_000)))
    assert case.now["state"] == "REFUSED"
    status, data = relief.do("propose_wage_advance", DIRECTOR, body=roster.body)
    assert (status, data["code"]) == (409, "claim-paid-by-employer")


def test_paid_twice_is_told(relief: Desk, roster: Roster, paid: Case) -> None:
    paid.must("record_employer_payment", DIRECTOR, **_pay((roster.lines[1]["claim_id"], 50_000)))
    more = {**_pay((roster.lines[1]["claim_id"], 10_000)), "evidence_no": "YH-10"}
    paid.must("record_employer_payment", DIRECTOR, **more)
    told = [one["data"]["twice_fen"] for one in relief.told("wage_advance_employer_paid")]
    assert (told, paid.now["outstanding_fen"]) == ([50_000, 10_000], 300_000)


def test_a_payment_for_a_claim_of_another_case_is_refused(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    assert case.refused("record_employer_payment", DIRECTOR, **_pay((new_id(), 1))) == "claim-not-in-advance"
    claim = roster.lines[0]["claim_id"]
    assert case.refused("record_employer_payment", DIRECTOR, **_pay((claim, 1), (claim, 2))) == "claim-twice"
    assert case.read()["total_fen"] == 300_000


def _perform(relief: Desk, roster: Roster) -> None:
    performed = {"dispute_id": roster.dispute_id, "case_no": "TJ37020220260000018", "visit_id": None, "headcount": 2,
                 "performed_on": str(today())}
    assert relief.tell("mediation.mediation_performed.v1", performed) == "done"


@pytest.mark.parametrize("state", UNPAID)
def test_once_the_agreement_is_performed_no_advance_is_paid(relief: Desk, roster: Roster, money: dict[str, Any],
                                                            state: str) -> None:
    case = request(relief, roster)
    if state != "PROPOSED":
        case.must("approve_wage_advance", GROUP)
    if state == "SECURED":
        case.undertake()
    _perform(relief, roster)
    assert case.read()["state"] == "REFUSED"
    assert case.refused("disburse_wage_advance", CASHIER, fund_id=money["id"], document_no="D") == "wrong-state"


def test_a_paid_advance_outlives_the_performed_agreement(relief: Desk, roster: Roster, paid: Case) -> None:
    _perform(relief, roster)
    assert paid.read()["state"] == "DISBURSED"


@pytest.fixture
def local_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of local rules with the shipped example, adopted for this place."""
    folder = tmp_path / "rules"
    folder.mkdir()
    shutil.copy(rules.HERE / "adoptable" / "wage_advance.yaml", folder)
    file = folder / "wage_advance.yaml"
    file.write_text(file.read_text("utf-8").replace('"2107"', '"3702"'), "utf-8")
    monkeypatch.setenv("BANGFU_RULES", str(folder))
    return file


def test_a_place_may_adopt_a_month_of_minimum_wage_and_a_fifth_of_the_arrears(relief: Desk, roster: Roster,
                                                                              local_rules: Path) -> None:
    """锦州2018: no more than a month's minimum wage each, no more than 20 % together."""
    def ask(*fen: int) -> tuple[int, Any]:
        lines = [{**line, "advanced_fen": one} for line, one in zip(roster.lines, fen, strict=True)]
        return relief.do("propose_wage_advance", DIRECTOR, body={**roster.body, "lines": lines, "total_fen": sum(fen)})

    assert ask(30_000, 30_001)[1]["code"] == "advance-above-cap"
    text = local_rules.read_text("utf-8")
    local_rules.write_text(text.replace("most_per_worker_fen: 150000", "most_per_worker_fen: 29999"), "utf-8")
    assert ask(30_000, 30_000)[1]["code"] == "advance-above-cap"
    local_rules.write_text(text, "utf-8")
    assert ask(30_000, 30_000)[0] == 201


def test_an_employer_may_owe_so_much_and_no_more(relief: Desk, desk: DeskOf, tmp_path: Path,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = (rules.HERE / "wage_advance.yaml").read_text("utf-8")
    limited = shipped.replace("most_employer_fen: 100000000", "most_employer_fen: 400000")
    (tmp_path / "wage_advance.yaml").write_text(limited, "utf-8")
    monkeypatch.setenv("BANGFU_RULES", str(tmp_path))
    money = [fund(relief), fund(relief)]
    rosters = [Roster(desk("membership"), [250_000]) for _ in range(2)]
    rosters[1].employer_id = rosters[0].employer_id
    cases = [request(relief, roster) for roster in rosters]
    for case in cases:
        case.secure()
    cases[0].pay(money[0]["id"])
    asked = {"fund_id": money[1]["id"], "document_no": "D"}
    assert cases[1].refused("disburse_wage_advance", CASHIER, **asked) == "advance-above-cap"
    cases[0].must("record_repayment", CASHIER, amount_fen=100_000, receipt_no="R1")
    cases[1].must("disburse_wage_advance", CASHIER, **asked)
    third = Roster(desk("membership"), [10_000])
    third.employer_id = rosters[0].employer_id
    assert request(relief, third).now["state"] == "REFUSED"


def test_lists_find_what_falls_due(relief: Desk, paid: Case) -> None:
    def found(**query: Any) -> list[str]:
        return [row["id"] for row in relief.must("list_wage_advances", CASHIER, query=query)["items"]]

    due = date.fromisoformat(paid.now["repay_due_on"])
    assert found(due_before=str(due + timedelta(days=1))) == [paid.now["id"]] == found(fund_id=paid.now["fund_id"])
    assert found(due_before=str(due)) == [] == found(fund_id=new_id()) == found(is_emergency="false")
    assert found(is_emergency="true") == [paid.now["id"]]


def test_the_stages_and_the_codes_agree() -> None:
    assert aftermath.STAGES == RECOVERY_STAGES
