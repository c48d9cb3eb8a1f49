"""Opens findings, each once for its subject and period. For every part that comes upon something by itself."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, tuple_

from services.relief.adapters.watch import findings
from services.relief.domain.watch.finding import Finding, Hit
from shared.kernel.clock import now, today
from shared.store.work import Work


def raise_findings(work: Work, hits: Sequence[Hit]) -> list[Finding]:
    """The new ones. What was found before, whatever became of it, is not raised again."""
    by_key = {hit.key: hit for hit in hits}
    f = findings.c
    key = (f.code, f.subject_id, f.period)
    known = {tuple(row) for row in work.session.execute(select(*key).where(tuple_(*key).in_(list(by_key))))} if hits \
        else set()
    return [work.add(Finding.open(hit, work.next_number("FX", hit.org_path), today(), now()))
            for key_of, hit in by_key.items() if key_of not in known]
