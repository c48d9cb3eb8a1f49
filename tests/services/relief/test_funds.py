"""Funds through the dispatcher: receipts, the ledger kept by the database, the purpose matrix and its file."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.relief import rules
from services.relief.application.funds import accounts
from services.relief.domain.funds.ledger import ACCOUNTS, KINDS
from services.relief.domain.funds.purposes import FISCAL_LEVELS, MONEY_CODES, PURPOSES, SOURCES, VERDICTS
from services.relief.domain.means.means_test import GRADES
from services.relief.rules import funds as fund_rules
from shared.contracts.relief.files.codes import GRADES as FILE_GRADES
from shared.contracts.relief.funds import codes
from shared.kernel.dated import RuleGap, RuleOverlap, RuleTableError
from shared.kernel.ids import new_id
from shared.kernel.parameters import RULES_VARIABLE
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller, pointers
from tests.services.relief.samples import AUDITOR, CASHIER, DIRECTOR, assert_sound, fund, get_fund, receive

DAY = date(2026, 5, 6)


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


def test_the_contract_and_the_domain_have_the_same_codes() -> None:
    assert (codes.SOURCES, codes.PURPOSES, codes.VERDICTS, codes.FISCAL_LEVELS) == (
        SOURCES, PURPOSES, VERDICTS, FISCAL_LEVELS)
    assert (ACCOUNTS, tuple(KINDS), GRADES) == (codes.ACCOUNTS, codes.ENTRY_KINDS, FILE_GRADES)


def test_money_comes_in_by_numbered_entries(relief: Desk) -> None:
    money = fund(relief, fen=0)
    entries = [receive(relief, money["id"], fen) for fen in (100, 250)]
    assert [(e["number"], e["debit"], e["credit"]) for e in entries] == [
        (1, "AVAILABLE", "SOURCE"), (2, "AVAILABLE", "SOURCE")]
    assert entries[1]["previous_hash"] == entries[0]["hash"]
    after = get_fund(relief, money["id"])
    assert (after["available_fen"], after["received_fen"], after["entries_count"]) == (350, 350, 2)
    assert [e["data"]["amount_fen"] for e in relief.told("funds_received")] == [100, 250]
    assert_sound(relief, money["id"])


def test_a_receipt_is_entered_once_also_into_another_fund_of_the_unit(relief: Desk) -> None:
    one, two = fund(relief, fen=0), fund(relief, "SPONSOR", fen=0)
    receive(relief, one["id"], 100, "SJ-1")
    for money in (one, two):
        told = relief.refused("receive_funds", CASHIER, path={"fund_id": money["id"]},
                              body={"amount_fen": 100, "receipt_no": "SJ-1"})
        assert (told["status"], told["code"]) == (409, "receipt-known")
    assert get_fund(relief, two["id"])["received_fen"] == 0


def test_a_repeated_command_enters_once(relief: Desk) -> None:
    money, key = fund(relief, fen=0), new_id()
    body = {"amount_fen": 100, "receipt_no": "SJ-1"}
    answers = [relief.do("receive_funds", CASHIER, path={"fund_id": money["id"]}, body=body, key=key) for _ in "ab"]
    assert answers[0] == answers[1]
    assert get_fund(relief, money["id"])["received_fen"] == 100


def test_receipts_at_once_all_count(relief: Desk) -> None:
    money = fund(relief, fen=0)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda fen: receive(relief, money["id"], fen), range(1, 21)))
    assert get_fund(relief, money["id"])["received_fen"] == 210
    assert_sound(relief, money["id"])


@pytest.mark.parametrize("amount", [0, -5, 1.5, "100", None, True, 2**53])
def test_amounts_that_are_none_are_refused(relief: Desk, amount: object) -> None:
    told = relief.refused("receive_funds", CASHIER, path={"fund_id": fund(relief, fen=0)["id"]},
                          body={"amount_fen": amount, "receipt_no": "SJ-1"})
    assert told["status"] == 422
    assert pointers(told) == ["/amount_fen"]


def test_only_sponsors_have_intents(relief: Desk) -> None:
    told = relief.refused("open_fund", DIRECTOR, body={"source": "UNION", "name": "工会经费", "intents": ["STUDENT"]})
    assert told["code"] == "intent-not-for-source"


@pytest.mark.parametrize("change", ["UPDATE ledger_entries SET amount_fen = 1", "DELETE FROM ledger_entries"])
def test_the_database_keeps_entries_as_they_are(relief: Desk, change: str) -> None:
    fund(relief)
    with pytest.raises(IntegrityError, match="append-only"), relief.database.write() as connection:
        connection.execute(text(change))


@pytest.mark.parametrize("change", [
    "UPDATE ledger_entries SET amount_fen = 1 WHERE number = 2", "DELETE FROM ledger_entries WHERE number = 2",
    "DELETE FROM ledger_entries WHERE number = 3", "UPDATE ledger_entries SET document_no = 'x' WHERE number = 3",
])
def test_a_row_changed_behind_our_back_is_found(relief: Desk, change: str) -> None:
    money = fund(relief, fen=0)
    for fen in (100, 200, 300):
        receive(relief, money["id"], fen)
    with relief.database.write() as connection:
        for verb in ("UPDATE", "DELETE"):
            connection.execute(text(f"DROP TRIGGER ledger_entries_no_{verb}"))
        connection.execute(text(change))
    verdict = relief.must("verify_ledger", AUDITOR, path={"fund_id": money["id"]})
    assert not verdict["is_whole"]
    assert verdict["faults"]


def test_a_long_ledger_is_verified_page_by_page(relief: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "PAGE", 2)
    money = fund(relief, fen=0)
    for fen in range(1, 6):
        receive(relief, money["id"], fen)
    assert_sound(relief, money["id"])
    with relief.database.write() as connection:
        connection.execute(text("DROP TRIGGER ledger_entries_no_UPDATE"))
        connection.execute(text("UPDATE ledger_entries SET actor = 'x' WHERE number = 5"))
    verdict = relief.must("verify_ledger", AUDITOR, path={"fund_id": money["id"]})
    assert len(verdict["faults"]) == 1


def test_a_very_long_ledger_is_verified_in_stretches(relief: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "MOST_VERIFIED", 2)
    money, start, stretches = fund(relief, fen=0), 1, []
    for fen in range(1, 6):
        receive(relief, money["id"], fen)
    with relief.database.write() as connection:
        connection.execute(text("DROP TRIGGER ledger_entries_no_UPDATE"))
        connection.execute(text("UPDATE ledger_entries SET actor = 'x' WHERE number = 4"))
    while start:
        verdict = relief.must("verify_ledger", AUDITOR, path={"fund_id": money["id"]},
                              query={"from_number": str(start)})
        stretches.append((verdict["verified_to"], verdict["is_whole"]))
        start = verdict["next_from"]
    assert stretches == [(2, True), (4, False), (5, True)]


@pytest.mark.parametrize("change", ["available_fen = -1", "available_fen = available_fen + 1", "paid_fen = 5"])
def test_the_database_refuses_balances_that_do_not_add_up(relief: Desk, change: str) -> None:
    fund(relief)
    with pytest.raises(IntegrityError, match="CHECK"), relief.database.write() as connection:
        connection.execute(text(f"UPDATE funds SET {change}"))


def test_a_changed_balance_is_found_by_the_trial_balance(relief: Desk) -> None:
    money = fund(relief)
    with relief.database.write() as connection:
        connection.execute(text("UPDATE funds SET available_fen = available_fen + 1, received_fen = received_fen + 1"))
    balance = relief.must("get_trial_balance", AUDITOR, path={"fund_id": money["id"]})
    assert (balance["difference_fen"], balance["agrees"]) == (0, False)


def test_entries_come_in_pages_newest_first(relief: Desk) -> None:
    money = fund(relief, fen=0)
    for fen in range(1, 6):
        receive(relief, money["id"], fen)
    path, numbers, cursor = {"fund_id": money["id"]}, [], None
    while True:
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = relief.must("list_ledger_entries", CASHIER, path=path, query=query)
        numbers += [entry["number"] for entry in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert numbers == [5, 4, 3, 2, 1]


def test_another_units_fund_is_not_found(relief: Desk) -> None:
    money, other = fund(relief), caller(Role.CASHIER, org_path="/37/3701/")
    for operation in ("get_fund", "get_trial_balance", "verify_ledger", "list_ledger_entries", "list_fund_purposes"):
        assert relief.refused(operation, other, path={"fund_id": money["id"]})["status"] == 404
    body = {"amount_fen": 1, "receipt_no": "SJ-9"}
    assert relief.refused("receive_funds", other, path={"fund_id": money["id"]}, body=body)["status"] == 404


def test_what_a_fund_may_do_is_told_with_the_document(relief: Desk) -> None:
    money = fund(relief, "SPONSOR", intents=["STUDENT"])
    told = relief.must("list_fund_purposes", CASHIER, path={"fund_id": money["id"]})["purposes"]
    verdicts = {row["purpose"]: row["verdict"] for row in told}
    assert verdicts["STUDENT"] == "ALLOW"
    assert {verdict for purpose, verdict in verdicts.items() if purpose != "STUDENT"} == {"DENY"}
    assert money["fund_no"] in next(row["document"] for row in told if row["purpose"] == "LIVING")


@pytest.mark.parametrize(("money", "purpose", "division", "verdict"), [
    ("CENTRAL", "WAGE_ADVANCE", "370202", "DENY"), ("LOCAL_FISCAL:LOCAL", "WAGE_ADVANCE", "370202", "DENY"),
    ("UNION", "WAGE_ADVANCE", "370202", "ALLOW"), ("SPONSOR", "WAGE_ADVANCE", "370202", "ALLOW"),
    ("ONE_DAY_DONATION", "WAGE_ADVANCE", "370202", "NEED_APPROVAL"), ("CENTRAL", "TRAINING", "370202", "ALLOW"),
    ("CENTRAL", "TRAINING", "460100", "DENY"), ("LOCAL_FISCAL:PROVINCIAL", "LEGAL_COST", "460100", "DENY"),
    ("LOCAL_FISCAL:PROVINCIAL", "LEGAL_COST", "370202", "ALLOW"),
    ("LOCAL_FISCAL:LOCAL", "LEGAL_COST", "460100", "ALLOW"),
    ("LOCAL_FISCAL:PROVINCIAL", "WAGE_ADVANCE", "370202", "DENY"),
    ("CENTRAL", "MUTUAL_AID_FEE", "370202", "DENY"), ("UNION", "MUTUAL_AID_FEE", "370202", "ALLOW"),
    ("MUTUAL_SURPLUS", "MUTUAL_AID_FEE", "370202", "ALLOW"),
    ("LOCAL_FISCAL:PROVINCIAL", "MUTUAL_AID_FEE", "370202", "DENY"),
    ("LOCAL_FISCAL:LOCAL", "MUTUAL_AID_FEE", "370202", "NEED_APPROVAL"),
])
def test_the_matrix_as_shipped(money: str, purpose: str, division: str, verdict: str) -> None:
    assert fund_rules.purposes().rule(money, purpose, DAY, division).verdict == verdict


def test_no_money_builds_centres() -> None:
    assert {fund_rules.purposes().rule(money, "FACILITY", DAY, "370202").verdict for money in MONEY_CODES} == {"DENY"}


def local(folder: Path, monkeypatch: pytest.MonkeyPatch, *changes: dict[str, object]) -> None:
    row = {"sources": ["UNION"], "purposes": ["GOODS"], "verdict": "DENY", "zh": "地方规定", "en": "local",
           "jurisdiction": "3702", "effective_from": date(2020, 1, 1), "document": "青岛〔2020〕1号", "certainty": "X"}
    rows = [{**row, **change} for change in changes]
    (folder / "fund_purposes.yaml").write_text(yaml.safe_dump({"purposes": rows}), encoding="utf-8")
    monkeypatch.setenv(RULES_VARIABLE, str(folder))


def test_a_local_rule_goes_before_the_national(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local(tmp_path, monkeypatch, {})
    found = [fund_rules.purposes().rule("UNION", "GOODS", DAY, division) for division in ("370202", "371083")]
    assert [rule.verdict for rule in found] == ["DENY", "ALLOW"]
    assert found[0].document == "青岛〔2020〕1号"


def test_a_file_with_a_hole_names_the_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local(tmp_path, monkeypatch, {"effective_to": date(2020, 12, 31)}, {"effective_from": date(2021, 2, 1)})
    with pytest.raises(RuleGap, match="UNION × GOODS / 3702: no rule from 2021-01-01 to 2021-01-31"):
        rules.load()


def test_a_file_with_two_rules_for_a_day_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local(tmp_path, monkeypatch, {}, {"effective_from": date(2021, 2, 1)})
    with pytest.raises(RuleOverlap, match="UNION × GOODS / 3702: two rules from 2021-02-01 on"):
        fund_rules.purposes()


@pytest.mark.parametrize("change", [{"verdict": "PERHAPS"}, {"sources": ["GOLD"]}, {"purposes": ["YACHT"]}])
def test_a_file_with_unknown_codes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                              change: dict[str, object]) -> None:
    local(tmp_path, monkeypatch, change)
    with pytest.raises(RuleTableError, match=r"fund_purposes\.yaml"):
        fund_rules.purposes()


def test_every_pair_has_a_rule_every_day_since_2010() -> None:
    matrix = fund_rules.purposes()
    for money, purpose, year in product(MONEY_CODES, PURPOSES, (2010, 2015, 2026, 2040)):
        assert matrix.rule(money, purpose, date(year, 1, 1), "370202").verdict in VERDICTS
