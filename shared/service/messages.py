"""What crosses between the door and a service: a request, and the answer to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.kernel.caller import Caller

JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Request:
    """One operation asked for. `deadline` is seconds since the epoch; `body` is the JSON as it was sent, unread."""

    operation: str
    caller: Caller
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    command_id: str | None = None
    expected_version: int | None = None
    deadline: float = 0.0
    traceparent: str = ""

    def headers(self) -> dict[str, str]:
        """Everything but the body, as the header of a message."""
        return {"request": json.dumps({
            "operation": self.operation, "caller": self.caller.as_dict(), "path": dict(self.path),
            "query": dict(self.query), "command_id": self.command_id, "expected_version": self.expected_version,
            "deadline": self.deadline, "traceparent": self.traceparent}, ensure_ascii=False)}

    @classmethod
    def read(cls, headers: Mapping[str, Any], body: bytes) -> Request:
        """The request in a message. Raises KeyError, ValueError or TypeError when it is none of ours."""
        told = json.loads(headers["request"])
        return cls(**{**told, "caller": Caller.from_dict(told["caller"]), "body": body})


@dataclass(frozen=True)
class Answer:
    """`status` and `headers` as in HTTP; `body` is JSON unless a Content-Type says otherwise.

    A refusal's body holds both languages; the door picks.
    """

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_problem(self) -> bool:
        return self.status >= 400


def dump(data: Any) -> bytes:
    """JSON text of an answer."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
