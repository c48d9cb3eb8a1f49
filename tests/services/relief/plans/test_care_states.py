"""Plans and pair-ups by themselves: each forbidden move is refused and leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.plans import states
from services.relief.domain.plans.assistance_plan import AssistancePlan
from services.relief.domain.plans.pair_up import PairUp
from shared.contracts.relief.plans import codes
from shared.kernel.calendar import months_later
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from tests.services.moves import Moves, cases

DAY = date(2026, 5, 6)
STEP = {"kind": "SCHOOLING", "tier": "EMERGENCY", "what": "入学", "owner_id": "officer", "due_on": DAY,
        "worker_id": None, "referred_to": None}


def plan() -> AssistancePlan:
    made = AssistancePlan(new_id(), "/37/3799/379901/", "JH1", new_id(), new_id(), "自立", "officer", DAY, now())
    made.put_step(STEP, (), DAY)
    made.put_step(STEP, (), DAY)
    return made


def pair(cadre_id: str = "cadre") -> PairUp:
    return PairUp(new_id(), "/37/3799/379901/", "JD1", new_id(), cadre_id, "SECTION", DAY, "director", now(),
                  months_later(DAY, 3))


def _settle_all(p: AssistancePlan) -> None:
    if p.state == "RUNNING":
        for step in p.open_steps:
            p.finish_step(step.id, "已办", DAY, DAY)


def _first(p: AssistancePlan) -> str:
    return next(iter(p.open_steps or p.steps)).id


def _achieve(p: AssistancePlan) -> None:
    _settle_all(p)
    p.achieve("自立", DAY)


PLANS: dict[str, Callable[[AssistancePlan], object]] = {
    "add_step": lambda p: p.add_step(STEP, (), DAY),
    "start": lambda p: p.start(),
    "finish_step": lambda p: p.finish_step(_first(p), "已办", DAY, DAY),
    "drop_step": lambda p: p.drop_step(_first(p), "不需要", DAY),
    "mark_overdue": lambda p: p.move("mark_overdue"),
    "achieve": _achieve,
    "revise": lambda p: p.revise("拆迁", DAY, plan()),
    "end": lambda p: p.end("迁出", DAY),
}
PLAN_WAYS = {"PLANNED": [], "RUNNING": ["start"], "ACHIEVED": ["start", "achieve"], "REVISED": ["revise"],
             "ENDED": ["end"]}
PLAN_ALLOWED = {"PLANNED": {"add_step", "start", "drop_step", "revise", "end"},
                "RUNNING": {"add_step", "finish_step", "drop_step", "mark_overdue", "achieve", "revise", "end"},
                "ACHIEVED": set(), "REVISED": set(), "ENDED": set()}
PAIRS: dict[str, Callable[[PairUp], object]] = {
    "contact": lambda p: p.contact(DAY, "VISIT", "走访", 3, "cadre", DAY),
    "miss_contact": lambda p: p.miss_contact(),
    "hand_over": lambda p: p.hand_over(pair("other"), "调岗", DAY),
    "end": lambda p: p.end("脱困", DAY, DAY),
}
PAIR_WAYS = {"ACTIVE": [], "HANDED_OVER": ["hand_over"], "ENDED": ["end"]}
PAIR_ALLOWED = {"ACTIVE": set(PAIRS), "HANDED_OVER": set(), "ENDED": set()}
MOVES = {"plan": Moves(plan, PLANS, PLAN_WAYS, PLAN_ALLOWED), "pair": Moves(pair, PAIRS, PAIR_WAYS, PAIR_ALLOWED)}


def test_the_tables_and_the_codes_agree() -> None:
    MOVES["plan"].assert_complete(codes.PLAN_STATES)
    MOVES["pair"].assert_complete(codes.PAIR_STATES)
    assert (states.STEP_KINDS, states.TIERS, states.STEP_STATES) == (codes.STEP_KINDS, codes.TIERS, codes.STEP_STATES)
    assert (states.RANKS, states.CONTACT_KINDS) == (codes.RANKS, codes.CONTACT_KINDS)


@pytest.mark.parametrize(("moves", "state", "command"), cases(MOVES))
def test_a_move_is_made_or_refused_by_the_table(moves: Moves, state: str, command: str) -> None:
    moves.attempt(state, command)


@given(st.lists(st.integers(0, 400), max_size=10))
def test_the_next_contact_is_due_a_quarter_after_the_latest(days: list[int]) -> None:
    """In whatever order the contacts are entered."""
    made, end = pair(), DAY + timedelta(days=400)
    for offset in days:
        made.contact(DAY + timedelta(days=offset), "PHONE", "联系", 3, "cadre", end)
    assert made.contact_due_on == months_later(DAY + timedelta(days=max([0, *days])), 3)
    assert made.last_on == DAY + timedelta(days=max([0, *days]))


@pytest.mark.parametrize(("day", "months", "due"), [
    (date(2026, 11, 30), 3, date(2027, 2, 28)), (date(2026, 12, 31), 2, date(2027, 2, 28)),
    (date(2026, 1, 31), 3, date(2026, 4, 30)), (date(2026, 10, 1), 3, date(2027, 1, 1))])
def test_months_end_where_the_month_ends(day: date, months: int, due: date) -> None:
    assert months_later(day, months) == due
