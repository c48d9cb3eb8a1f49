from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.counts import Bound, Cases, Count, Households, Persons, PersonTimes

KINDS = [Cases, PersonTimes, Persons, Households]
OPERATIONS = [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("left", KINDS)
@pytest.mark.parametrize("right", KINDS)
def test_kinds_never_mix(left: type[Count], right: type[Count], operation: Callable[[Any, Any], Any]) -> None:
    if left is right:
        assert operation(left(2), right(1)) == operation(left(2), right(1))
    else:
        with pytest.raises(TypeError, match="different things"):
            operation(left(2), right(1))


@given(st.lists(st.integers(0, 10**9)))
def test_counts_of_one_kind_add_up(values: list[int]) -> None:
    total = sum(map(Cases, values), Cases(0))
    assert int(total) == sum(values)
    assert sum([Cases(1), *map(Cases, values)]) == Cases(1 + sum(values))


def test_a_plain_number_is_no_count() -> None:
    with pytest.raises(TypeError):
        Cases(1) + 1  # type: ignore[operator]
    with pytest.raises(TypeError):
        1 + Cases(1)  # type: ignore[operator]
    with pytest.raises(TypeError):
        assert Cases(1) < 2  # type: ignore[operator]
    assert Cases(1) != 1


@pytest.mark.parametrize(("value", "error"), [(-1, ValueError), (1.0, TypeError), (True, TypeError), ("1", TypeError)])
def test_a_count_is_whole_and_not_negative(value: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        Persons(value)
    with pytest.raises(ValueError, match="cannot be -1"):
        Persons(1) - Persons(2)


def test_a_count_reads_and_acts_as_its_number() -> None:
    assert str(PersonTimes(121)) == "121 人次"
    assert list(range(Households(3))) == [0, 1, 2]
    assert not Cases(0)
    assert len({Cases(1), Cases(1), Cases(2)}) == 2


def test_a_bound_is_no_figure() -> None:
    assert str(Bound(40, "over")) == "40余"
    assert str(Bound(100, "nearly")) == "近100"
    assert Bound(40, "over").allows(43)
    assert not Bound(40, "over").allows(40)
    assert Bound(100, "nearly").allows(97)
    assert not Bound(100, "nearly").allows(100)
    with pytest.raises(ValueError, match="over or nearly"):
        Bound(1, "about")  # type: ignore[arg-type]
