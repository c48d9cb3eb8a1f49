"""Contenders take turns: what one minute of the machine does to one, the same minute does to the others."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """How long and how often."""

    rounds: int
    seconds: float


@dataclass(frozen=True)
class Figure:
    """One line of the results. `ratio` is ours by theirs, the median over the rounds; `more` is context."""

    name: str
    value: float
    unit: str
    ratio_to: str | None
    ratio: float | None
    goal: str
    met: bool | None
    more: dict[str, float | int | str]

    def line(self) -> dict[str, float | int | str | bool | None]:
        """The figure as it is written down."""
        return {"name": self.name, "value": _short(self.value), "unit": self.unit, "ratio_to": self.ratio_to,
                "ratio": None if self.ratio is None else _short(self.ratio), "goal": self.goal, "met": self.met,
                **{name: _short(value) if isinstance(value, float) else value for name, value in self.more.items()}}


class Rounds(Generic[T]):
    """What each contender's rounds gave, by contender."""

    def __init__(self) -> None:
        self.found: dict[str, list[T]] = {}

    def median(self, name: str, of: Callable[[T], float]) -> float:
        return median(of(one) for one in self.found[name])

    def ratio(self, ours: str, theirs: str, of: Callable[[T], float]) -> float:
        """The median of the rounds' ratios."""
        return median(of(a) / of(b) for a, b in zip(self.found[ours], self.found[theirs], strict=True))


def take_turns(options: Options, runs: dict[str, Callable[[int], T]], warm_up: Iterable[Callable[[], object]] = ()
               ) -> Rounds[T]:
    """Run all once a round, in a new order each time. A run is given the number of its round."""
    for step in warm_up:
        step()
    rounds: Rounds[T] = Rounds()
    for number in range(options.rounds):
        order: Sequence[str] = random.sample(sorted(runs), len(runs))
        for name in order:
            rounds.found.setdefault(name, []).append(runs[name](number))
    return rounds


def _short(value: float) -> float:
    return round(value, 1) if abs(value) >= 100 else round(value, 3)
