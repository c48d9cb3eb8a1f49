"""Relief on a database of either kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from shared.store.engine import Database, service_url
from shared.store.migrate import migrate
from tests.databases import data_folder
from tests.services.desks import Desk

Desks = Sequence[Desk]


@pytest.fixture
def two(url: str | None, desk: Callable[[str], Desk], tmp_path: Path) -> Iterator[Desks]:
    """Two processes on one database."""
    migrate("relief", url, data_folder(tmp_path))
    databases = [Database(service_url("relief", url, data_folder(tmp_path))) for _ in range(2)]
    yield [Desk("relief", database, desk) for database in databases]
    for database in databases:
        database.close()
