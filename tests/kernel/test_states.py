from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest

from shared.kernel.aggregate import Aggregate, Happened
from shared.kernel.errors import WrongState
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

LETTER = Machine(
    "Drafted",
    [
        Move(("Drafted", "Returned"), "Send", "Sent", by=(Role.WINDOW_CLERK,)),
        Move(("Sent",), "Return", "Returned"),
        Move(("Sent",), "Accept", "Accepted"),
    ],
)


@dataclass
class Letter(Aggregate):
    machine: ClassVar[Machine] = LETTER
    id: str
    org_path: str = "/37/"
    state: str = "Drafted"
    version: int = 1
    worker_id: str | None = None


def test_the_table_names_its_states_and_commands() -> None:
    assert LETTER.states == {"Drafted", "Sent", "Returned", "Accepted"}
    assert LETTER.commands == {"Send", "Return", "Accept"}
    assert LETTER.allowed("Sent") == ["Accept", "Return"]
    assert LETTER.allowed("Accepted") == []


def test_moves_follow_the_table() -> None:
    assert LETTER.next("Drafted", "Send") == "Sent"
    assert LETTER.next("Returned", "Send") == "Sent"


def test_a_move_outside_the_table_says_what_is_possible() -> None:
    with pytest.raises(WrongState) as refused:
        LETTER.next("Sent", "Send")
    assert refused.value.params == {"state": "Sent", "command": "Send", "allowed": "Accept, Return"}
    assert "Accept、Return" in refused.value.text("zh")
    with pytest.raises(WrongState, match="Possible: -"):
        LETTER.next("Accepted", "Return")


def test_one_command_has_one_target_in_a_state() -> None:
    with pytest.raises(ValueError, match="two moves for Sent"):
        Machine("Sent", [Move(("Sent",), "Return", "A"), Move(("Sent",), "Return", "B")])


def test_a_move_changes_state_and_version() -> None:
    letter = Letter("1")
    letter.move("Send")
    assert (letter.state, letter.version) == ("Sent", 2)


def test_a_refused_move_changes_nothing() -> None:
    letter = Letter("1")
    with pytest.raises(WrongState):
        letter.move("Accept")
    assert (letter.state, letter.version, letter.happened) == ("Drafted", 1, [])


def test_what_happened_is_noted_in_growing_order() -> None:
    letter = Letter("1")
    letter.move("Send")
    letter.record("letter_sent", id="1")
    letter.record("letter_copied", id="1")
    letter.move("Accept")
    letter.record("letter_accepted")
    assert letter.happened[0] == Happened("letter_sent", {"id": "1"}, 200)
    sequences = [fact.sequence for fact in letter.happened]
    assert sequences == sorted(set(sequences))


def test_what_happened_to_one_is_not_noted_at_another() -> None:
    first, second = Letter("1"), Letter("2")
    first.record("letter_sent")
    assert second.happened == []


def test_a_letter_belongs_to_the_worker_it_names() -> None:
    assert Letter("1", worker_id="w").belongs_to("w")
    assert not Letter("1", worker_id="w").belongs_to("v")
    assert not Letter("1").belongs_to("v")
