"""Which child gets a place at which school (就近入学): nearest first, ties by the time of application."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: what goes first: the shorter way, or the earlier application
ORDERS = ("DISTANCE", "APPLICATION")
FAR = 10_000_000


@dataclass(frozen=True)
class Wanting:
    """A request: `number` orders by time of application, `metres` are ways a clerk measured, by school."""

    request_id: str
    number: str
    division: str
    metres: Mapping[str, int]


@dataclass(frozen=True)
class Offering:
    """A school with its free places; `division` is its division code (GB/T 2260 and its extensions)."""

    school_id: str
    division: str
    free: int


def way(child: Wanting, school: Offering) -> tuple[int, int]:
    """Smaller is nearer: measured ways first; without one, the more leading digits of the codes agree the nearer."""
    if school.school_id in child.metres:
        return (0, child.metres[school.school_id])
    return (1, FAR - _common(child.division, school.division))


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def assign(children: Sequence[Wanting], schools: Iterable[Offering], order: str) -> dict[str, str]:
    """Request → school. No school gets more children than it has places, no child more than one place."""
    offered = list(schools)
    free = {school.school_id: school.free for school in offered}
    pairs = [(way(child, school), child, school) for child in children for school in offered]
    by_way = order == "DISTANCE"
    pairs.sort(key=lambda p: ((p[0], p[1].number) if by_way else (p[1].number, p[0]), p[2].school_id))
    placed: dict[str, str] = {}
    for _way, child, school in pairs:
        if child.request_id not in placed and free[school.school_id] > 0:
            placed[child.request_id] = school.school_id
            free[school.school_id] -= 1
    return placed
