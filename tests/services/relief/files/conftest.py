"""What the tests of hardship files share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.services import people
from tests.services.desks import Desk


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def hire(desk: Callable[[str], Desk]) -> Callable[[], str]:
    """A new worker; their id."""
    return lambda: people.worker(desk("membership"), None)


@pytest.fixture
def worker_id(hire: Callable[[], str]) -> str:
    return hire()
