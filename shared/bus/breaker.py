"""Leaves a service alone that does not answer, so that its callers need not wait out their deadlines one by one."""

from __future__ import annotations

import time
from collections.abc import Callable

#: misses in a row after which a service is left alone for a while
MISSES = 5
REST_SECONDS = 2.0


class Breaker:
    """What one process knows of one service. After MISSES in a row all are refused for REST_SECONDS; then one caller
    goes and looks, and the others are refused until it knows."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._misses = 0
        self._rests_until = 0.0

    def admits(self, seconds: float) -> bool:
        """Whether to ask the service now. Whoever does tells the outcome within `seconds`."""
        if self._misses < MISSES:
            return True
        at = self._clock()
        if at < self._rests_until:
            return False
        self._rests_until = at + seconds
        return True

    def answered(self) -> None:
        """It is there."""
        self._misses = 0

    def missed(self) -> None:
        """It let a deadline pass."""
        self._misses += 1
        self._rests_until = self._clock() + REST_SECONDS

    def not_asked(self) -> None:
        """The question was not sent: somebody else may look."""
        self._rests_until = 0.0
