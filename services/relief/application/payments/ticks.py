"""What goes on with payments by itself."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from services.relief.adapters.payments import payment_batches
from services.relief.application.payments import building, jobs, returning, steps
from services.relief.domain.payments.batch import PaymentBatch
from shared.kernel.clock import now, today
from shared.store.work import Work

MOST = 50
STEPS: Mapping[str, jobs.Step] = {
    "COLLECT": steps.collect, "CHECK": steps.check, "BUILD": building.build, "MARK": steps.mark,
    "BOOK": returning.book_return, "EXPIRE": steps.expire, "RELEASE": steps.release}


def run_payment_jobs(work: Work) -> None:
    """The steps of the batches, chunk by chunk."""
    jobs.run_jobs(work, STEPS)


def watch_payment_jobs(work: Work) -> None:
    """The watchdog over them."""
    jobs.watch_jobs(work)


def pass_bank_term(work: Work) -> None:
    """Batches whose bank has not told everything in its term."""
    b = payment_batches.c
    due = select(PaymentBatch).where(b.state == "SENT", b.outcome_due_on < today(),
                                     b.lines_count > b.paid_count + b.failed_count + b.unknown_count)
    for batch in work.all(due.order_by(b.outcome_due_on, b.id).limit(MOST)):
        if batch.job is None:
            batch.start("EXPIRE", batch.lines_count, work.caller.account_id, now())


TICKS = (watch_payment_jobs, pass_bank_term)
JOBS = (run_payment_jobs,)
