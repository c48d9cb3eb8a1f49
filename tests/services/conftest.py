"""`desk("relief")` is a service on its own SQLite file, with every other service it asks really answering."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.store import encryption
from tests.services.desks import Desk, Desks, migrated


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The migrated, empty database of a service, made once a session."""
    made: dict[str, Path] = {}

    def file(service: str) -> Path:
        if service not in made:
            made[service] = migrated(service, tmp_path_factory.mktemp(service))
        return made[service]

    return file


@pytest.fixture
def desk(tmp_path: Path, template: Callable[[str], Path]) -> Iterator[Callable[[str], Desk]]:
    before = encryption._cipher
    encryption.use(encryption.Cipher({"k1": b"1" * 32}, "k1", b"2" * 32))
    desks = Desks(template)
    yield desks
    desks.close()
    encryption._cipher = before


@pytest.fixture
def on_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """`on_day(16)` moves the product's clock to 16 days after the real day."""
    file = tmp_path / "clock"
    monkeypatch.setenv("BANGFU_CLOCK_FILE", str(file))

    def shift(days: int) -> None:
        file.write_text(str(days))

    return shift
