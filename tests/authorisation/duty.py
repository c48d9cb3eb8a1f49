"""A separation of duty (职责分离), as the tests try it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.stage import STORY, Stage

NUMBERS = count(STORY + 100)
Setup = Callable[[Stage], str]


@dataclass(frozen=True)
class Duty:
    """`first` is done by `everybody` in `setup`, which returns the record's path; then `step` must be refused to it.

    `rule` is the function of the domain that says so.
    """

    rule: str
    first: str
    setup: Setup
    step: str
    body: Any = None
    code: str = "separation-of-duty"
