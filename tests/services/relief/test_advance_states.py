"""A wage advance by itself: each forbidden move, who may not do two steps, and what repayments add up to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.advances import aftermath
from services.relief.domain.advances import employer_payments as payments
from services.relief.domain.advances.employer_payment import EmployerPayment
from services.relief.domain.advances.policy import AboveCap, AdvancePolicy, TermTooLong
from services.relief.domain.advances.refusals import (
    AdvanceAboveClaim,
    AdvanceSumWrong,
    ClaimTwice,
    NotAnEmergency,
    RatificationMissed,
    RepaymentAboveBalance,
    WriteOffBeforeRatification,
    WriteOffNotProposed,
)
from services.relief.domain.advances.standing import Standing
from services.relief.domain.advances.states import ADVANCE, counts, is_alone
from services.relief.domain.advances.wage_advance import WageAdvance
from services.relief.domain.funds.purposes import NeedsCollectiveApproval, PurposeDenied, PurposeRule
from shared.kernel.clock import now
from shared.kernel.deadlines import DueBeforeStart
from shared.kernel.errors import SamePerson, WrongState
from shared.kernel.ids import new_id
from tests.services.moves import Moves

DAY = date(2026, 5, 6)
POLICY = AdvancePolicy(jurisdiction="CN", effective_from=date(2010, 1, 1), document="d", certainty="D",
                       most_total_fen=1_000_000, most_emergency_fen=500_000, most_per_worker_fen=300_000,
                       most_share_bp=10_000)
NOTHING = Standing()
RATIFIED = ["approve_emergency", "ratify", "sign_undertaking", "disburse", "pass_due", "start_recovery",
            "propose_write_off"]
DAY_OPEN = ("SECURED", "DISBURSED", "PARTLY_REPAID")
serial = count()


def purpose(verdict: str = "ALLOW") -> PurposeRule:
    return PurposeRule(source="UNION", purpose="WAGE_ADVANCE", verdict=verdict, zh="-", en="-", jurisdiction="CN",
                       effective_from=date(2010, 1, 1), document="文号", certainty="D")


def advance(*amounts_fen: int, claimed_fen: int | None = None, total_fen: int | None = None) -> WageAdvance:
    amounts = amounts_fen or (30_000, 70_000)
    made = WageAdvance(new_id(), "/37/3702/370202/", "DF1", new_id(), new_id(), "BANK_TRANSFER_DELAY",
                       sum(amounts) if total_fen is None else total_fen, "proposer", now())
    made.set_lines([{"claim_id": new_id(), "worker_id": new_id(), "claimed_fen": claimed_fen or fen,
                     "advanced_fen": fen} for fen in amounts])
    return made


def pay(a: WageAdvance, by: str = "cashier", rule: PurposeRule | None = None, on: date = DAY) -> None:
    a.disburse(new_id(), rule or purpose(), "DOC", {}, {}, by, on)


def ratify(a: WageAdvance) -> None:
    if a.state in ("RECOVERING", "WRITTEN_OFF"):
        a.ratified_on = None  # as it was written off before that asked for a ratification
    a.ratify("group", DAY)


def repay(a: WageAdvance, fen: int) -> None:
    a.repay(fen, f"R{next(serial)}", DAY, "cashier", DAY)


def extend(a: WageAdvance) -> None:
    aftermath.extend(a, DAY + timedelta(days=9), "资金未到", "HD-2", POLICY, "group", DAY)


def extend_part(a: WageAdvance) -> None:
    """What extending is called once something was repaid of an overdue advance."""
    if a.state != "OVERDUE":
        a.move("extend_part")
    a.repaid_fen = 1
    extend(a)


def reverse_entry(a: WageAdvance) -> None:
    entry = EmployerPayment(new_id(), a.lines[0].claim_id, 1, "YH-1", "director", DAY)
    a.employer_payments.append(entry)
    payments.reverse(a, entry.id, "看错行", "cashier", DAY)


def propose_earlier_day(a: WageAdvance) -> None:
    if a.state in DAY_OPEN:
        a.repay_due_on = DAY + timedelta(days=1)
    aftermath.propose_earlier_day(a, DAY, "年份误填", "director", DAY)


def confirm_earlier_day(a: WageAdvance) -> None:
    if a.state in DAY_OPEN:
        a.day_corrections = [{"was_due_on": str(a.repay_due_on), "repay_due_on": str(DAY), "proposed_by": "director",
                              "confirmed_by": None}]
    aftermath.confirm_earlier_day(a, "group", DAY)


COMMANDS: dict[str, Callable[[WageAdvance], object]] = {
    "approve_emergency": lambda a: a.approve_emergency("chair", DAY, POLICY, NOTHING),
    "approve": lambda a: a.approve("group", DAY, POLICY, NOTHING),
    "ratify": ratify,
    "refuse": lambda a: a.refuse("欠薪有争议", ["ARBITRATION"]),
    "sign_undertaking": lambda a: a.sign_undertaking("刘", DAY, DAY, "HD-1", None, POLICY, DAY),
    "disburse": pay,
    "repay_part": lambda a: repay(a, 1),
    "repay_full": lambda a: repay(a, a.outstanding_fen or 1),
    "pass_due": lambda a: a.pass_due(),
    "start_recovery": lambda a: a.start_recovery("支付令", None),
    "propose_write_off": lambda a: a.propose_write_off("无可执行财产", "HX-1", "group"),
    "confirm_write_off": lambda a: a.confirm_write_off("auditor"),
    "remind": lambda a: aftermath.remind(a, DAY),
    "extend": extend,
    "extend_part": extend_part,
    "note_employer_payment": lambda a: payments.enter(a, {a.lines[0].claim_id: 1}, "YH-1", (), "director", DAY),
    "reverse_employer_payment": reverse_entry,
    "propose_earlier_day": propose_earlier_day,
    "confirm_earlier_day": confirm_earlier_day,
    "note_recovery": lambda a: aftermath.note_recovery(a, new_id(), "OPENED"),
    "repay_late": lambda a: aftermath.repay_late(a, 1, f"R{next(serial)}", DAY, "cashier", DAY),
}
WAYS: dict[str, list[str]] = {
    "PROPOSED": [],
    "APPROVED": ["approve_emergency"],
    "SECURED": ["approve_emergency", "sign_undertaking"],
    "DISBURSED": ["approve_emergency", "sign_undertaking", "disburse"],
    "PARTLY_REPAID": ["approve_emergency", "sign_undertaking", "disburse", "repay_part"],
    "REPAID": ["approve_emergency", "sign_undertaking", "disburse", "repay_full"],
    "OVERDUE": ["approve_emergency", "sign_undertaking", "disburse", "pass_due"],
    "RECOVERING": RATIFIED,
    "WRITTEN_OFF": [*RATIFIED, "confirm_write_off"],
    "REFUSED": ["refuse"],
}
PAID_ITSELF = {"note_employer_payment", "reverse_employer_payment"}
MONEY_BACK = {"repay_part", "repay_full", "ratify", "note_recovery"} | PAID_ITSELF
EARLIER = {"propose_earlier_day", "confirm_earlier_day"}
LATER = {"pass_due", "remind", "extend"} | EARLIER
ALLOWED = {
    "PROPOSED": {"approve_emergency", "approve", "refuse"} | PAID_ITSELF,
    "APPROVED": {"sign_undertaking", "refuse", "ratify"} | PAID_ITSELF,
    "SECURED": {"disburse", "refuse", "ratify"} | PAID_ITSELF | EARLIER,
    "DISBURSED": LATER | MONEY_BACK,
    "PARTLY_REPAID": LATER | MONEY_BACK,
    "REPAID": {"ratify", "note_recovery", "reverse_employer_payment"},
    "OVERDUE": {"start_recovery", "extend", "extend_part"} | MONEY_BACK,
    "RECOVERING": {"propose_write_off", "confirm_write_off"} | MONEY_BACK,
    "WRITTEN_OFF": {"ratify", "note_recovery", "repay_late", "reverse_employer_payment"},
    "REFUSED": {"reverse_employer_payment"},
}
MOVES = Moves(advance, COMMANDS, WAYS, ALLOWED)


def advance_in(state: str) -> WageAdvance:
    made: WageAdvance = MOVES.record_in(state)
    return made


def test_the_table_has_these_states_and_commands() -> None:
    MOVES.assert_complete()


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_move_is_made_or_refused_by_the_table(state: str, command: str) -> None:
    MOVES.attempt(state, command)


@pytest.mark.parametrize(("state", "command", "by"), [
    ("PROPOSED", lambda a, by: a.approve_emergency(by, DAY, POLICY, NOTHING), "proposer"),
    ("PROPOSED", lambda a, by: a.approve(by, DAY, POLICY, NOTHING), "proposer"),
    ("SECURED", lambda a, by: a.ratify(by, DAY), "proposer"),
    ("SECURED", lambda a, by: a.ratify(by, DAY), "chair"),
    ("SECURED", pay, "proposer"),
    ("SECURED", pay, "chair"),
    ("RECOVERING", lambda a, by: a.confirm_write_off(by), "group"),
])
def test_two_steps_need_two_people(state: str, command: Callable[[WageAdvance, str], object], by: str) -> None:
    with pytest.raises(SamePerson):
        command(advance_in(state), by)
    command(advance_in(state), "somebody else")


def test_an_emergency_is_ratified_once_within_five_working_days() -> None:
    made = advance_in("APPROVED")
    assert made.ratify_due_on == date(2026, 5, 12)  # 9 May is a shifted working Saturday
    assert not made.is_collective
    made.ratify("group", DAY)
    assert made.is_collective
    with pytest.raises(NotAnEmergency):
        made.ratify("another", DAY)


def test_a_normal_approval_has_nothing_to_ratify() -> None:
    made = advance()
    made.approve("group", DAY, POLICY, NOTHING)
    assert made.is_collective
    with pytest.raises(NotAnEmergency):
        made.ratify("another", DAY)


def test_after_the_ratification_deadline_nothing_is_paid_until_ratified() -> None:
    late = date(2026, 5, 13)
    with pytest.raises(RatificationMissed):
        pay(advance_in("SECURED"), on=late)
    made = advance_in("SECURED")
    made.ratify("group", late)
    pay(made, on=late)
    assert made.state == "DISBURSED"


@pytest.mark.parametrize(("verdict", "refusal"), [("DENY", PurposeDenied), ("NEED_APPROVAL", NeedsCollectiveApproval)])
def test_the_purpose_of_the_money_binds(verdict: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal, match="文号"):
        pay(advance_in("SECURED"), rule=purpose(verdict))


def test_money_that_needs_the_leading_group_is_paid_after_its_ratification() -> None:
    made = advance_in("SECURED")
    made.ratify("group", DAY)
    pay(made, rule=purpose("NEED_APPROVAL"))
    assert made.state == "DISBURSED"


def test_the_undertaking_cannot_end_before_it_begins() -> None:
    with pytest.raises(DueBeforeStart):
        advance_in("APPROVED").sign_undertaking("刘", DAY, DAY - timedelta(days=1), "HD-1", None, POLICY, DAY)


def test_the_day_of_repayment_is_at_most_so_far_off() -> None:
    last = DAY + timedelta(days=POLICY.most_term_days)
    with pytest.raises(TermTooLong, match=str(last)):
        advance_in("APPROVED").sign_undertaking("刘", DAY, last + timedelta(days=1), "HD-1", None, POLICY, DAY)
    advance_in("APPROVED").sign_undertaking("刘", DAY, last, "HD-1", None, POLICY, DAY)
    with pytest.raises(TermTooLong):
        aftermath.extend(advance_in("DISBURSED"), last + timedelta(days=1), "-", "HD-2", POLICY, "group", DAY)


def test_a_write_off_needs_a_proposal() -> None:
    made = advance_in("OVERDUE")
    made.ratify("group", DAY)
    made.start_recovery("支付令", None)
    with pytest.raises(WriteOffNotProposed):
        made.confirm_write_off("auditor")


def test_a_write_off_gives_up_the_balance_and_no_more() -> None:
    made = advance_in("RECOVERING")
    repay(made, 40_000)
    assert made.confirm_write_off("auditor").amount_fen == 60_000
    assert (made.outstanding_fen, made.written_off_fen, made.repaid_fen) == (0, 60_000, 40_000)


@pytest.mark.parametrize(("made", "refusal"), [
    (lambda: advance(100, claimed_fen=99), AdvanceAboveClaim),
    (lambda: advance(100, 200, total_fen=301), AdvanceSumWrong),
    (lambda: advance(100, 200, total_fen=299), AdvanceSumWrong),
])
def test_a_proposal_keeps_to_claims_and_sum(made: Callable[[], WageAdvance], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        made().check()


def test_a_claim_stands_once_in_an_advance() -> None:
    made = advance(100, 200)
    made.lines[1].claim_id = made.lines[0].claim_id
    with pytest.raises(ClaimTwice):
        made.check()


SHARED = replace(POLICY, most_total_share_bp=5_000, most_employer_fen=900_000)
WORKER = new_id()


def mine(*amounts_fen: int, claimed_fen: int = 600_000) -> WageAdvance:
    """Every line is for one worker."""
    made = advance(*amounts_fen, claimed_fen=claimed_fen)
    for line in made.lines:
        line.worker_id = WORKER
    return made


@pytest.mark.parametrize(("made", "beside", "policy"), [
    (lambda: advance(*[250_000] * 4), Standing(dispute_fen=1), POLICY),
    (lambda: advance(300_001), NOTHING, POLICY),
    (lambda: mine(200_000, 100_001), NOTHING, POLICY),
    (lambda: mine(200_000), Standing(worker_fen={WORKER: 100_001}), POLICY),
    (lambda: advance(200_000, claimed_fen=300_000), Standing(), SHARED),
    (lambda: advance(100_000, claimed_fen=200_000), Standing(dispute_fen=100_001, dispute_claimed_fen=200_000), SHARED),
    (lambda: advance(100_000, claimed_fen=200_000), Standing(owed_fen=800_001), SHARED),
])
def test_a_cap_looks_at_what_stands_beside(made: Callable[[], WageAdvance], beside: Standing,
                                           policy: AdvancePolicy) -> None:
    with pytest.raises(AboveCap):
        made().hold_to(policy, beside)
    with pytest.raises(AboveCap):
        made().approve("group", DAY, policy, beside)


@pytest.mark.parametrize(("made", "beside", "policy"), [
    (lambda: advance(*[250_000] * 3), Standing(dispute_fen=250_000), POLICY),
    (lambda: mine(200_000, 100_000), NOTHING, POLICY),
    (lambda: mine(200_000), Standing(worker_fen={WORKER: 100_000, new_id(): 300_000}), POLICY),
    (lambda: advance(100_000, claimed_fen=200_000), Standing(dispute_fen=100_000, dispute_claimed_fen=200_000), SHARED),
    (lambda: advance(100_000, claimed_fen=200_000), Standing(owed_fen=800_000), SHARED),
])
def test_just_within_the_caps(made: Callable[[], WageAdvance], beside: Standing, policy: AdvancePolicy) -> None:
    made().hold_to(policy, beside)


def test_one_person_approves_only_so_much_alone() -> None:
    with pytest.raises(AboveCap, match=r"¥5,000.00"):
        advance(250_000, 250_001).approve_emergency("chair", DAY, POLICY, NOTHING)
    with pytest.raises(AboveCap, match=r"¥4,000.01") as caught:
        advance(100_000).approve_emergency("chair", DAY, POLICY, Standing(alone_fen=400_001))
    assert "领导小组" in caught.value.text("zh")
    advance(100_000).approve_emergency("chair", DAY, POLICY, Standing(alone_fen=400_000))


@pytest.mark.parametrize("state", sorted(ADVANCE.states))
def test_what_takes_room_of_the_limits(state: str) -> None:
    assert counts(state) == (state not in ("REFUSED", "REPAID"))
    assert not is_alone(state, is_emergency=False, is_ratified=False)
    assert is_alone(state, is_emergency=True, is_ratified=False) == (state != "REFUSED")
    over = ("REFUSED", "REPAID", "WRITTEN_OFF")
    assert is_alone(state, is_emergency=True, is_ratified=True) == (state not in over)


def test_nothing_is_written_off_before_it_is_ratified() -> None:
    made = advance_in("OVERDUE")
    made.start_recovery("支付令", None)
    with pytest.raises(WriteOffBeforeRatification):
        made.propose_write_off("无可执行财产", "HX-1", "group")
    proposed_before = advance_in("RECOVERING")
    proposed_before.ratified_on = None
    with pytest.raises(WriteOffBeforeRatification):
        proposed_before.confirm_write_off("auditor")


@given(st.lists(st.integers(1, 200_000), min_size=1, max_size=8), st.lists(st.integers(1, 400_000), max_size=12))
def test_repayments_never_exceed_what_was_paid(lines: list[int], repayments: list[int]) -> None:
    made = advance(*lines)
    made.approve("group", DAY, POLICY, NOTHING)
    COMMANDS["sign_undertaking"](made)
    pay(made)
    repaid = 0
    for fen in repayments:
        if repaid == made.total_fen:
            with pytest.raises(WrongState):
                repay(made, fen)
        elif fen > made.total_fen - repaid:
            with pytest.raises(RepaymentAboveBalance) as caught:
                repay(made, fen)
            assert caught.value.params["balance_fen"] == made.total_fen - repaid
            made.state = "PARTLY_REPAID" if repaid else "DISBURSED"
        else:
            repay(made, fen)
            repaid += fen
        assert made.repaid_fen == repaid == sum(r.amount_fen for r in made.repayments)
        assert made.outstanding_fen == made.total_fen - repaid
    assert (made.state == "REPAID") == (repaid == made.total_fen)
