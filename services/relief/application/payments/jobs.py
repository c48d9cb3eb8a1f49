"""Runs the steps that go on by themselves: one chunk a transaction, under a lease, from where the last one ended.

A process that dies takes nothing with it but its lease; when that has run out another goes on at the cursor.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from services.relief.adapters.payments import payment_jobs
from services.relief.domain.payments.batch import PaymentBatch
from shared.kernel.clock import real_now
from shared.kernel.errors import Refusal
from shared.store.work import Work

#: longer than any chunk takes; a dead process's work lies idle for so long
LEASE = timedelta(seconds=8)
#: after a refusal or a fault, before the next try
REST = timedelta(seconds=2)
#: a step without progress for so long stands still
STUCK_AFTER = timedelta(seconds=120)
#: other ticks wait meanwhile
BUDGET_SECONDS = 3.0
OWNER = f"{os.uname().nodename}:{uuid.uuid4().hex[:12]}"


class LeaseLost(Exception):
    """Somebody else goes on with it, or it was ended."""


@dataclass
class Held:
    """A job under our lease, as far as it has come."""

    tick: Work
    id: str
    batch_id: str
    kind: str
    subject_id: str | None
    started_by: str
    cursor: str
    done: int
    total: int


@dataclass(frozen=True)
class Moved:
    """What one chunk did: the cursor behind it, how many more are done, whether that was the last."""

    cursor: str
    done: int
    is_last: bool


Step = Callable[[Held], bool]


def run_jobs(tick: Work, steps: Mapping[str, Step]) -> None:
    """Do chunks of whatever waits until the time is up. Each step does one chunk and says whether there are more."""
    end = time.monotonic() + BUDGET_SECONDS
    while time.monotonic() < end:
        held = claim(tick)
        if held is None:
            return
        try:
            while steps[held.kind](held) and time.monotonic() < end:
                time.sleep(0)  # others of this process come in between
            _let_go(held, None)
        except LeaseLost:
            continue
        except Exception as error:
            _let_go(held, error)
            if not isinstance(error, Refusal):
                raise


def claim(tick: Work) -> Held | None:
    """The job that has waited longest and is nobody's: of a batch only the oldest."""
    j, older, at = payment_jobs.c, aliased(payment_jobs), real_now()
    first = ~exists().where(older.c.owner_id == j.owner_id, older.c.number < j.number, older.c.finished_at.is_(None))
    free = select(payment_jobs).where(j.finished_at.is_(None), j.lease_until <= at, first)
    free = free.order_by(j.lease_until, j.id).limit(1).with_for_update(skip_locked=True, of=payment_jobs)
    if not tick.peek(select(j.id).where(j.finished_at.is_(None), j.lease_until <= at).limit(1)):
        return None
    with again(tick, "claim_payment_job") as work:
        row = work.session.execute(free).first()
        if row is None:
            return None
        _set(work, row.id, lease_owner=OWNER, lease_until=at + LEASE)
    return Held(tick, row.id, row.owner_id, row.kind, row.subject_id, row.started_by, row.cursor, row.done, row.total)


def again(tick: Work, action: str) -> Work:
    """Another unit of work of the same tick."""
    return Work(tick.database, tick.contract, tick.caller, action, traceparent=tick.traceparent, outside=tick.outside)


def advance(held: Held, change: Callable[[Work, PaymentBatch], Moved]) -> bool:
    """One chunk in one transaction: what `change` does, and the cursor behind it. Whether there are more.

    Raises LeaseLost when the job is no longer ours.
    """
    with again(held.tick, f"payment_job_{held.kind.lower()}") as work:
        batch = work.load(PaymentBatch, held.batch_id, lock=True)
        _require_ours(work, held)
        moved = change(work, batch)
        at = real_now()
        _set(work, held.id, cursor=moved.cursor, done=held.done + moved.done, progress_at=at, stuck_since=None,
             reason=None, **_end(at) if moved.is_last else {"lease_until": at + LEASE})
    held.cursor, held.done = moved.cursor, held.done + moved.done
    return not moved.is_last


def renew(held: Held) -> None:
    """Keep the lease through a long chunk. Raises LeaseLost."""
    with again(held.tick, "renew_payment_job") as work:
        _require_ours(work, held)
        _set(work, held.id, lease_until=real_now() + LEASE)


def _require_ours(work: Work, held: Held) -> None:
    j = payment_jobs.c
    row: Any = work.session.execute(
        select(j.cursor, j.lease_owner, j.finished_at).where(j.id == held.id).with_for_update()).first()
    if row is None or row.finished_at or row.lease_owner != OWNER or row.cursor != held.cursor:
        raise LeaseLost(held.id)


def _end(at: datetime) -> dict[str, Any]:
    return {"finished_at": at, "lease_owner": None, "lease_until": at}


def _let_go(held: Held, error: Exception | None) -> None:
    """Give the lease back, with what stood in the way if anything did."""
    told = {} if error is None else {"reason": _reason(error)}
    j, at = payment_jobs.c, real_now()
    with again(held.tick, "release_payment_job") as work:
        mine = update(payment_jobs).where(j.id == held.id, j.lease_owner == OWNER, j.finished_at.is_(None))
        work.session.execute(mine.values(lease_owner=None, lease_until=at + REST if error else at, **told))


def _reason(error: Exception) -> str:
    return f"{error.code}: {error}"[:300] if isinstance(error, Refusal) else type(error).__name__


def _set(work: Work, job_id: str, **values: Any) -> None:
    work.session.execute(update(payment_jobs).where(payment_jobs.c.id == job_id).values(**values))


def watch_jobs(work: Work) -> None:
    """The watchdog: a step without progress is told once, on the record and as an event; it goes on trying."""
    j, at = payment_jobs.c, real_now()
    still = select(j.id, j.owner_id).where(j.finished_at.is_(None), j.stuck_since.is_(None),
                                           j.progress_at < at - STUCK_AFTER)
    for row in work.peek(still.order_by(j.progress_at).limit(50)):
        batch = work.load(PaymentBatch, row.owner_id, lock=True)
        job = batch.job
        if job is None or job.id != row.id:
            continue
        batch.stick(job, job.reason or "no process works on it")
        _set(work, job.id, stuck_since=at)
