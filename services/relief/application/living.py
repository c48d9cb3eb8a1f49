"""That nothing new is begun for somebody who has died."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.kernel.errors import WorkerDeceased


def require_living(known: Mapping[str, Mapping[str, Any]], pointer: str) -> None:
    """`known`: worker id → what membership says of them. Raises WorkerDeceased."""
    for worker_id, facts in known.items():
        if facts["is_deceased"]:
            raise WorkerDeceased(pointer=pointer, worker_id=worker_id)
