"""Looks for the members of the union among the rows of loaded batches, some hundred rows at a time.

The batch keeps how far it has come. A chunk's hits and the place behind it are one transaction: a process that dies
leaves the chunk undone, and of two that do the same one only comes through.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, func, select

from services.exchange.adapters.tables import batches, rows
from services.exchange.domain.batch import AgencyBatch
from services.exchange.domain.hit import SPELLS, AgencyHit
from shared.contracts.exchange.rows import LAYOUTS
from shared.kernel.clock import now
from shared.kernel.errors import Unavailable
from shared.store.work import Work

#: rows in one transaction, and ID numbers in one question to membership
CHUNK = 300
#: what membership says of a member: position, worker_id, org_path
Member = Mapping[str, Any]


def compare_batches(work: Work) -> None:
    """Job: the next chunk of a batch drawn by lot, so that one which cannot be compared holds up no other. Other
    services are asked before the transaction."""
    b = batches.c
    waiting = select(batches).where(b.state == "LOADED", b.compared < b.total)
    for batch in work.peek(waiting.order_by(func.random()).limit(1)):
        chunk = _chunk(work, batch)
        try:
            members = _members(work, chunk)
        except Unavailable:
            return  # membership is away: the chunk waits
        _keep(work, batch, chunk, members)


def _keep(work: Work, seen: Row[Any], chunk: Sequence[Row[Any]], members: Sequence[tuple[Row[Any], Member]]) -> None:
    """The chunk's hits and the place behind it, unless somebody else has done this chunk meanwhile."""
    batch = work.load(AgencyBatch, seen.id, lock=True)
    if batch.compared == seen.compared:
        # numbers have no gaps: behind the last row is the total
        batch.compare(chunk[-1].number if chunk else batch.total, len(members))
        for row, member in members:
            work.add(_hit(batch, row, member))


def _chunk(work: Work, batch: Row[Any]) -> Sequence[Row[Any]]:
    r = rows.c
    following = select(r.number, r.state, r.category, r.id_number, r.content).where(
        r.batch_id == batch.id, r.number > batch.compared)
    return work.peek(following.order_by(r.number).limit(CHUNK))


def _members(work: Work, chunk: Sequence[Row[Any]]) -> list[tuple[Row[Any], Member]]:
    """The rows of members. Somebody may stand in several, under several categories."""
    by_number: dict[str, list[Row[Any]]] = {}
    for row in chunk:
        if row.state == "OK":
            by_number.setdefault(row.id_number, []).append(row)
    numbers = list(by_number)
    if not numbers:
        return []
    found = work.ask("membership", "find_members", id_numbers=numbers)["members"]
    return [(row, member) for member in found for row in by_number[numbers[member["position"]]]]


def _hit(batch: AgencyBatch, row: Row[Any], member: Member) -> AgencyHit:
    content = LAYOUTS[batch.kind].row().load(json.loads(row.content))
    return AgencyHit.find(member, batch, row.number, row.category, SPELLS[batch.kind](content), now())
