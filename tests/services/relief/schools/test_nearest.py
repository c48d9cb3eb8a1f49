"""Who gets which place: never more children than places, never a child twice, nobody left while a place is free."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.schools.nearest import ORDERS, Offering, Wanting, assign, way

SCHOOLS = ("s1", "s2", "s3")
children = st.lists(st.builds(lambda division, metres: (division, metres), st.sampled_from(["370202", "370203001"]),
                              st.dictionaries(st.sampled_from(SCHOOLS), st.integers(0, 500))), max_size=12)
places = st.fixed_dictionaries({school: st.integers(0, 5) for school in SCHOOLS})


@pytest.mark.parametrize("order", ORDERS)
@given(found=children, free=places)
def test_places_are_neither_exceeded_nor_left_while_somebody_waits(order: str, found: list[tuple[str, dict[str, int]]],
                                                                   free: dict[str, int]) -> None:
    wanting = [Wanting(f"r{n}", f"{n:04d}", division, metres) for n, (division, metres) in enumerate(found)]
    placed = assign(wanting, [Offering(school, "370202", count) for school, count in free.items()], order)
    given_out = Counter(placed.values())
    assert all(given_out[school] <= free[school] for school in SCHOOLS)
    assert len(placed) == min(len(wanting), sum(free.values()))


def test_the_shorter_way_wins_or_the_earlier_application() -> None:
    late, early = Wanting("late", "0002", "370202", {"s1": 100}), Wanting("early", "0001", "370202", {"s1": 200})
    one = [Offering("s1", "370202", 1)]
    assert assign([early, late], one, "DISTANCE") == {"late": "s1"}
    assert assign([late, early], one, "APPLICATION") == {"early": "s1"}


def test_ties_go_to_the_earlier_application() -> None:
    two = [Wanting("b", "0002", "370202", {"s1": 100}), Wanting("a", "0001", "370202", {"s1": 100})]
    assert assign(two, [Offering("s1", "370202", 1)], "DISTANCE") == {"a": "s1"}


def test_a_measured_way_goes_before_a_guess_from_codes() -> None:
    child = Wanting("a", "0001", "370202001", {"s2": 9_999})
    assert way(child, Offering("s2", "440000", 1)) < way(child, Offering("s1", "370202001", 1))
    assert way(child, Offering("s1", "370202001", 1)) < way(child, Offering("s3", "370202", 1))
