"""The daily search for findings, a chunk a tick, and findings that nobody handled in time.

A scan keeps the key it has come to, so a search that was interrupted goes on where its last commit left it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, update_wrapper

from sqlalchemy import insert, select, update

from services.relief.adapters.watch import findings, watch_runs
from services.relief.application.watch.circumstances import forget_circumstances
from services.relief.application.watch.raising import raise_findings
from services.relief.application.watch.scans import SCANS, Scan
from services.relief.domain.watch.finding import Finding
from services.relief.domain.watch.states import WAITING
from shared.kernel.clock import today
from shared.store.work import Work

#: subjects looked at in one transaction
CHUNK = 200
MOST_OVERDUE = 100


def search(name: str, scan: Scan, work: Work) -> None:
    """The next chunk of today's run of a scan; nothing once the run is over."""
    runs = watch_runs.c
    (row,) = work.peek(select(watch_runs).where(runs.scan == name)) or (None,)
    is_new = row is None or row.run_on != today()
    after = "" if row is None or is_new else row.after
    if after is None:
        return
    found = scan(work.session.connection(), today(), after, CHUNK)
    raise_findings(work, found.hits)
    values = {"run_on": today(), "after": found.last}
    statement = (insert(watch_runs).values(scan=name, **values) if row is None
                 else update(watch_runs).where(runs.scan == name).values(**values))
    work.session.execute(statement)
    work.session.flush()


def pass_due_findings(work: Work) -> None:
    """Findings whose last day (D-31) is over, each told once."""
    f = findings.c
    late = select(Finding).where(f.state.in_(WAITING), f.due_on < today(), f.is_overdue.is_(False))
    for finding in work.all(late.order_by(f.due_on, f.id).limit(MOST_OVERDUE)):
        finding.pass_due()


def _named(name: str, scan: Scan) -> Callable[[Work], None]:
    tick = partial(search, name, scan)
    update_wrapper(tick, search)
    tick.__name__ = f"search_{name}"  # type: ignore[attr-defined]
    return tick


TICKS = (*(_named(name, scan) for name, scan in SCANS.items()), pass_due_findings, forget_circumstances)
