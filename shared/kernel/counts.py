"""Counts that know what they count: cases 起, person-times 人次, persons 人, households 户. Kinds never mix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import total_ordering
from typing import ClassVar, Literal, Self


@total_ordering
@dataclass(frozen=True, eq=False)
class Count:
    """A number of something, zero or more. Mixing kinds, also in `==`, raises TypeError: it is always a mistake."""

    value: int
    unit_zh: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise TypeError(f"{type(self).__name__} counts whole numbers, not {self.value!r}")
        if self.value < 0:
            raise ValueError(f"{type(self).__name__} cannot be {self.value}")

    def __add__(self, other: Self) -> Self:
        return type(self)(self.value + self._same(other))

    def __radd__(self, other: Literal[0]) -> Self:
        """Lets `sum()` start from its 0."""
        if other != 0:
            raise TypeError(f"cannot add {other!r} to {type(self).__name__}")
        return self

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.value - self._same(other))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Count):
            return NotImplemented
        return self.value == self._same(other)

    def __lt__(self, other: Self) -> bool:
        return self.value < self._same(other)

    def __hash__(self) -> int:
        return hash((type(self), self.value))

    def __int__(self) -> int:
        return self.value

    def __index__(self) -> int:
        return self.value

    def __bool__(self) -> bool:
        return self.value > 0

    def __str__(self) -> str:
        return f"{self.value} {self.unit_zh}"

    def _same(self, other: object) -> int:
        if type(other) is not type(self):
            raise TypeError(f"{type(self).__name__} and {type(other).__name__} count different things")
        return other.value


class Cases(Count):
    """Matters handled (起)."""

    unit_zh = "起"


class PersonTimes(Count):
    """Times someone was served; one person may count often (人次)."""

    unit_zh = "人次"


class Persons(Count):
    """Different people (人)."""

    unit_zh = "人"


class Households(Count):
    """Households (户)."""

    unit_zh = "户"


@dataclass(frozen=True)
class Bound:
    """A figure a source gives as a bound: 40余 and 40多 are `over` 40, 近100 is `nearly` 100. Not a count to add up."""

    value: int
    kind: Literal["over", "nearly"]

    def __post_init__(self) -> None:
        if self.kind not in ("over", "nearly"):
            raise ValueError(f"a bound is over or nearly, not {self.kind!r}")

    def allows(self, value: int) -> bool:
        """Whether an exact figure agrees with the bound."""
        return value > self.value if self.kind == "over" else value < self.value

    def __str__(self) -> str:
        return f"{self.value}余" if self.kind == "over" else f"近{self.value}"
