"""A centre started by `bangfu run`, on each database, in one process and split; all flows are told on each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.accounts.cli import add_account
from shared.runtime.demo.cast import Cast, gather
from shared.service.react import DELAYS_SECONDS
from tests.centre import Centre
from tests.databases import fresh_url
from tests.flows.settled import parked, unsettled

#: each database and each shape quickly; crosswise in the long run
STACKS = ("sqlite-one", "postgresql-split", *(pytest.param(name, marks=pytest.mark.long)
                                              for name in ("postgresql-one", "sqlite-split")))
PASSWORD = "only-for-these-tests"
_numbers = itertools.count(1)

assert sum(DELAYS_SECONDS) < 600


@pytest.fixture(scope="session", params=STACKS)
def centre(request: pytest.FixtureRequest, amqp_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """One centre for a whole session of flows; at its end nothing may be parked, unpublished or left to retry."""
    kind, _, shape = request.param.partition("-")
    given = request.getfixturevalue("postgres_url") if kind == "postgresql" else None
    folder: Path = tmp_path_factory.mktemp(request.param)
    with fresh_url(kind, given) as url:
        one = Centre(folder, amqp_url, url, split=shape == "split").start()
        yield one
        left = unsettled(one.settings)
        assert one.stop() == 0, one.output[-20:]
        assert not left, (left, parked(one.settings))


@pytest.fixture(scope="session")
def cast(centre: Centre) -> Cast:
    def add(name: str, password: str, display_name: str, grants: list[tuple[str, str]]) -> None:
        add_account(centre.settings, name, password, display_name, grants)

    return gather(centre.api, PASSWORD, add)


@pytest.fixture
def number() -> int:
    """A number no other story of this session has."""
    return next(_numbers)
