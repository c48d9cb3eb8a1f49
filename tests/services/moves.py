"""The tests of state tables: every command is tried in every state, and made or refused as written down.

A test says how a record is made, what gives each command, which commands lead into each state, and which are allowed
there. The last is written out again, so that a change of a table must be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState


@dataclass(frozen=True)
class Moves:
    """The moves of one aggregate. `commands` takes them by name; `ways` and `allowed` by state."""

    make: Callable[[], Any]
    commands: Mapping[str, Callable[[Any], object]]
    ways: Mapping[str, Sequence[str]]
    allowed: Mapping[str, Collection[str]]

    def record_in(self, state: str) -> Any:
        made = self.make()
        for command in self.ways[state]:
            self.commands[command](made)
        assert made.state == state
        return made

    def assert_complete(self, codes: Collection[str] | None = None) -> None:
        """Every state is reached and every command tried; the contract's `codes` are the states."""
        machine = type(self.make()).machine
        assert set(self.ways) == machine.states == set(self.allowed)
        assert set(self.commands) == machine.commands
        assert codes is None or set(codes) == machine.states

    def attempt(self, state: str, command: str) -> None:
        """The command is a change, or it is refused and leaves the record as it was."""
        made = self.record_in(state)
        before = _look(made)
        if command in self.allowed[state]:
            self.commands[command](made)
            assert (made.state, made.version > before["version"]) == (made.machine.next(state, command), True)
            return
        with pytest.raises(WrongState) as refused:
            self.commands[command](made)
        assert refused.value.params["state"] == state
        assert _look(made) == before


def cases(tables: Mapping[str, Moves]) -> list[Any]:
    """Every command in every state, for `pytest.mark.parametrize(("moves", "state", "command"), …)`."""
    return [pytest.param(moves, state, command, id=f"{name} {state} {command}")
            for name, moves in tables.items() for state in moves.ways for command in moves.commands]


def _look(record: Aggregate) -> dict[str, Any]:
    return {**vars(record), "_happened": len(record.happened)}
