"""Applications and campaigns by themselves: each forbidden move refused, and what counters and sums come to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.applications.campaign import ReliefCampaign
from services.relief.domain.applications.caps import Earlier, Situation, compute
from services.relief.domain.applications.kinds import VISITS
from services.relief.domain.applications.need import is_lasting, need_key, school_year
from services.relief.domain.applications.programme import Programme
from services.relief.domain.applications.states import CAMPAIGN
from services.relief.domain.payments.line import Outcome
from shared.kernel.clock import now
from shared.kernel.errors import WrongState
from shared.kernel.ids import new_id
from tests.services.moves import Moves

DAY = date(2026, 5, 6)
RULE = Programme(jurisdiction="CN", effective_from=date(2010, 1, 1), document="文号", certainty="D",
                 rule_set="NATIONAL", relief_type="LIVING", whom="DEEP", tier="SAFEGUARD", period="HOUSEHOLD_YEAR",
                 months=12)
AID = {"payer": "SOCIETY", "amount_fen": 1, "is_same_need": True}


def application() -> ReliefApplication:
    return ReliefApplication(new_id(), "/37/3702/370202/", "JZ1", "LIVING", "DEEP", "SAFEGUARD", new_id(), new_id(),
                             new_id(), 2026, "officer", now())


def campaign() -> ReliefCampaign:
    return ReliefCampaign(new_id(), "/37/3702/370202/", "WW1", "春节", "FESTIVAL", "SPRING_FESTIVAL", 2027, "EMERGENCY",
                          "county", now(), {"DEEP": 10}, listed_count=2, total_fen=20)


def propose_recovery_and_confirm(a: ReliefApplication) -> None:
    if a.recovery_proposed_by is None and a.state in ("PAID", "CLOSED"):
        a.recovery_proposed_by = "director"
    a.confirm_recovery("auditor")


COMMANDS: dict[str, Callable[[ReliefApplication], object]] = {
    "return_once": lambda a: a.return_once(["bill_no"], "补", DAY),
    "supplement": lambda a: a.supplement({}, None),
    "complete": lambda a: a.complete(RULE, "township"),
    "compute": lambda a: a.take_computation(compute(RULE, Situation({}, 100)), [], DAY),
    "propose": lambda a: a.propose(100, None, ["surveyor"], "county"),
    "post_notice": lambda a: a.post_notice("公示栏", DAY),
    "object": lambda a: a.object("异议"),
    "add_other_aid": lambda a: a.add_other_aid(AID),
    "approve": lambda a: a.approve(RULE, ["surveyor"], None, "JZ-1", "director", DAY),
    "reject": lambda a: a.reject("不符合"),
    "reserve": lambda a: a.reserve(new_id(), "UNION"),
    "hand_over": lambda a: a.hand_over("LQ-1", DAY),
    "pay": lambda a: a.pay(DAY),
    "fail": lambda a: a.fail("户名不符"),
    "pay_part": lambda a: a.pay_part(1, DAY),
    "return_part": lambda a: a.return_part(1, "退汇"),
    "stop": lambda a: a.stop("停止"),
    "return_payment": lambda a: a.return_payment("退汇"),
    "confirm_receipt": lambda a: a.confirm_receipt("HF-1", DAY),
    "propose_recovery": lambda a: a.propose_recovery("虚假", "director"),
    "confirm_recovery": propose_recovery_and_confirm,
    "recover_part": lambda a: a.recover_part(1),
    "recover": lambda a: a.recover(),
    "write_off": lambda a: a.write_off(1),
    "withdraw": lambda a: a.withdraw("撤回"),
}
PROPOSED = ["complete", "compute", "propose"]
RESERVED = [*PROPOSED, "approve", "reserve"]
WAYS = {
    "SUBMITTED": [], "RETURNED": ["return_once"], "COMPLETE": ["complete"], "COMPUTED": ["complete", "compute"],
    "PROPOSED": PROPOSED, "APPROVED": [*PROPOSED, "approve"], "RESERVED": RESERVED, "PAID": [*RESERVED, "pay"],
    "CLOSED": [*RESERVED, "pay", "confirm_receipt"], "RECOVERING": [*RESERVED, "pay", "confirm_recovery"],
    "RECOVERED": [*RESERVED, "pay", "recover"], "WRITTEN_OFF": [*RESERVED, "pay", "confirm_recovery", "write_off"],
    "REJECTED": ["reject"], "WITHDRAWN": ["withdraw"],
}
ALLOWED = {
    "SUBMITTED": {"return_once", "complete", "add_other_aid", "reject", "withdraw"},
    "RETURNED": {"supplement", "add_other_aid", "withdraw"},
    "COMPLETE": {"compute", "add_other_aid", "reject", "withdraw"},
    "COMPUTED": {"compute", "propose", "add_other_aid", "reject", "withdraw"},
    "PROPOSED": {"post_notice", "object", "add_other_aid", "approve", "reject", "withdraw"},
    "APPROVED": {"reserve", "hand_over", "withdraw"},
    "RESERVED": {"pay", "fail", "pay_part", "return_part", "stop", "withdraw"},
    "PAID": {"return_payment", "confirm_receipt", "propose_recovery", "confirm_recovery", "recover_part",
             "recover"},
    "CLOSED": {"return_payment", "propose_recovery", "confirm_recovery", "recover_part", "recover"},
    "RECOVERING": {"return_payment", "recover_part", "recover", "write_off"},
    "RECOVERED": set(), "WRITTEN_OFF": set(), "REJECTED": set(), "WITHDRAWN": set(),
}


def test_the_tables_have_these_states_and_commands() -> None:
    Moves(application, COMMANDS, WAYS, ALLOWED).assert_complete()
    assert set(CAMPAIGN_WAYS) == CAMPAIGN.states == set(CAMPAIGN_ALLOWED)
    assert set(CAMPAIGN_COMMANDS) | {"pay_all", "release_all", "reopen"} == CAMPAIGN.commands


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_move_is_made_or_refused_by_the_table(state: str, command: str) -> None:
    Moves(application, COMMANDS, WAYS, ALLOWED).attempt(state, command)


def hear(state: str, count: int = 2) -> Callable[[ReliefCampaign], object]:
    outcomes = [Outcome("ReliefCampaign", "-", str(n), state, 10, DAY) for n in range(count)]
    return lambda c: c.hear(outcomes, {str(n): new_id() for n in range(count)})


CAMPAIGN_COMMANDS: dict[str, Callable[[ReliefCampaign], object]] = {
    "exclude": lambda c: c.take_off(10),
    "cancel": lambda c: c.cancel("改期"),
    "approve": lambda c: c.approve(new_id(), "UNION", "WW-1", False, "chair", DAY),
    "reserve_some": lambda c: c.reserve_some(1, 10, 0),
    "stall": lambda c: c.stall("fund-insufficient", "余额不足"),
    "finish": lambda c: c.finish(),
    "stop": lambda c: c.stop(0, "停止"),
    "release": lambda c: c.release(1, 10),
    "hear": hear("FAILED"),
}
CAMPAIGN_WAYS: dict[str, list[Callable[[ReliefCampaign], object]]] = {
    "DRAFT": [], "CANCELLED": [CAMPAIGN_COMMANDS["cancel"]],
    "RESERVING": [CAMPAIGN_COMMANDS["approve"], lambda c: c.reserve_some(2, 20, 0)],
    "RESERVED": [CAMPAIGN_COMMANDS["approve"], lambda c: c.reserve_some(2, 20, 0), CAMPAIGN_COMMANDS["finish"]],
    "PAID": [CAMPAIGN_COMMANDS["approve"], lambda c: c.reserve_some(2, 20, 0), CAMPAIGN_COMMANDS["finish"],
             hear("PAID")],
}
CAMPAIGN_ALLOWED = {
    "DRAFT": {"exclude", "cancel", "approve"}, "CANCELLED": set(),
    "RESERVING": {"reserve_some", "stall", "finish", "stop", "hear"}, "RESERVED": {"release", "hear"},
    "PAID": {"hear"},
}


@pytest.mark.parametrize("state", CAMPAIGN_WAYS)
@pytest.mark.parametrize("command", CAMPAIGN_COMMANDS)
def test_a_campaign_moves_by_its_table(state: str, command: str) -> None:
    made = campaign()
    for step in CAMPAIGN_WAYS[state]:
        step(made)
    assert made.state == state
    version = made.version
    if command in CAMPAIGN_ALLOWED[state]:
        CAMPAIGN_COMMANDS[command](made)
        assert made.version == version + 1
        return
    with pytest.raises(WrongState):
        CAMPAIGN_COMMANDS[command](made)
    assert (made.state, made.version) == (state, version)


def test_the_news_of_a_campaign_come_in_events_of_a_thousand() -> None:
    made = campaign()
    for step in CAMPAIGN_WAYS["RESERVING"]:
        step(made)
    made.reserve_some(2_498, 24_980, 0)
    made.finish()
    hear("PAID", 2_500)(made)
    told = [one.data for one in made.happened if one.event == "relief_campaign_paid"]
    assert [len(data["lines"]) for data in told] == [1_000, 1_000, 500]
    assert sum(data["amount_fen"] for data in told) == 25_000
    assert made.state == "PAID"


# -- what computing promises, for all numbers ------------------------------------------------------------------

FEN = st.integers(0, 10**10)


@given(own=FEN, others=FEN, paid=FEN, reserved=FEN, dibao=st.integers(1, 10**6), share=st.integers(1, 10_000),
       most=st.none() | st.integers(1, 10**9), months=st.none() | st.integers(1, 12))
def test_no_ceiling_is_ever_passed(own: int, others: int, paid: int, reserved: int, dibao: int, share: int,
                                   most: int | None, months: int | None) -> None:
    rule = Programme(jurisdiction="CN", effective_from=date(2010, 1, 1), document="d", certainty="D", rule_set="S",
                     relief_type="MEDICAL", whom="DEEP", tier="SAFEGUARD", period="HOUSEHOLD_YEAR", months=months,
                     most_fen=most, base="own_paid_fen", share_bp=share)
    found = compute(rule, Situation({"own_paid_fen": own}, dibao, Earlier(paid, reserved), [("SOCIETY", others)]))
    assert 0 <= found.cap_fen <= own
    if found.cap_fen:
        assert found.cap_fen * 10_000 <= own * share
        assert found.cap_fen + others <= own
        assert most is None or found.cap_fen + paid + reserved <= most
        assert months is None or found.cap_fen + paid + reserved <= months * dibao
    assert len(found.steps_zh) == len(found.steps_en)


@given(st.lists(st.tuples(st.integers(1, 400_000), st.booleans()), max_size=30), st.integers(1, 100_000))
def test_what_a_household_gets_in_a_year_is_never_above_the_cap(asked: list[tuple[int, bool]], dibao: int) -> None:
    """Applications one after the other, each for as much as it likes; some are given up and free their money."""
    held = 0
    for wanted, is_given_up in asked:
        found = compute(RULE, Situation({}, dibao, Earlier(held // 2, held - held // 2)))
        given_fen = min(wanted, found.cap_fen)
        held += 0 if is_given_up else given_fen
        assert held <= 12 * dibao


@given(st.integers(2000, 2099))
def test_two_semesters_make_a_school_year(year: int) -> None:
    assert school_year(f"{year}-AUTUMN") == school_year(f"{year + 1}-SPRING") == year


def test_which_needs_stay_met() -> None:
    household, person = new_id(), new_id()

    def key(relief_type: str, **need: str) -> str:
        return need_key(relief_type, household, person, 2026, need, lambda text: f"h{text}")

    assert not is_lasting(key("LIVING"))
    assert not is_lasting(key("GOODS"))
    assert all(map(is_lasting, (key("MEDICAL", bill_no="1"), key("STUDENT", student_no="1", semester="2026-AUTUMN"),
                                key("FESTIVAL", occasion="MID_AUTUMN"), key("ACCIDENT", happened_on="2026-01-01"))))
    assert key("MEDICAL", bill_no="1") != key("LEGAL_COST", bill_no="1")
    for occasion in VISITS:
        assert is_lasting(key("FESTIVAL", occasion=occasion, happened_on="2026-01-01"))
        assert household not in key("FESTIVAL", occasion=occasion)


@pytest.mark.parametrize("end", [lambda c: c.finish(), lambda c: c.stop(2, "停止")])
def test_a_campaign_that_can_pay_nobody_is_cancelled(end: Callable[[ReliefCampaign], object]) -> None:
    made = campaign()
    CAMPAIGN_COMMANDS["approve"](made)
    end(made)
    assert made.state == "CANCELLED"
    assert made.reason
