"""State machines as tables: one row a move, read top to bottom like the table in a procedure manual."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shared.kernel.errors import WrongState
from shared.kernel.roles import Role


@dataclass(frozen=True)
class Move:
    """From one of `sources`, `command` leads to `target`. `by` names who may give the command (empty: the system)."""

    sources: tuple[str, ...]
    command: str
    target: str
    by: tuple[Role, ...] = ()


class Machine:
    """The moves of one aggregate. A pair (state, command) has at most one target."""

    def __init__(self, initial: str, moves: Iterable[Move]) -> None:
        self.initial = initial
        self.moves = tuple(moves)
        self._targets: dict[tuple[str, str], str] = {}
        for move in self.moves:
            for source in move.sources:
                if (source, move.command) in self._targets:
                    raise ValueError(f"two moves for {source} + {move.command}")
                self._targets[source, move.command] = move.target

    @property
    def states(self) -> frozenset[str]:
        return frozenset({self.initial, *self._targets.values(), *(source for source, _ in self._targets)})

    @property
    def commands(self) -> frozenset[str]:
        return frozenset(command for _, command in self._targets)

    def allowed(self, state: str) -> list[str]:
        """The commands possible in `state`, sorted."""
        return sorted(command for source, command in self._targets if source == state)

    def _for_people(self, state: str) -> list[str]:
        """What somebody may do in `state`, in the order of the table; what the system does by itself is no advice
        while there is any."""
        own = [move.command for move in self.moves if state in move.sources and move.by]
        return list(dict.fromkeys(own)) or self.allowed(state)

    def next(self, state: str, command: str) -> str:
        """The state `command` leads to. Raises WrongState, naming what is possible instead."""
        target = self._targets.get((state, command))
        if target is None:
            raise WrongState(state=state, command=command, allowed=self._for_people(state))
        return target
