"""A finding by itself: each forbidden move, who may decide, what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.watch.finding import ACTIONS, CODES, SUBJECT_KINDS, Finding, Hit
from services.relief.domain.watch.refusals import ActionUnfit, FindingNotYours
from services.relief.domain.watch.states import FINDING, WAITING
from services.relief.domain.watch.wording import TEXTS
from shared.contracts.relief.watch import codes
from shared.kernel.calendar import add_working_days
from shared.kernel.clock import now
from shared.kernel.errors import WrongState
from shared.kernel.ids import new_id
from tests.services.moves import Moves

DAY = date(2026, 5, 6)
ALLOWED = {"OPEN": {"assign"}, "ASSIGNED": {"assign", "confirm", "dismiss"}, "CONFIRMED": {"assign", "resolve"},
           "DISMISSED": set(), "RESOLVED": set()}
COMMANDS: dict[str, Callable[[Finding], object]] = {
    "assign": lambda f: f.assign("me"),
    "confirm": lambda f: f.confirm("属实", "me"),
    "dismiss": lambda f: f.dismiss("并非同一家庭", "me"),
    "resolve": lambda f: f.resolve("FOLLOWED_UP", "已回访", "me"),
}
WAYS = {"OPEN": (), "ASSIGNED": ("assign",), "CONFIRMED": ("assign", "confirm"), "DISMISSED": ("assign", "dismiss"),
        "RESOLVED": ("assign", "confirm", "resolve")}


def hit(code: str = "BLD-3") -> Hit:
    figures = {name: 7 for zh in TEXTS[code] for _, name, _, _ in Formatter().parse(zh) if name}
    return Hit(code, "FILE", new_id(), "/37/3702/370202/", "2026", figures)


def finding(state: str = "OPEN", code: str = "BLD-3") -> Finding:
    made: Finding = Moves(lambda: Finding.open(hit(code), "FX1", DAY, now()), COMMANDS, WAYS, ALLOWED).record_in(state)
    return made


MOVES = Moves(finding, COMMANDS, WAYS, ALLOWED)


def test_the_table_is_the_one_of_the_manual() -> None:
    assert {state: set(FINDING.allowed(state)) for state in FINDING.states} == ALLOWED
    assert set(WAITING) == {state for state, commands in ALLOWED.items() if commands}
    MOVES.assert_complete(codes.FINDING_STATES)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("state", ALLOWED)
def test_each_move_is_as_the_table_says(state: str, command: str) -> None:
    MOVES.attempt(state, command)


@given(st.lists(st.sampled_from(sorted(COMMANDS)), max_size=12))
def test_no_order_of_commands_leaves_the_table(commands: list[str]) -> None:
    made = finding()
    for command in commands:
        expected = FINDING.next(made.state, command) if command in ALLOWED[made.state] else made.state
        try:
            COMMANDS[command](made)
        except WrongState:
            assert command not in ALLOWED[made.state]
        assert made.state == expected
    assert (made.action is not None) == (made.state == "RESOLVED")


@pytest.mark.parametrize(("state", "command"), [("ASSIGNED", "confirm"), ("ASSIGNED", "dismiss"),
                                                ("CONFIRMED", "resolve")])
def test_only_who_it_was_assigned_to_decides(state: str, command: str) -> None:
    made = finding(state)
    made.assign("somebody else")
    if state == "CONFIRMED":
        made.confirm("属实", "somebody else")
    with pytest.raises(FindingNotYours):
        COMMANDS[command](made)


def test_it_is_due_after_ten_working_days() -> None:
    assert finding().due_on == add_working_days(DAY, 10)


@pytest.mark.parametrize("code", CODES)
def test_what_can_be_done_depends_on_the_code(code: str) -> None:
    for action in codes.ACTIONS:
        made = finding("CONFIRMED", code)
        if action in ACTIONS[code]:
            made.resolve(action, "-", "me")
            assert made.action == action
        else:
            with pytest.raises(ActionUnfit):
                made.resolve(action, "-", "me")
            assert (made.state, made.action) == ("CONFIRMED", None)


@pytest.mark.parametrize("code", CODES)
def test_it_says_the_same_in_both_languages(code: str) -> None:
    zh, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in TEXTS[code])
    assert zh == en
    made = finding(code=code)
    assert max(len(made.explanation_zh), len(made.explanation_en)) <= 500


def test_domain_and_contract_have_the_same_codes() -> None:
    assert CODES == codes.FINDING_CODES
    assert SUBJECT_KINDS == codes.SUBJECT_KINDS
    assert set(codes.ACTIONS) == {action for actions in ACTIONS.values() for action in actions}
    assert set(ACTIONS) == set(CODES)
