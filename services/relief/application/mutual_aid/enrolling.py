"""Keeps the workers of an enrolment: set-based, since a unit may list thousands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from services.relief.adapters.bulk import insert_rows
from services.relief.adapters.mutual_aid import mutual_aid_participants
from services.relief.application.workers import listed_workers
from services.relief.domain.mutual_aid.enrolment import Enrolment, Line, named
from services.relief.domain.mutual_aid.plan import Plan
from services.relief.domain.mutual_aid.refusals import AlreadyParticipating, ParticipantOfAnotherUnit
from shared.kernel.ids import new_id
from shared.kernel.slices import slices
from shared.store.work import Work

#: workers in one statement
CHUNK = 500
P = mutual_aid_participants.c


def facts_of(work: Work, lines: Sequence[Line], employer_id: str | None) -> dict[str, Mapping[str, Any]]:
    """What membership says of the listed workers, by id; asked before the transaction begins.

    Raises WorkerUnknown, WorkerDeceased, ParticipantOfAnotherUnit.
    """
    facts = listed_workers(work, [line.worker_id for line in lines])
    elsewhere = [worker_id for worker_id, one in facts.items() if employer_id and one["employer_id"] != employer_id]
    if elsewhere:
        raise ParticipantOfAnotherUnit(pointer="/workers", count=len(elsewhere), worker_ids=named(elsewhere))
    return facts


def keep(work: Work, enrolment: Enrolment, lines: Sequence[Line], facts: Mapping[str, Mapping[str, Any]]) -> None:
    """Enter the participants and count them. Raises AlreadyParticipating."""
    before = dict(_last_of(work, enrolment.plan, [line.worker_id for line in lines]))
    overlapping = [worker_id for worker_id, row in before.items() if row.ends_on >= enrolment.starts_on]
    if overlapping:
        raise AlreadyParticipating(pointer="/workers", count=len(overlapping), worker_ids=named(overlapping))
    plan = enrolment.edition
    rows = [_row(enrolment, plan, line, facts[line.worker_id], before.get(line.worker_id)) for line in lines]
    enrolment.count(len(rows), sum(row["shares"] for row in rows), sum(row["fee_fen"] for row in rows),
                    is_any_waiting=not all(row["is_waiting_waived"] for row in rows))
    work.session.flush()
    connection = work.session.connection()
    for chunk in slices([*before.values()], CHUNK):
        connection.execute(update(mutual_aid_participants).where(P.id.in_([row.id for row in chunk])).values(
            is_last=False))
    insert_rows(connection, mutual_aid_participants, rows)


def _last_of(work: Work, plan: str, worker_ids: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """The latest participation in the plan of each worker who has one."""
    columns = select(P.id, P.worker_id, P.ends_on)
    for chunk in slices(worker_ids, CHUNK):
        query = columns.where(P.plan == plan, P.is_last, P.worker_id.in_(chunk))
        yield from ((row.worker_id, row) for row in work.session.execute(query))


def _row(enrolment: Enrolment, plan: Plan, line: Line, facts: Mapping[str, Any], before: Any) -> dict[str, Any]:
    fee_fen = plan.fee_of(line.shares, enrolment.years, is_member=facts["is_member"])
    return {"id": new_id(), "org_path": enrolment.org_path, "enrolment_id": enrolment.id, "plan": enrolment.plan,
            "worker_id": line.worker_id, "shares": line.shares, "fee_fen": fee_fen, "starts_on": enrolment.starts_on,
            "ends_on": enrolment.ends_on, "is_cancelled": False, "is_last": True,
            "is_waiting_waived": bool(before) and _in_time(before.ends_on, enrolment.starts_on, plan.renewal_days),
            "previous_id": before.id if before else None}


def _in_time(ended_on: date, starts_on: date, renewal_days: int) -> bool:
    """Whether a term follows the one before within the days that waive the waiting period (续保)."""
    return renewal_days > 0 and starts_on <= ended_on + timedelta(days=renewal_days)


def cancel(work: Work, enrolment: Enrolment) -> None:
    """The participants are free again, and what they had before counts as their latest."""
    connection = work.session.connection()
    mine = P.enrolment_id == enrolment.id
    previous = select(P.previous_id).where(mine, P.previous_id.is_not(None), or_(P.is_last, P.is_cancelled))
    before = list(connection.execute(previous).scalars())
    connection.execute(update(mutual_aid_participants).where(mine).values(is_last=False, is_cancelled=True))
    for chunk in slices(before, CHUNK):
        connection.execute(update(mutual_aid_participants).where(P.id.in_(chunk)).values(is_last=True))
