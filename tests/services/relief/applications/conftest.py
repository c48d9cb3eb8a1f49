"""The desk of relief, and rules of its own place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.kernel.parameters import RULES_VARIABLE
from tests.services.desks import Desk

Desks = Callable[[str], Desk]


@pytest.fixture
def relief(desk: Desks) -> Desk:
    return desk("relief")


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put rows of the desk's own place into a rule file."""
    monkeypatch.setenv(RULES_VARIABLE, str(tmp_path))

    def put(name: str, key: str, **row: Any) -> None:
        rows = [{"jurisdiction": "37", "effective_from": date(2020, 1, 1), "document": "当地标准", "certainty": "D",
                 **row}]
        (tmp_path / name).write_text(yaml.safe_dump({key: rows}, allow_unicode=True), "utf-8")

    return put
