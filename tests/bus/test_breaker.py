"""A service that does not answer is left alone, and found again by one who looks."""

from __future__ import annotations

import pytest

from shared.bus.breaker import MISSES, REST_SECONDS, Breaker

DEADLINE = 5.0


class Clock:
    at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def still(clock: Clock) -> Breaker:
    """The breaker of a service that has just missed its last chance."""
    breaker = Breaker(clock)
    for _ in range(MISSES):
        assert breaker.admits(DEADLINE)
        breaker.missed()
    return breaker


def test_a_few_misses_between_answers_mean_nothing(clock: Clock) -> None:
    breaker = Breaker(clock)
    for _ in range(3):
        for _ in range(MISSES - 1):
            breaker.missed()
        assert breaker.admits(DEADLINE)
        breaker.answered()


def test_callers_who_miss_together_are_refused_together(clock: Clock, still: Breaker) -> None:
    assert not still.admits(DEADLINE)
    clock.at += REST_SECONDS
    assert [still.admits(DEADLINE) for _ in range(MISSES)] == [True, *[False] * (MISSES - 1)]


def test_who_looks_and_misses_makes_it_rest_again(clock: Clock, still: Breaker) -> None:
    clock.at += REST_SECONDS
    assert still.admits(DEADLINE)
    clock.at += DEADLINE
    still.missed()
    assert not still.admits(DEADLINE)
    clock.at += REST_SECONDS
    assert still.admits(DEADLINE)


def test_who_looks_and_is_answered_lets_all_in(clock: Clock, still: Breaker) -> None:
    clock.at += REST_SECONDS
    assert still.admits(DEADLINE)
    still.answered()
    assert all(still.admits(DEADLINE) for _ in range(3))


def test_who_could_not_look_leaves_it_to_the_next(clock: Clock, still: Breaker) -> None:
    clock.at += REST_SECONDS
    assert still.admits(DEADLINE)
    still.not_asked()
    assert still.admits(DEADLINE)
    assert not still.admits(DEADLINE)


def test_who_looked_and_never_came_back_is_not_waited_for_longer_than_the_deadline(
        clock: Clock, still: Breaker) -> None:
    clock.at += REST_SECONDS
    assert still.admits(DEADLINE)
    clock.at += DEADLINE
    assert still.admits(DEADLINE)
