"""Searches for findings, and what people do about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.services.desks import Desk
from tests.services.relief import households
from tests.services.relief.households import COUNTY, File

START = 30


def found(relief: Desk, code: str | None = None, who: Any = COUNTY, **query: Any) -> list[dict[str, Any]]:
    """What the search of a new day knows, by code."""
    items = relief.must("list_findings", who, query={**({"code": code} if code else {}), **query})["items"]
    return list(items)


def search(relief: Desk, code: str) -> list[dict[str, Any]]:
    relief.tick()
    return found(relief, code)


def active(relief: Desk, on_day: Callable[[int], None], *worker_ids: str) -> list[File]:
    """A file of each, active from START days after the real day on."""
    files = []
    for worker_id in worker_ids:
        on_day(0)
        files.append(households.active(relief, on_day, worker_id))
    on_day(START)
    return files


def handle(relief: Desk, finding: dict[str, Any], operation: str, who: Any, **body: Any) -> dict[str, Any]:
    made = relief.must(operation, who, path={"finding_id": finding["id"]}, body=body, version=finding["version"])
    finding.update(made)
    return finding
