"""The household of a hardship file: its members, and what the national form says of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.relief.domain.files.refusals import (
    HeadNotMember,
    HeadStays,
    HeadTwice,
    HouseholdTooLarge,
    MemberTwice,
    NobodyLeft,
    NoSuchMember,
    RelationsMissing,
)
from shared.kernel.ids import new_id

MOST_MEMBERS = 30


@dataclass(eq=False)
class Member:
    """A person of the household. `worker_id` is set where the person is known to membership; while `is_open` is true
    that person can be in no other open file. `details_text` and `health_text` are JSON, encrypted at rest. `died_on`
    as membership told; until the household is changed (变更家庭成员) the person is still counted."""

    id: str
    position: int
    worker_id: str | None
    relation: str
    is_adult: bool
    is_open: bool = True
    details_text: str | None = None
    health_text: str | None = None
    died_on: date | None = None

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
    """The members of a new file. Raises MemberTwice, HeadNotMember, HeadTwice."""
    members = persons_of(rows)
    if head_worker_id not in {member.worker_id for member in members}:
        raise HeadNotMember(pointer="/head_worker_id")
    _require_one_head(members, head_worker_id, "/members")
    return members


def _require_one_head(members: Sequence[Member], head_worker_id: str, pointer: str) -> None:
    """Nobody but the head is called so. Raises HeadTwice."""
    for n, member in enumerate(members):
        if member.relation == "HEAD" and member.worker_id != head_worker_id:
            raise HeadTwice(pointer=f"{pointer}/{n}/relation")


def persons_of(rows: Sequence[Mapping[str, Any]]) -> list[Member]:
    """People who come into a household. Raises MemberTwice."""
    known = [row["worker_id"] for row in rows if row["worker_id"]]
    for worker_id in known:
        if known.count(worker_id) > 1:
            raise MemberTwice(pointer="/members", worker_id=worker_id)
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


@dataclass(frozen=True)
class Change:
    """What becomes of a household: who comes, whose ids leave, who is the head then, and what members are to them
    (member id → relation)."""

    joins: Sequence[Member]
    leaves: Sequence[str]
    head_worker_id: str
    relations: Mapping[str, str]


def changed(members: Sequence[Member], change: Change, head_before: str) -> list[Member]:
    """The members after a change. With another head everybody's relation is to be said anew.

    Raises NoSuchMember, HeadStays, NobodyLeft, HeadNotMember, HeadTwice, RelationsMissing, HouseholdTooLarge.
    """
    gone = leaving(members, change.leaves, change.head_worker_id)
    staying = [member for member in members if member not in gone]
    if change.head_worker_id not in {member.worker_id for member in (*staying, *change.joins)}:
        raise HeadNotMember(pointer="/head_worker_id")
    if change.head_worker_id != head_before:
        unsaid = [m.id for m in staying if m.id not in change.relations and m.worker_id != change.head_worker_id]
        if unsaid:
            raise RelationsMissing(pointer="/relations", member_ids=", ".join(unsaid))
    if len(staying) + len(change.joins) > MOST_MEMBERS:
        raise HouseholdTooLarge(pointer="/joins", count=len(staying) + len(change.joins), most=MOST_MEMBERS)
    _require_one_head(change.joins, change.head_worker_id, "/joins")
    for member in chosen(staying, change.relations):
        member.relation = change.relations[member.id]
    return numbered([*staying, *change.joins], change.head_worker_id)


def numbered(members: Sequence[Member], head_worker_id: str) -> list[Member]:
    """Numbered from 0; the head is called so."""
    for number, member in enumerate(members):
        member.position = number
        if member.worker_id == head_worker_id:
            member.relation = "HEAD"
    return list(members)


def closed(data: Mapping[str, Any]) -> str:
    return json.dumps(dict(data), ensure_ascii=False, sort_keys=True, default=str)


def opened(text: str | None) -> dict[str, Any] | None:
    return None if text is None else dict(json.loads(text))
