"""The garbage collector of a program that serves for months."""

from __future__ import annotations

import gc

#: objects made before it looks through the young ones; rounds of one generation before it looks at the next
OBJECTS, ROUNDS = 20_000, 20


def leave_what_started() -> None:
    """Put what start-up made out of the collector's way: it stays to the end, and one look through its hundreds of
    thousands of objects makes every request wait that is in hand. What is made later is looked at as ever."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, ROUNDS, ROUNDS)
