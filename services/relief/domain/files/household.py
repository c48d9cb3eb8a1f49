"""The household of a hardship file: its members, and what the national form says of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.relief.domain.files.refusals import HeadNotMember, HeadStays, MemberTwice, NobodyLeft, NoSuchMember
from shared.kernel.ids import new_id


@dataclass(eq=False)
class Member:
    """A person of the household. `worker_id` is set where the person is known to membership; while `is_open` is true
    that person can be in no other open file. `details_text` and `health_text` are JSON, encrypted at rest."""

    id: str
    position: int
    worker_id: str | None
    relation: str
    is_adult: bool
    is_open: bool = True
    details_text: str | None = None
    health_text: str | None = None

    @property
    def details(self) -> dict[str, Any] | None:
        return opened(self.details_text)

    @property
    def health(self) -> dict[str, Any] | None:
        return opened(self.health_text)

    def fill(self, details: Mapping[str, Any] | None, health: Mapping[str, Any] | None) -> None:
        if details is not None:
            self.details_text = closed(details)
        if health is not None:
            self.health_text = closed(health)


def members_of(head_worker_id: str, rows: Sequence[Mapping[str, Any]]) -> list[Member]:
    """The members of a new file. Raises MemberTwice, HeadNotMember."""
    known = [row["worker_id"] for row in rows if row["worker_id"]]
    for worker_id in known:
        if known.count(worker_id) > 1:
            raise MemberTwice(pointer="/members", worker_id=worker_id)
    if head_worker_id not in known:
        raise HeadNotMember(pointer="/head_worker_id")
    members = [Member(new_id(), n, row["worker_id"], row["relation"], row["is_adult"]) for n, row in enumerate(rows)]
    for member, row in zip(members, rows, strict=True):
        member.fill(row.get("details"), row.get("health"))
    return members


def chosen(members: Sequence[Member], ids: Iterable[str]) -> list[Member]:
    """The members of these ids, in their order. Raises NoSuchMember."""
    by_id = {member.id: member for member in members}
    for member_id in (wanted := list(dict.fromkeys(ids))):
        if member_id not in by_id:
            raise NoSuchMember(pointer="/members", member_id=member_id)
    return [by_id[member_id] for member_id in wanted]


def leaving(members: Sequence[Member], ids: Iterable[str], head_worker_id: str) -> list[Member]:
    """Who leaves the household. Raises NoSuchMember, HeadStays, NobodyLeft."""
    gone = chosen(members, ids)
    if any(member.worker_id == head_worker_id for member in gone):
        raise HeadStays(pointer="/members")
    if len(gone) == len(members):
        raise NobodyLeft(pointer="/members")
    return gone


def closed(data: Mapping[str, Any]) -> str:
    return json.dumps(dict(data), ensure_ascii=False, sort_keys=True, default=str)


def opened(text: str | None) -> dict[str, Any] | None:
    return None if text is None else dict(json.loads(text))
