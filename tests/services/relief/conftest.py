"""Two processes on one database, for what must hold whoever comes first."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.relief.rules import advances
from shared.store.engine import Database, service_url
from shared.store.migrate import migrate
from tests.databases import KINDS, data_folder, fresh_url
from tests.services.desks import Desk


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    given = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with fresh_url(request.param, given) as one:
        yield one


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The migrated, empty database of relief on PostgreSQL, made once a session: each test gets a copy."""
    with fresh_url("postgresql", postgres_url) as url:
        migrate("relief", url, tmp_path_factory.mktemp("postgresql"))
        yield str(url)


@pytest.fixture(params=KINDS)
def two(request: pytest.FixtureRequest, desk: Callable[[str], Desk], template: Callable[[str], Path],
        tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """On SQLite and on PostgreSQL: each desk has its own dispatcher, pool and writer's lock."""
    home, is_postgres = data_folder(tmp_path), request.param == "postgresql"
    server = request.getfixturevalue("postgres_url") if is_postgres else None
    if not is_postgres:
        (home / "db").mkdir()
        shutil.copyfile(template("relief"), home / "db" / "relief.sqlite3")
    copied = request.getfixturevalue("postgres_template") if is_postgres else None
    with fresh_url(request.param, server, template=copied) as url:
        databases = [Database(service_url("relief", url, home)) for _ in range(2)]
        yield Desk("relief", databases[0], desk), Desk("relief", databases[1], desk)  # type: ignore[misc]
        for database in databases:
            database.close()


@pytest.fixture
def limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`limits(most_total_fen=…)` changes the shipped limits of wage advances."""
    folder = tmp_path / "local-limits"

    def change(**fen: int) -> None:
        text = (advances.HERE / "wage_advance.yaml").read_text("utf-8")
        for name, most_fen in fen.items():
            text, changed = re.subn(rf"{name}: \d+", f"{name}: {most_fen}", text)
            assert changed == 1, name
        folder.mkdir(exist_ok=True)
        (folder / "wage_advance.yaml").write_text(text, "utf-8")
        monkeypatch.setenv("BANGFU_RULES", str(folder))

    return change
