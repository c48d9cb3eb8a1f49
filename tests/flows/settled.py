"""When everything that events cause has happened."""

from __future__ import annotations

import time
from typing import Any

from shared.runtime.config import Settings
from shared.runtime.operate import audit_verify, outbox_state, parked_list

SETTLE_SECONDS = 60


def unsettled(settings: Settings, seconds: float = SETTLE_SECONDS) -> list[dict[str, Any]]:
    """What is still unpublished, retried or parked after waiting for it at most so long."""
    end = time.monotonic() + seconds
    while True:
        left = [row for row in outbox_state(settings) if row["unpublished"] or row["retrying"] or row["parked"]]
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.2)


def parked(settings: Settings) -> list[tuple[str, str, str]]:
    """(service, type, error) of what is parked."""
    return [(row["service"], row["type"], row["last_error"]) for row in parked_list(settings)]


def broken_trails(settings: Settings) -> list[dict[str, Any]]:
    """The services whose audit trail does not verify."""
    return [row for row in audit_verify(settings) if not row["is_whole"]]
