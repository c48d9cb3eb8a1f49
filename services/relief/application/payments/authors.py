"""Who wrote a batch's list: sent lines to it, or took lines out. They neither check nor approve it (职责分离)."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.bulk import insert_rows
from services.relief.adapters.payments import payment_authors
from services.relief.domain.payments.batch import PaymentBatch
from shared.kernel.clock import now
from shared.store.work import Work

A = payment_authors.c


def note_author(work: Work, batch: PaymentBatch) -> None:
    """The caller has changed the list; each is kept once, for good."""
    row = {"batch_id": batch.id, "account_id": work.caller.account_id, "created_at": now()}
    insert_rows(work.session.connection(), payment_authors, [row], unless_known=True)


def authors_of(work: Work, batch: PaymentBatch) -> set[str]:
    """Their accounts. Whoever comes to them waits for the batch, which its steps hold."""
    return set(work.session.scalars(select(A.account_id).where(A.batch_id == batch.id)))
