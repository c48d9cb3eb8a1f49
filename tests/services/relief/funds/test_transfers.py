"""Transfers and corrections: both sides or neither, two people, and no way round the purpose of the money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
import yaml

from services.relief import rules
from services.relief.domain.funds.ledger import KINDS, LedgerEntry
from services.relief.domain.funds.purposes import MONEY_CODES, PURPOSES, SOURCES, VERDICTS
from services.relief.domain.funds.refusals import ReversalImpossible
from services.relief.domain.funds.reversal import REVERSAL, REVERSIBLE, EntryReversal
from services.relief.domain.funds.transfers import TRANSFER, FundTransfer
from services.relief.rules import funds as fund_rules
from shared.kernel.clock import now, today
from shared.kernel.dated import RuleGap, RuleTableError
from shared.kernel.errors import SamePerson, WrongState
from shared.kernel.ids import new_id
from shared.kernel.parameters import RULES_VARIABLE
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.funds.money import book, correct, due, transfer
from tests.services.relief.samples import (
    AUDITOR,
    CASHIER,
    CHAIR,
    GROUP,
    assert_sound,
    fund,
    get_fund,
    receive,
)

DAY = date(2026, 5, 6)


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


def approve(relief: Desk, made: dict[str, object], who: object = CHAIR) -> dict[str, object]:
    return relief.must("approve_transfer", who, path={"transfer_id": made["id"]}, version=made["version"])


def entries(relief: Desk, fund_id: str, **query: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = relief.must("list_ledger_entries", AUDITOR, path={"fund_id": fund_id},
                                                 query=query)["items"]
    return found


def overall(relief: Desk, **query: str) -> dict[str, object]:
    found: dict[str, object] = relief.must("get_overall_trial_balance", AUDITOR, query=query)
    return found


# -- state tables ----------------------------------------------------------------------------------------------


def one_transfer() -> FundTransfer:
    return FundTransfer(new_id(), "/37/", "BZ1", new_id(), new_id(), 100, "r", "d", "cashier", now())


def one_reversal() -> EntryReversal:
    return EntryReversal(new_id(), "/37/", new_id(), new_id(), new_id(), "RECEIVED", 100, "r", "cashier", now())


RULE = fund_rules.transfers().rule("UNION", "UNION", DAY, "370202")
ON_TRANSFER: dict[str, Callable[[FundTransfer], object]] = {
    "approve": lambda t: t.approve(RULE, "chair", DAY, is_collective=False),
    "refuse": lambda t: t.refuse("r", "chair", DAY), "reverse": lambda t: t.reverse()}
ON_REVERSAL: dict[str, Callable[[EntryReversal], object]] = {
    "confirm": lambda r: r.confirm("auditor", DAY), "refuse": lambda r: r.refuse("r", "auditor", DAY)}
TRANSFER_WAYS = {"PROPOSED": [], "DONE": ["approve"], "REFUSED": ["refuse"], "REVERSED": ["approve", "reverse"]}
TRANSFER_ALLOWED = {"PROPOSED": {"approve", "refuse"}, "DONE": {"reverse"}, "REFUSED": set(), "REVERSED": set()}
REVERSAL_WAYS = {"PROPOSED": [], "DONE": ["confirm"], "REFUSED": ["refuse"]}


def test_the_tables_have_these_states_and_commands() -> None:
    assert (set(TRANSFER_WAYS), set(ON_TRANSFER)) == (TRANSFER.states, TRANSFER.commands)
    assert (set(REVERSAL_WAYS), set(ON_REVERSAL)) == (REVERSAL.states, REVERSAL.commands)


@pytest.mark.parametrize(("state", "command"), [*product(TRANSFER_WAYS, ON_TRANSFER)])
def test_a_transfers_move_is_made_or_refused_by_the_table(state: str, command: str) -> None:
    made = one_transfer()
    for step in TRANSFER_WAYS[state]:
        ON_TRANSFER[step](made)
    if command in TRANSFER_ALLOWED[state]:
        ON_TRANSFER[command](made)
        return
    with pytest.raises(WrongState):
        ON_TRANSFER[command](made)
    assert made.state == state


@pytest.mark.parametrize(("state", "command"), [*product(REVERSAL_WAYS, ON_REVERSAL)])
def test_a_corrections_move_is_made_or_refused_by_the_table(state: str, command: str) -> None:
    made = one_reversal()
    for step in REVERSAL_WAYS[state]:
        ON_REVERSAL[step](made)
    if state == "PROPOSED":
        ON_REVERSAL[command](made)
        return
    with pytest.raises(WrongState):
        ON_REVERSAL[command](made)
    assert made.state == state


def test_two_people_move_money() -> None:
    with pytest.raises(SamePerson):
        one_transfer().approve(RULE, "cashier", DAY, is_collective=True)
    with pytest.raises(SamePerson):
        one_reversal().confirm("cashier", DAY)


# -- the rules -------------------------------------------------------------------------------------------------


def test_every_pair_of_sources_has_a_rule_every_day_since_2010() -> None:
    table = fund_rules.transfers()
    for one, other, year in product(SOURCES, SOURCES, (2010, 2026, 2040)):
        assert table.rule(one, other, date(year, 1, 1), "370202").verdict in VERDICTS


def test_no_transfer_that_one_person_approves_widens_what_money_may_do() -> None:
    """Else earmarked money could be laundered by moving it."""
    table, matrix = fund_rules.transfers(), fund_rules.purposes()
    strict = {"ALLOW": 0, "NEED_APPROVAL": 1, "DENY": 2}
    for one, other in product(MONEY_CODES, MONEY_CODES):
        giver, taker = one.split(":")[0], other.split(":")[0]
        is_apart = giver == taker and one != other  # of two fiscal levels: refused, see test_fiscal_levels.py
        if not is_apart and table.rule(giver, taker, DAY, "370202").verdict == "ALLOW":
            for purpose in PURPOSES:
                before, after = (matrix.rule(money, purpose, DAY, "370202").verdict for money in (one, other))
                assert strict[after] >= strict[before], (one, other, purpose)


@pytest.mark.parametrize(("giver", "taker"), [("CENTRAL", "UNION"), ("WARMTH_FUND", "UNION"), ("SPONSOR", "UNION"),
                                              ("MUTUAL_SURPLUS", "UNION"), ("UNION", "CENTRAL")])
def test_earmarked_money_keeps_its_source(relief: Desk, giver: str, taker: str) -> None:
    problem = relief.refused("propose_transfer", CASHIER, body={
        "from_fund_id": fund(relief, giver)["id"], "to_fund_id": fund(relief, taker)["id"], "amount_fen": 1,
        "reason": "r", "document_no": "d"})
    assert problem["code"] == "transfer-denied"
    assert "依据" in problem["detail"]["zh"]


def test_a_local_rule_may_allow_a_transfer(relief: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"from": ["WARMTH_FUND"], "to": ["UNION"], "verdict": "ALLOW", "zh": "地方", "en": "local",
           "jurisdiction": "3702", "effective_from": date(2020, 1, 1), "document": "青岛〔2020〕3号", "certainty": "X"}
    (tmp_path / "fund_transfers.yaml").write_text(yaml.safe_dump({"transfers": [row]}), encoding="utf-8")
    monkeypatch.setenv(RULES_VARIABLE, str(tmp_path))
    made = transfer(relief, fund(relief, "WARMTH_FUND"), fund(relief), 100)
    assert approve(relief, made)["state"] == "DONE"


@pytest.mark.parametrize(("rows", "error", "names"), [
    ([{"effective_to": date(2020, 12, 31)}, {"effective_from": date(2021, 2, 1)}], RuleGap,
     "UNION → SPONSOR / 3702: no rule from 2021-01-01 to 2021-01-31"),
    ([{"verdict": "PERHAPS"}], RuleTableError, r"fund_transfers\.yaml"),
    ([{"to": ["GOLD"]}], RuleTableError, r"fund_transfers\.yaml"),
])
def test_a_faulty_rule_file_is_refused_naming_the_fault(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, object]], error: type[Exception],
        names: str) -> None:
    row = {"from": ["UNION"], "to": ["SPONSOR"], "verdict": "ALLOW", "zh": "-", "en": "-", "jurisdiction": "3702",
           "effective_from": date(2020, 1, 1), "document": "d", "certainty": "D"}
    text = yaml.safe_dump({"transfers": [{**row, **change} for change in rows]})
    (tmp_path / "fund_transfers.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv(RULES_VARIABLE, str(tmp_path))
    with pytest.raises(error, match=names):
        rules.load()


def test_parameters_with_a_gap_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"code": "budget_mandatory", "value": 1, "unit": "flag", "zh": "-", "en": "-", "jurisdiction": "37",
           "effective_from": date(2020, 1, 1), "document": "d", "certainty": "D"}
    rows = [row | {"effective_to": date(2020, 1, 31)}, row | {"effective_from": date(2020, 3, 1)}]
    (tmp_path / "fund_parameters.yaml").write_text(yaml.safe_dump({"parameters": rows}), encoding="utf-8")
    monkeypatch.setenv(RULES_VARIABLE, str(tmp_path))
    with pytest.raises(RuleGap, match="budget_mandatory / 37: no rule from 2020-02-01 to 2020-02-29"):
        rules.load()


# -- transfers -------------------------------------------------------------------------------------------------


def test_both_sides_are_entered_when_the_chair_approves(relief: Desk) -> None:
    giver, taker = fund(relief, fen=1_000), fund(relief, "WARMTH_FUND", fen=0)
    made = transfer(relief, giver, taker, 400)
    assert get_fund(relief, giver["id"])["available_fen"] == 1_000
    made = approve(relief, made)
    assert (made["state"], made["decided_by"]) == ("DONE", CHAIR.account_id)
    [out], [into] = (entries(relief, one["id"], about_id=str(made["id"])) for one in (giver, taker))
    assert (out["kind"], into["kind"], out["amount_fen"]) == ("TRANSFERRED_OUT", "TRANSFERRED_IN", 400)
    assert (out["about_part"], into["about_part"]) == (taker["id"], giver["id"])
    assert [get_fund(relief, one["id"])["available_fen"] for one in (giver, taker)] == [600, 400]
    assert [get_fund(relief, one["id"])["received_fen"] for one in (giver, taker)] == [600, 400]
    assert overall(relief)["difference_fen"] == 0
    for one in (giver, taker):
        assert_sound(relief, one["id"])


def test_interest_joins_the_central_fund_by_the_leading_group_alone(relief: Desk) -> None:
    giver, taker = fund(relief, "INTEREST", fen=500), fund(relief, "CENTRAL", fen=0)
    made = transfer(relief, giver, taker, 500)
    told = relief.refused("approve_transfer", CHAIR, path={"transfer_id": made["id"]}, version=made["version"])
    assert told["code"] == "transfer-needs-group"
    approve(relief, made, GROUP)
    assert get_fund(relief, taker["id"])["available_fen"] == 500


def test_what_donors_wanted_goes_with_their_money(relief: Desk) -> None:
    until = str(today() + timedelta(days=30))
    bound = fund(relief, "SPONSOR", intents=["STUDENT", "MEDICAL"], intent_until=until)
    for intents, day, fits in (([], until, False), (["LIVING"], until, False), (["STUDENT"], None, False),
                               (["STUDENT"], str(today() + timedelta(days=31)), False), (["STUDENT"], until, True)):
        taker = fund(relief, "SPONSOR", fen=0, intents=intents, intent_until=day)
        status, data = relief.do("propose_transfer", CASHIER, body={
            "from_fund_id": bound["id"], "to_fund_id": taker["id"], "amount_fen": 1, "reason": "r", "document_no": "d"})
        assert (status == 201) is fits, (intents, day, data)
        assert fits or data["code"] == "transfer-widens-intent"


@pytest.mark.parametrize(("change", "code", "status"), [
    ({"amount_fen": 0}, "content-invalid", 422), ({"amount_fen": -1}, "content-invalid", 422),
    ({"amount_fen": 2**53}, "content-invalid", 422), ({"to_fund_id": "from"}, "transfer-to-itself", 422),
    ({"to_fund_id": new_id()}, "not-found", 404),
])
def test_wrong_transfers_are_refused(relief: Desk, change: dict[str, object], code: str, status: int) -> None:
    giver, taker = fund(relief), fund(relief, "WARMTH_FUND")
    body = {"from_fund_id": giver["id"], "to_fund_id": taker["id"], "amount_fen": 1, "reason": "r", "document_no": "d"}
    body |= {name: giver["id"] if value == "from" else value for name, value in change.items()}
    told = relief.refused("propose_transfer", CASHIER, body=body)
    assert (told["status"], told["code"]) == (status, code)


def test_more_than_there_is_moves_nothing(relief: Desk) -> None:
    giver, taker = fund(relief, fen=100), fund(relief, "WARMTH_FUND", fen=0)
    made = transfer(relief, giver, taker, 101)
    told = relief.refused("approve_transfer", CHAIR, path={"transfer_id": made["id"]}, version=made["version"])
    assert told["code"] == "fund-insufficient"
    assert [get_fund(relief, one["id"])["entries_count"] for one in (giver, taker)] == [1, 0]
    assert relief.must("get_transfer", CHAIR, path={"transfer_id": made["id"]})["state"] == "PROPOSED"


def test_a_frozen_fund_gives_nothing(relief: Desk) -> None:
    giver, taker = fund(relief), fund(relief, "WARMTH_FUND", fen=0)
    made = transfer(relief, giver, taker, 1)
    relief.must("freeze_fund", AUDITOR, path={"fund_id": giver["id"]}, body={"reason": "审计"},
                version=giver["version"])
    told = relief.refused("approve_transfer", CHAIR, path={"transfer_id": made["id"]}, version=made["version"])
    assert told["code"] == "fund-frozen"


def test_transfers_are_listed_by_either_side(relief: Desk) -> None:
    giver, taker = fund(relief), fund(relief, "WARMTH_FUND", fen=0)
    transfer(relief, giver, taker, 1)
    relief.must("refuse_transfer", CHAIR, path={"transfer_id": transfer(relief, giver, taker, 2)["id"]}, version=1,
                body={"reason": "不同意"})

    def found(**query: str) -> int:
        return len(relief.must("list_transfers", AUDITOR, query=query)["items"])

    assert (found(), found(fund_id=taker["id"]), found(from_fund_id=taker["id"])) == (2, 2, 0)
    assert found(state="REFUSED") == 1


# -- corrections -----------------------------------------------------------------------------------------------


def test_a_mistaken_receipt_is_reversed_and_entered_again(relief: Desk) -> None:
    money = fund(relief, fen=0)
    wrong = receive(relief, money["id"], 10_000, "SJ-1")
    correct(relief, wrong)
    assert get_fund(relief, money["id"])["available_fen"] == 0
    right = receive(relief, money["id"], 1_000, "SJ-1")
    assert right["document_no"] == "SJ-1 更正1"
    body = {"amount_fen": 1_000, "receipt_no": "SJ-1"}
    assert relief.refused("receive_funds", CASHIER, path={"fund_id": money["id"]}, body=body)["code"] == "receipt-known"
    assert [entry["kind"] for entry in entries(relief, money["id"])] == ["RECEIVED", "REVERSED", "RECEIVED"]
    [event] = relief.told("entry_reversed")
    assert (event["data"]["entry_id"], event["data"]["amount_fen"]) == (wrong["id"], 10_000)
    assert_sound(relief, money["id"])


def test_an_entry_is_reversed_once(relief: Desk) -> None:
    entry = receive(relief, fund(relief, fen=0)["id"], 100)
    made = relief.must("propose_reversal", CASHIER, body={"entry_id": entry["id"], "reason": "r"})
    body = {"entry_id": entry["id"], "reason": "r"}
    assert relief.refused("propose_reversal", CASHIER, body=body)["code"] == "reversal-known"
    relief.must("refuse_reversal", AUDITOR, path={"reversal_id": made["id"]}, version=1, body={"reason": "无误"})
    correct(relief, entry)
    assert relief.refused("propose_reversal", CASHIER, body=body)["code"] == "reversal-known"


def test_either_side_of_a_transfer_stands_for_both(relief: Desk) -> None:
    giver, taker = fund(relief, fen=1_000), fund(relief, "WARMTH_FUND", fen=0)
    made = approve(relief, transfer(relief, giver, taker, 400))
    [into], [out] = (entries(relief, one["id"], about_id=str(made["id"])) for one in (taker, giver))
    correct(relief, into)
    assert relief.refused("propose_reversal", CASHIER, body={"entry_id": out["id"], "reason": "r"})["code"] == \
        "reversal-known"
    assert [get_fund(relief, one["id"])["available_fen"] for one in (giver, taker)] == [1_000, 0]
    assert relief.must("get_transfer", CHAIR, path={"transfer_id": made["id"]})["state"] == "REVERSED"
    for one in (giver, taker):
        assert_sound(relief, one["id"])


def test_money_that_was_spent_meanwhile_cannot_be_taken_out(relief: Desk) -> None:
    money = fund(relief, fen=0)
    entry = receive(relief, money["id"], 100)
    book(relief, money["id"], [due(60)])
    made = relief.must("propose_reversal", CASHIER, body={"entry_id": entry["id"], "reason": "r"})
    told = relief.refused("confirm_reversal", AUDITOR, path={"reversal_id": made["id"]}, version=made["version"])
    assert told["code"] == "fund-insufficient"
    assert_sound(relief, money["id"])


@pytest.mark.parametrize("kind", sorted(set(KINDS) - REVERSIBLE))
def test_what_has_a_way_of_its_own_is_not_reversed(kind: str) -> None:
    entry = LedgerEntry(new_id(), new_id(), "/37/", 1, kind, *KINDS[kind], 1, "d", "k", new_id(), "p", "a", now(), "0",
                        2026)
    with pytest.raises(ReversalImpossible):
        EntryReversal.propose(new_id(), entry, "r", "cashier", now())


def test_interest_is_entered_by_its_advice_once(relief: Desk) -> None:
    money = fund(relief, "CENTRAL", fen=0)
    body = {"amount_fen": 321, "document_no": "LX-2026-Q1"}
    relief.must("receive_interest", CASHIER, path={"fund_id": money["id"]}, body=body)
    assert relief.refused("receive_interest", CASHIER, path={"fund_id": money["id"]}, body=body)["code"] == \
        "receipt-known"
    assert [event["data"]["amount_fen"] for event in relief.told("interest_received")] == [321]
    assert_sound(relief, money["id"])


def test_the_overall_balance_is_of_the_callers_reach_and_its_filters(relief: Desk) -> None:
    fund(relief, fen=100), fund(relief, "CENTRAL", fen=50)

    def received(who: object, **query: str) -> int:
        told = relief.must("get_overall_trial_balance", who, query=query)
        assert (told["difference_fen"], told["disagreeing"]) == (0, [])
        return next(row["credits_fen"] for row in told["accounts"] if row["account"] == "SOURCE")

    assert [received(AUDITOR), received(AUDITOR, source="CENTRAL"), received(AUDITOR, org_path="/37/3702/")] == [
        150, 50, 150]
    assert received(AUDITOR, org_path="/37/3701/") == 0
    assert received(caller(Role.AUDITOR, org_path="/37/3701/")) == 0
