"""Long lists in parts: one statement, one question and one event take so many rows and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def slices(items: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """`items` in their order, `most` at a time; the last part may be shorter."""
    for start in range(0, len(items), most):
        yield items[start:start + most]
