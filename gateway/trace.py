"""W3C trace context: a request keeps the trace it comes with, or begins one."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

_TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})")


@dataclass(frozen=True, slots=True)
class Trace:
    """`parent` is what the services are given: the same trace, with the gateway's own span."""

    id: str
    parent: str


def continued(traceparent: str | None) -> Trace:
    """The trace of a request with this header."""
    found = _TRACEPARENT.fullmatch(traceparent) if traceparent else None
    trace_id, flags = found.groups() if found else (os.urandom(16).hex(), "01")
    return Trace(trace_id, f"00-{trace_id}-{os.urandom(8).hex()}-{flags}")
