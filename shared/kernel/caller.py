"""Who asks: passed with every command and query, and kept with every change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from shared.kernel.org import is_within

#: the scope of the system itself
EVERYWHERE = "/"


@dataclass(frozen=True)
class Caller:
    """An account with the roles that let it do the present operation.

    `scopes` are the parts of the organisation tree where it holds one of these roles; `org_path` is its own unit;
    `worker_id` is set when it acts as a worker in their own matter (R25).
    """

    account_id: str
    name: str
    roles: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    org_path: str = ""
    worker_id: str | None = None

    def covers(self, org_path: str) -> bool:
        """Whether `org_path` lies in the caller's part of the tree."""
        return EVERYWHERE in self.scopes or any(is_within(org_path, scope) for scope in self.scopes)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Caller:
        return cls(**{**data, "roles": tuple(data["roles"]), "scopes": tuple(data["scopes"])})


def system(service: str, org_path: str = "") -> Caller:
    """The service itself, acting on an event or a deadline: it sees the whole tree."""
    return Caller(f"system:{service}", service, ("SYSTEM",), (EVERYWHERE,), org_path)
