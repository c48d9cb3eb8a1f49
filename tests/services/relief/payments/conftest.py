from __future__ import annotations

import pytest

from services.relief.application.payments import jobs


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tick ends what it can."""
    monkeypatch.setattr(jobs, "BUDGET_SECONDS", 60.0)
