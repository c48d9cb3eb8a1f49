"""Wage advances through the dispatcher: the ¥70,000 case and its branches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from services.membership.adapters.tables import workers as vault
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.samples import (
    AUDITOR,
    CASHIER,
    CHAIR,
    DIRECTOR,
    GROUP,
    MEDIATOR,
    REQUESTED,
    Roster,
    assert_sound,
    fund,
    get_fund,
    propose,
    request,
)

DeskOf = Callable[[str], Desk]


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


@pytest.fixture
def roster(desk: DeskOf) -> Roster:
    return Roster(desk("membership"), [162_791, 200_000, 137_209])


def test_the_case_from_request_to_repayment(desk: DeskOf) -> None:
    relief = desk("relief")
    claims = [162_790 + (10 if n % 2 else -10) for n in range(43)]
    claims[-1] += 7_000_000 - sum(claims)
    roster, money = Roster(desk("membership"), claims), fund(relief)
    case = request(relief, roster)
    assert case.now["proposed_by"] == MEDIATOR.account_id
    case.secure(today() + timedelta(days=7))
    case.pay(money["id"])
    assert_sound(relief, money["id"])
    case.must("record_repayment", CASHIER, amount_fen=3_000_000, receipt_no="SJ-1")
    assert (case.now["state"], case.now["outstanding_fen"]) == ("PARTLY_REPAID", 4_000_000)
    assert_sound(relief, money["id"])
    case.must("record_repayment", CASHIER, amount_fen=4_000_000, receipt_no="SJ-2")
    assert (case.now["state"], case.now["outstanding_fen"]) == ("REPAID", 0)
    assert_sound(relief, money["id"])
    after = get_fund(relief, money["id"])
    assert (after["available_fen"], after["receivable_fen"]) == (10_000_000, 0)
    assert [e["type"].split(".")[1] for e in relief.told() if "advance" in e["type"] or "undertaken" in e["type"]] == [
        "wage_advance_proposed", "wage_advance_approved", "repayment_undertaken", "wage_advance_disbursed",
        "wage_advance_repaid", "wage_advance_repaid"]


def test_what_is_told_when_the_workers_are_paid_and_the_money_comes_back(relief: Desk, roster: Roster) -> None:
    case, money = request(relief, roster), fund(relief)
    case.secure()
    case.pay(money["id"])
    case.must("record_repayment", CASHIER, amount_fen=500_000, receipt_no="SJ-1")
    told, repaid = relief.told("wage_advance_disbursed")[0]["data"], relief.told("wage_advance_repaid")[0]["data"]
    assert told["lines"] == [{k: line[k] for k in ("claim_id", "worker_id", "advanced_fen")} for line in roster.lines]
    assert (told["total_fen"], told["disbursed_on"]) == (500_000, today().isoformat())
    assert repaid == {"advance_id": case.now["id"], "advance_no": case.now["advance_no"],
                      "dispute_id": roster.dispute_id, "amount_fen": 500_000, "repaid_fen": 500_000, "balance_fen": 0,
                      "is_full": True, "repaid_on": today().isoformat()}


def test_each_fen_can_be_followed_to_its_claim(relief: Desk, roster: Roster) -> None:
    case, money = request(relief, roster), fund(relief)
    case.secure()
    case.pay(money["id"])
    entries = relief.must("list_ledger_entries", AUDITOR, path={"fund_id": money["id"]},
                          query={"about_id": case.now["id"]})["items"]
    assert {e["about_part"]: e["amount_fen"] for e in entries} == {
        line["claim_id"]: line["advanced_fen"] for line in roster.lines}
    assert {(e["kind"], e["debit"], e["credit"], e["document_no"]) for e in entries} == {
        ("ADVANCED", "RECEIVABLE", "AVAILABLE", "DF-1")}


def test_central_money_refuses_with_its_document(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    case.secure()
    for source in ("CENTRAL", "LOCAL_FISCAL"):
        money = fund(relief, source)
        status, told = case.do("disburse_wage_advance", CASHIER, fund_id=money["id"], document_no="DF-1")
        assert (status, told["code"]) == (409, "fund-purpose-denied")
        assert get_fund(relief, money["id"])["available_fen"] == 10_000_000
        if source == "CENTRAL":
            assert "总工发〔2015〕20号" in told["detail"]["zh"]
    assert case.read()["state"] == "SECURED"


def test_a_donors_intent_binds(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    case.secure()
    for_students = fund(relief, "SPONSOR", intents=["STUDENT"])
    assert case.refused("disburse_wage_advance", CASHIER, fund_id=for_students["id"],
                        document_no="DF-1") == "fund-purpose-denied"
    case.pay(fund(relief, "SPONSOR", intents=["WAGE_ADVANCE", "LIVING"])["id"])


def test_donated_money_waits_for_the_leading_group(relief: Desk, roster: Roster) -> None:
    case, money = request(relief, roster), fund(relief, "ONE_DAY_DONATION")
    case.secure()
    assert case.refused("disburse_wage_advance", CASHIER, fund_id=money["id"],
                        document_no="DF-1") == "fund-needs-collective-approval"
    case.must("ratify_wage_advance", GROUP)
    case.pay(money["id"])
    assert_sound(relief, money["id"])


def test_the_proposer_may_not_approve_and_the_approver_not_pay(relief: Desk, roster: Roster) -> None:
    case, money = propose(relief, roster), fund(relief)
    proposer = caller(Role.CHAIR, account_id=DIRECTOR.account_id)
    assert case.refused("approve_emergency_advance", proposer) == "separation-of-duty"
    case.secure()
    for account_id in (CHAIR.account_id, DIRECTOR.account_id):
        status, told = case.do("disburse_wage_advance", caller(Role.CASHIER, account_id=account_id),
                               fund_id=money["id"], document_no="DF-1")
        assert (status, told["code"]) == (403, "separation-of-duty")
    assert get_fund(relief, money["id"])["available_fen"] == 10_000_000


def test_a_second_advance_for_the_same_claims_is_refused(relief: Desk, roster: Roster) -> None:
    first = request(relief, roster)
    told = relief.refused("propose_wage_advance", DIRECTOR, body=roster.body)
    assert told["code"] == "claim-already-advanced"
    assert told["params"]["advance_no"] == first.now["advance_no"]
    assert relief.tell(REQUESTED, roster.request) == "done"
    refused = relief.told("wage_advance_refused")[-1]["data"]
    assert refused["dispute_id"] == roster.dispute_id
    assert first.now["advance_no"] in refused["reason"]
    assert first.read()["state"] == "PROPOSED"


def test_after_a_refusal_the_claims_are_free_again(relief: Desk, roster: Roster) -> None:
    request(relief, roster).must("refuse_wage_advance", GROUP, reason="欠薪数额有争议", alternatives=["ARBITRATION"])
    again = propose(relief, roster)
    assert again.now["state"] == "PROPOSED"


def test_the_same_request_delivered_twice_makes_one_advance(relief: Desk, roster: Roster) -> None:
    envelope = {"id": new_id(), "type": REQUESTED, "subject": roster.dispute_id, "sequence": 100, "orgpath": "/37/",
                "actor": "x", "data": roster.request}
    relief.hear([envelope, envelope])
    found = relief.must("list_wage_advances", caller(Role.AUDITOR, org_path="/37/"))
    assert len(found["items"]) == 1


def test_a_request_above_the_cap_is_refused_with_its_reason(relief: Desk, desk: DeskOf) -> None:
    roster = Roster(desk("membership"), [2_000_001])
    assert request(relief, roster).now["state"] == "REFUSED"
    told = relief.told("wage_advance_refused")[0]["data"]
    assert "¥20,000.00" in told["reason"]
    assert relief.told("wage_advance_proposed") == []


def test_workers_and_employers_must_be_known_and_belong_together(relief: Desk, desk: DeskOf, roster: Roster) -> None:
    stranger = people.worker(desk("membership"), people.employer(desk("membership"), "另一公司"))
    for worker_id, code in ((stranger, "worker-of-another-employer"), (new_id(), "worker-unknown")):
        lines = [roster.lines[0], {**roster.lines[1], "worker_id": worker_id}]
        told = relief.refused("propose_wage_advance", DIRECTOR, body={**roster.body, "lines": lines,
                                                                     "total_fen": 362_791})
        assert (told["code"], told["errors"][0]["pointer"]) == (code, "/lines/1/worker_id")
    told = relief.refused("propose_wage_advance", DIRECTOR, body={**roster.body, "employer_id": new_id()})
    assert told["code"] == "dispute-of-another-employer"


def test_repayment_above_the_balance_is_refused_with_the_balance(relief: Desk, roster: Roster) -> None:
    case, money = request(relief, roster), fund(relief)
    case.secure()
    case.pay(money["id"])
    case.must("record_repayment", CASHIER, amount_fen=450_000, receipt_no="SJ-1")
    status, told = case.do("record_repayment", CASHIER, amount_fen=50_001, receipt_no="SJ-2")
    assert (status, told["code"], told["params"]["balance_fen"]) == (409, "repayment-above-balance", 50_000)
    assert case.refused("record_repayment", CASHIER, amount_fen=50_000, receipt_no="SJ-1") == "receipt-known"
    assert case.read()["repaid_fen"] == 450_000
    assert_sound(relief, money["id"])


def test_a_receipt_counts_once_across_advances(relief: Desk, desk: DeskOf) -> None:
    money, cases = fund(relief), [request(relief, Roster(desk("membership"), [100])) for _ in range(2)]
    for case in cases:
        case.secure()
        case.pay(money["id"])
    cases[0].must("record_repayment", CASHIER, amount_fen=100, receipt_no="SJ-1")
    assert cases[1].refused("record_repayment", CASHIER, amount_fen=100, receipt_no="SJ-1") == "receipt-known"


def test_workers_without_a_card_sign_for_cash(relief: Desk, desk: DeskOf) -> None:
    roster, money = Roster(desk("membership"), [1_000, 2_000], with_cards=False), fund(relief)
    case = request(relief, roster)
    case.secure()
    receipts = [{"claim_id": line["claim_id"], "receipt_no": f"XJ-{n}"} for n, line in enumerate(roster.lines)]
    for given in ([], receipts[:1]):
        status, told = case.do("disburse_wage_advance", CASHIER, fund_id=money["id"], document_no="DF-1",
                               cash_receipts=given)
        assert (status, told["code"], told["params"]["count"]) == (409, "bank-card-missing", 2 - len(given))
    case.must("disburse_wage_advance", CASHIER, fund_id=money["id"], document_no="DF-1", cash_receipts=receipts)
    assert [line["cash_receipt_no"] for line in case.now["lines"]] == ["XJ-0", "XJ-1"]


@pytest.mark.parametrize(("column", "value", "fault"), [
    ("bank_holder", "别人", "HOLDER_DIFFERS"), ("state", "MERGED", "PAYEE_INACTIVE")])
def test_an_advance_goes_only_where_name_id_and_card_match(relief: Desk, desk: DeskOf, column: str, value: str,
                                                           fault: str) -> None:
    membership = desk("membership")
    roster, money = Roster(membership, [1_000, 2_000]), fund(relief)
    case = request(relief, roster)
    case.secure()
    wrong = roster.lines[1]
    with membership.database.write() as connection:
        connection.execute(update(vault).where(vault.c.id == wrong["worker_id"]).values({column: value}))
    status, told = case.do("disburse_wage_advance", CASHIER, fund_id=money["id"], document_no="DF-1")
    assert (status, told["code"], told["params"]["workers"]) == (
        409, "advance-payee-unfit", f"{wrong['worker_id']} {fault}")
    assert get_fund(relief, money["id"])["available_fen"] == 10_000_000
    receipt = {"claim_id": wrong["claim_id"], "receipt_no": "XJ-1"}
    case.must("disburse_wage_advance", CASHIER, fund_id=money["id"], document_no="DF-1", cash_receipts=[receipt])
    assert_sound(relief, money["id"])


@pytest.mark.parametrize(("fen", "code"), [(499_999, "fund-insufficient"), (500_000, None)])
def test_the_fund_must_hold_the_total(relief: Desk, roster: Roster, fen: int, code: str | None) -> None:
    case, money = request(relief, roster), fund(relief, fen=fen)
    case.secure()
    _, told = case.do("disburse_wage_advance", CASHIER, fund_id=money["id"], document_no="DF-1")
    assert told.get("code") == code
    assert get_fund(relief, money["id"])["available_fen"] == (fen if code else 0)
    assert_sound(relief, money["id"])


def test_a_frozen_fund_pays_nothing_but_takes_repayments(relief: Desk, desk: DeskOf) -> None:
    money, cases = fund(relief), [request(relief, Roster(desk("membership"), [100])) for _ in range(2)]
    for case in cases:
        case.secure()
    cases[0].pay(money["id"])
    version = get_fund(relief, money["id"])["version"]
    relief.must("freeze_fund", AUDITOR, path={"fund_id": money["id"]}, version=version, body={"reason": "审计"})
    assert cases[1].refused("disburse_wage_advance", CASHIER, fund_id=money["id"], document_no="DF-2") == "fund-frozen"
    cases[0].must("record_repayment", CASHIER, amount_fen=100, receipt_no="SJ-1")
    relief.must("unfreeze_fund", AUDITOR, path={"fund_id": money["id"]}, version=version + 2)
    cases[1].pay(money["id"])
    assert_sound(relief, money["id"])


def test_overdue_recovery_and_write_off(relief: Desk, roster: Roster, on_day: Callable[[int], None]) -> None:
    case, money = request(relief, roster), fund(relief)
    case.secure(today() + timedelta(days=3))
    case.must("ratify_wage_advance", GROUP)
    case.pay(money["id"])
    on_day(3)
    relief.tick()
    assert case.read()["state"] == "DISBURSED"
    on_day(4)
    relief.tick()
    relief.tick()
    told = relief.told("wage_advance_overdue")
    assert [(t["data"]["balance_fen"], t["data"]["employer_id"]) for t in told] == [(500_000, roster.employer_id)]
    case.read()
    case.must("record_repayment", CASHIER, amount_fen=100_000, receipt_no="SJ-1")
    assert case.now["state"] == "OVERDUE"
    case.must("start_recovery", DIRECTOR, note="申请支付令")
    case.must("propose_write_off", GROUP, reason="企业注销,无可执行财产", evidence_no="HX-1")
    assert case.refused("confirm_write_off", caller(Role.AUDITOR, account_id=GROUP.account_id)) == "separation-of-duty"
    case.must("confirm_write_off", AUDITOR)
    assert (case.now["state"], case.now["written_off_fen"], case.now["outstanding_fen"]) == ("WRITTEN_OFF", 400_000, 0)
    after = get_fund(relief, money["id"])
    assert (after["written_off_fen"], after["receivable_fen"], after["available_fen"]) == (400_000, 0, 9_600_000)
    assert_sound(relief, money["id"])


def test_a_missed_ratification_is_told_once(relief: Desk, roster: Roster, on_day: Callable[[int], None]) -> None:
    request(relief, roster).secure(today() + timedelta(days=90))
    for days in (0, 30, 31):
        on_day(days)
        relief.tick()
    assert len(relief.told("wage_advance_ratification_missed")) == 1


def test_a_stale_version_pays_nothing(relief: Desk, roster: Roster) -> None:
    case, money = request(relief, roster), fund(relief)
    case.secure()
    status, told = relief.do("disburse_wage_advance", CASHIER, path={"advance_id": case.now["id"]}, version=1,
                             body={"fund_id": money["id"], "document_no": "DF-1"})
    assert (status, told["current"]["state"]) == (412, "SECURED")


def test_another_units_advance_is_not_found(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    other = caller(Role.CHAIR, org_path="/37/3701/")
    assert relief.refused("get_wage_advance", other, path={"advance_id": case.now["id"]})["status"] == 404
    assert case.refused("approve_emergency_advance", other) == "not-found"
    assert relief.must("list_wage_advances", other)["items"] == []
