"""Budgets: they bind as soon as they are approved, whoever spends; a revision keeps what was approved before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from services.relief.application.funds.ledger import post
from services.relief.application.payments.reserving import release, reserve
from services.relief.domain.funds.budget import BUDGET, Budget
from services.relief.domain.funds.charge import BudgetLine
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import Posting
from services.relief.domain.funds.purposes import PurposeDenied
from services.relief.domain.funds.refusals import (
    BudgetBelowCommitted,
    BudgetExceeded,
    BudgetMissing,
    BudgetPurposeTwice,
    BudgetYearImpossible,
)
from services.relief.rules import funds as fund_rules
from shared.kernel.clock import now, today
from shared.kernel.errors import SamePerson, WrongState
from shared.kernel.ids import new_id
from shared.kernel.parameters import RULES_VARIABLE
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller, pointers
from tests.services.relief.funds.money import (
    THIS,
    book,
    budget,
    drafted,
    due,
    executed,
    let_go,
    on_budget,
    settle,
    told,
    work,
)
from tests.services.relief.samples import CASHIER, CHAIR, DIRECTOR, GROUP, Roster, assert_sound, fund, get_fund, propose


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


# -- the budget by itself --------------------------------------------------------------------------------------

LINES = [{"purpose": "LIVING", "amount_fen": 1_000}]
COMMANDS: dict[str, Callable[[Budget], object]] = {
    "edit": lambda b: b.edit(LINES, "cashier"),
    "submit": lambda b: b.submit("cashier"),
    "send_back": lambda b: b.send_back("金额不实"),
    "approve": lambda b: b.approve("chair", date(2026, 1, 5)),
    "propose_revision": lambda b: b.propose_revision(LINES, "追加", "cashier"),
    "refuse_revision": lambda b: b.refuse_revision("不同意"),
    "approve_revision": lambda b: b.approve_revision("chair", date(2026, 6, 5)),
}
WAYS = {"DRAFT": [], "SUBMITTED": ["submit"], "APPROVED": ["submit", "approve"],
        "REVISING": ["submit", "approve", "propose_revision"]}
ALLOWED = {"DRAFT": {"edit", "submit"}, "SUBMITTED": {"send_back", "approve"}, "APPROVED": {"propose_revision"},
           "REVISING": {"refuse_revision", "approve_revision"}}


def budget_in(state: str) -> Budget:
    made = Budget.draft(new_id(), "/37/", "YS1", new_id(), now().year, LINES, "director", now())
    for command in WAYS[state]:
        COMMANDS[command](made)
    assert made.state == state
    return made


def test_the_table_has_these_states_and_commands() -> None:
    assert set(WAYS) == BUDGET.states == set(ALLOWED)
    assert set(COMMANDS) == BUDGET.commands


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_move_is_made_or_refused_by_the_table(state: str, command: str) -> None:
    made = budget_in(state)
    version = made.version
    if command in ALLOWED[state]:
        COMMANDS[command](made)
        assert made.version == version + 1
    else:
        with pytest.raises(WrongState):
            COMMANDS[command](made)
        assert (made.state, made.version) == (state, version)


@pytest.mark.parametrize(("state", "command", "by"), [
    ("SUBMITTED", Budget.approve, "director"), ("SUBMITTED", Budget.approve, "cashier"),
    ("REVISING", Budget.approve_revision, "cashier"),
])
def test_nobody_approves_their_own_figures(state: str, command: Callable[[Budget, str, date], None], by: str) -> None:
    made = budget_in(state)
    with pytest.raises(SamePerson):
        command(made, by, date(2026, 1, 5))
    assert made.state == state


def test_a_purpose_stands_once_and_a_year_is_this_or_the_next() -> None:
    with pytest.raises(BudgetPurposeTwice):
        Budget.draft(new_id(), "/37/", "YS1", new_id(), now().year, LINES * 2, "a", now())
    for year in (now().year - 1, now().year + 2):
        with pytest.raises(BudgetYearImpossible):
            Budget.draft(new_id(), "/37/", "YS1", new_id(), year, LINES, "a", now())


@given(st.integers(0, 10_000), st.lists(st.tuples(
    st.sampled_from(["RESERVED", "ADVANCED"]), st.integers(1, 4_000)), max_size=20))
def test_a_line_is_never_overdrawn(approved: int, spending: list[tuple[str, int]]) -> None:
    line, spent = BudgetLine("f", 2026, "LIVING", approved), 0
    for kind, fen in spending:
        if spent + fen > approved:
            with pytest.raises(BudgetExceeded) as caught:
                line.charge(kind, fen, "ZJ1")
            assert caught.value.params["remaining_fen"] == approved - spent
        else:
            line.charge(kind, fen, "ZJ1")
            spent += fen
        assert line.committed_fen == spent <= approved


def test_no_budget_is_approved_below_what_is_used() -> None:
    line = BudgetLine("f", 2026, "LIVING", None, 500, 100)
    with pytest.raises(BudgetBelowCommitted):
        line.approve(499)
    line.approve(500)
    assert line.remaining_fen == 0


# -- spending under a budget -----------------------------------------------------------------------------------


def test_reservations_keep_to_the_line_of_their_purpose(relief: Desk) -> None:
    money = fund(relief, fen=100_000)
    budget(relief, money["id"], living=30_000, medical=50_000)
    book(relief, money["id"], [due(10_000), due(20_000)])
    with pytest.raises(BudgetExceeded, match=r"LIVING .*¥300.00"):
        book(relief, money["id"], [due(1)])
    book(relief, money["id"], [due(50_000)], "MEDICAL")
    with pytest.raises(BudgetExceeded, match="STUDENT"):
        book(relief, money["id"], [due(1)], "STUDENT")
    assert executed(relief, money["id"]) == {"LIVING": (30_000, 30_000, 0), "MEDICAL": (50_000, 50_000, 0)}
    assert get_fund(relief, money["id"])["reserved_fen"] == 80_000
    assert_sound(relief, money["id"])


def test_what_is_released_or_recovered_is_free_again_and_what_is_paid_is_not(relief: Desk) -> None:
    money, dues = fund(relief, fen=100_000), [due(10_000), due(20_000), due(5_000)]
    budget(relief, money["id"], living=35_000)
    book(relief, money["id"], dues)
    settle(relief, money["id"], dues[:2])
    let_go(relief, dues[2])
    assert executed(relief, money["id"])["LIVING"] == (35_000, 30_000, 30_000)
    settle(relief, money["id"], dues[:1], "RETURNED", "RESERVED")
    assert executed(relief, money["id"])["LIVING"] == (35_000, 30_000, 20_000)
    settle(relief, money["id"], dues[1:2], "RECOVERED", "RECOVERED")
    assert executed(relief, money["id"])["LIVING"] == (35_000, 10_000, 0)
    assert_sound(relief, money["id"])


def test_reserved_and_released_in_one_transaction_leaves_nothing(relief: Desk) -> None:
    money, one = fund(relief, fen=1_000), due(1_000)
    budget(relief, money["id"], living=1_000)
    with work(relief) as unit:
        reserve(unit, money["id"], "LIVING", [one], is_collective=False)
        release(unit, one.about_kind, one.about_id, "SF-1")
    assert executed(relief, money["id"])["LIVING"] == (1_000, 0, 0)
    assert get_fund(relief, money["id"])["available_fen"] == 1_000


def test_many_lines_in_one_posting_and_a_new_year_find_the_budget_they_were_reserved_under(
        relief: Desk, on_day: Callable[[int], None]) -> None:
    """As a list of payments is entered: one reservation for all its lines, and one release for those taken out."""
    money, batch_id = fund(relief, fen=1_000), new_id()
    budget(relief, money["id"], living=1_000)

    def enter(kind: str, fen: int, part: str, purpose: str | None = None) -> None:
        with work(relief) as unit:
            row = unit.load(FundAccount, money["id"], lock=True)
            post(unit, row, kind, [Posting(fen, "FK-1", "PaymentBatch", batch_id, part, purpose)], actor="system")

    enter("RESERVED", 900, "request 1", "LIVING")
    on_day(400)
    enter("RELEASED", 300, "release 1")
    assert executed(relief, money["id"]) == {"LIVING": (1_000, 600, 0)}
    assert executed(relief, money["id"], today().year) == {}
    assert_sound(relief, money["id"])


def test_what_is_reserved_needs_a_purpose(relief: Desk) -> None:
    money = fund(relief, fen=1_000)
    with pytest.raises(ValueError, match="without a purpose"), work(relief) as unit:
        post(unit, unit.load(FundAccount, money["id"], lock=True), "RESERVED", [Posting(1, "D", "Test", new_id(), "p")])
    assert get_fund(relief, money["id"])["reserved_fen"] == 0


def test_a_refused_reservation_changes_nothing_even_if_its_refusal_is_caught(relief: Desk) -> None:
    money = fund(relief, fen=1_000)
    budget(relief, money["id"], living=500)
    with work(relief) as unit:
        with pytest.raises(BudgetExceeded):
            reserve(unit, money["id"], "LIVING", [due(501)], is_collective=False)
        reserve(unit, money["id"], "LIVING", [due(500)], is_collective=False)
    assert get_fund(relief, money["id"])["reserved_fen"] == 500
    assert executed(relief, money["id"])["LIVING"] == (500, 500, 0)
    assert_sound(relief, money["id"])


def test_a_wage_advance_keeps_to_the_budget(relief: Desk, desk: Callable[[str], Desk]) -> None:
    money = fund(relief)
    budget(relief, money["id"], wage_advance=100_000)
    cases = [propose(relief, Roster(desk("membership"), [60_000])) for _ in range(2)]
    for case in cases:
        case.secure()
    cases[0].pay(money["id"])
    assert cases[1].refused("disburse_wage_advance", CASHIER, fund_id=money["id"], document_no="DF-2") == \
        "budget-exceeded"
    cases[0].must("record_repayment", CASHIER, amount_fen=60_000, receipt_no="SJ-9")
    assert executed(relief, money["id"])["WAGE_ADVANCE"] == (100_000, 60_000, 60_000)
    assert_sound(relief, money["id"])


def test_without_a_budget_money_is_spent_and_others_are_told_once(relief: Desk) -> None:
    money = fund(relief, fen=1_000)
    for _ in range(2):
        book(relief, money["id"], [due(100)])
    [event] = relief.told("spent_without_budget")
    assert (event["data"]["year"], event["data"]["purpose"]) == (THIS, "LIVING")
    execution = relief.must("get_budget_execution", CASHIER)
    assert [(line["is_budgeted"], line["committed_fen"]) for line in execution["lines"]] == [(False, 200)]


def test_a_place_may_rule_that_nothing_is_spent_without_a_budget(
        relief: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"code": "budget_mandatory", "value": 1, "unit": "flag", "zh": "必须", "en": "must", "jurisdiction": "3702",
           "effective_from": date(2020, 1, 1), "document": "青岛〔2020〕2号", "certainty": "X"}
    (tmp_path / "fund_parameters.yaml").write_text(yaml.safe_dump({"parameters": [row]}), encoding="utf-8")
    monkeypatch.setenv(RULES_VARIABLE, str(tmp_path))
    money = fund(relief, fen=1_000)
    with pytest.raises(BudgetMissing, match="青岛〔2020〕2号"):
        book(relief, money["id"], [due(100)])
    budget(relief, money["id"], living=100)
    book(relief, money["id"], [due(100)])


@pytest.mark.parametrize(("division", "is_mandatory"), [("310107", 1), ("310115", 0), ("370202", 0)])
def test_where_an_annual_budget_is_laid_down_nothing_is_spent_without_one(division: str, is_mandatory: int) -> None:
    """Putuo names the annual budget among its rules for funds; nationally no text that is known forbids it."""
    rule = fund_rules.PARAMETERS.row("budget_mandatory", today(), division)
    assert (rule.value, rule.certainty) == (is_mandatory, "2" if is_mandatory else "D")


def test_what_was_spent_before_the_budget_counts(relief: Desk) -> None:
    money = fund(relief, fen=1_000)
    book(relief, money["id"], [due(600)])
    made = on_budget(relief, drafted(relief, money["id"], living=500), "submit_budget", CASHIER)
    problem = relief.refused("approve_budget", CHAIR, path={"budget_id": made["id"]}, version=made["version"])
    assert problem["code"] == "budget-below-committed"
    assert relief.must("get_budget", CHAIR, path={"budget_id": made["id"]})["state"] == "SUBMITTED"


def test_thousands_of_dues_are_one_charge(relief: Desk) -> None:
    money = fund(relief, fen=10_000_000)
    budget(relief, money["id"], festival=300_000)
    book(relief, money["id"], [due(100) for _ in range(3_000)], "FESTIVAL")
    assert executed(relief, money["id"])["FESTIVAL"] == (300_000, 300_000, 0)
    [event] = relief.told("funds_reserved")
    assert (event["data"]["count"], event["data"]["amount_fen"]) == (3_000, 300_000)


# -- through the dispatcher ------------------------------------------------------------------------------------


def test_a_revision_needs_another_person_and_keeps_the_history(relief: Desk) -> None:
    money = fund(relief, fen=100_000)
    made = budget(relief, money["id"], living=10_000)
    book(relief, money["id"], [due(10_000)])
    made = on_budget(relief, made, "propose_budget_revision", CASHIER, lines=told({"living": 15_000}),
                     reason="困难户增加")
    with pytest.raises(BudgetExceeded):  # until it is approved the old figures hold
        book(relief, money["id"], [due(1)])
    made = on_budget(relief, made, "approve_budget_revision", GROUP)
    book(relief, money["id"], [due(5_000)])
    assert [(e["number"], e["lines"][0]["amount_fen"], e["reason"]) for e in made["editions"]] == [
        (1, 10_000, "年初预算 / first edition"), (2, 15_000, "困难户增加")]
    assert [e["data"]["edition"] for e in relief.told("budget_revised")] == [2]


def test_a_refused_revision_leaves_everything(relief: Desk) -> None:
    money = fund(relief, fen=100_000)
    made = budget(relief, money["id"], living=10_000)
    made = on_budget(relief, made, "propose_budget_revision", CASHIER, lines=told({"living": 1}), reason="压减")
    made = on_budget(relief, made, "refuse_budget_revision", CHAIR, reason="不同意")
    assert (made["state"], made["total_fen"], len(made["editions"])) == ("APPROVED", 10_000, 1)


def test_a_fund_has_one_budget_a_year(relief: Desk) -> None:
    money = fund(relief)
    drafted(relief, money["id"], living=1)
    drafted(relief, money["id"], THIS + 1, living=1)
    problem = relief.refused("draft_budget", DIRECTOR, body={"fund_id": money["id"], "year": THIS, "lines": told(
        {"living": 1})})
    assert problem["code"] == "budget-exists"


def test_money_has_no_budget_for_what_it_must_not_do(relief: Desk) -> None:
    money = fund(relief, "CENTRAL")
    problem = relief.refused("draft_budget", CASHIER, body={"fund_id": money["id"], "year": THIS, "lines": told(
        {"facility": 1})})
    assert problem["code"] == PurposeDenied.code
    assert "海南省2016年" in problem["detail"]["zh"]


@pytest.mark.parametrize(("lines", "pointer"), [
    ([], "/lines"), ([{"purpose": "LIVING", "amount_fen": -1}], "/lines/0/amount_fen"),
    ([{"purpose": "YACHT", "amount_fen": 1}], "/lines/0/purpose"),
    ([{"purpose": "LIVING", "amount_fen": 2**53}], "/lines/0/amount_fen"),
    ([{"purpose": "LIVING", "amount_fen": 2**53 - 1}, {"purpose": "MEDICAL", "amount_fen": 1}],
     "/lines/1/amount_fen"),
])
def test_wrong_lines_are_refused_where_they_are_wrong(relief: Desk, lines: list[object], pointer: str) -> None:
    problem = relief.refused("draft_budget", CASHIER, body={"fund_id": fund(relief)["id"], "year": THIS,
                                                            "lines": lines})
    assert problem["status"] == 422
    assert pointers(problem) == [pointer]


def test_budgets_are_listed_by_fund_year_and_state(relief: Desk) -> None:
    one, two = fund(relief), fund(relief, "SPONSOR")
    budget(relief, one["id"], living=1)
    drafted(relief, one["id"], THIS + 1, living=1)
    drafted(relief, two["id"], living=1)

    def found(**query: str) -> int:
        return len(relief.must("list_budgets", CHAIR, query=query)["items"])

    assert (found(), found(fund_id=one["id"]), found(year=str(THIS)), found(state="APPROVED")) == (3, 2, 2, 1)


def test_another_units_budget_is_not_found(relief: Desk) -> None:
    made, other = drafted(relief, fund(relief)["id"], living=1), caller(Role.CHAIR, org_path="/37/3701/")
    assert relief.refused("get_budget", other, path={"budget_id": made["id"]})["status"] == 404
    assert relief.refused("approve_budget", other, path={"budget_id": made["id"]}, version=1)["status"] == 404
