"""The means test that a decision on a file rests on, and its record.

Structured facts say what sums cannot: earlier relief that was declared, imputed wages, caps, what migrants must fulfil.
So where a file has a recorded test of items that is of its household as it is now, the decision takes the facts of the
newest, or of the one that is named, under the rules and with the ledger of today. Else it takes the sums of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.relief.adapters.means import means_tests
from services.relief.application.means.earlier import relief_by_kind, year_before
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.means.record import ITEMS, MeansTest, Owner, Tested, record, tested_items, tested_sums
from services.relief.domain.means.refusals import MeansTestOutdated, NoSuchMeansTest
from services.relief.domain.means.standards import MeansStandard
from services.relief.rules import means as means_rules
from shared.kernel.clock import now, today
from shared.kernel.org import division_of
from shared.store.work import Work


def standard_of(file: HardshipFile) -> MeansStandard:
    return means_rules.standards().on(today(), division_of(file.org_path))


def owner_of(file: HardshipFile) -> Owner:
    return Owner(file.id, file.file_no, file.org_path, file.head_worker_id, file.facts_edition)


def proposed_for(session: Session, file: HardshipFile, named: str | None = None,
            sums: Mapping[str, Any] | None = None) -> Tested:
    """What the engine proposes for a file: `named` is the id of a recorded test, `sums` are newer than the file's.

    Raises NoSuchMeansTest, MeansTestOutdated.
    """
    source = _named(session, file, named) if named else _newest(session, file)
    relief = relief_by_kind(session.connection(), [m.worker_id for m in file.members if m.worker_id], today())
    if source is not None:
        return tested_items({**(source.facts or {}), "earlier_relief": relief}, standard_of(file))
    rigid = sums["rigid"] if sums else file.rigid
    return tested_sums(file.household(sums), rigid, relief, standard_of(file))


def keep_test(work: Work, file: HardshipFile, tested: Tested) -> MeansTest:
    """Record what was tested, in the transaction of the decision on it."""
    kept = work.add(record(owner_of(file), tested, today(), work.caller.account_id, now()))
    file.rest_on(kept.id)
    return kept


def _named(session: Session, file: HardshipFile, test_id: str) -> MeansTest:
    found = session.get(MeansTest, test_id)
    if found is None or (found.file_id, found.basis) != (file.id, ITEMS):
        raise NoSuchMeansTest(pointer="/means_test_id", test_id=test_id)
    if found.facts_edition != file.facts_edition or found.tested_on <= year_before(today()):
        raise MeansTestOutdated(pointer="/means_test_id", tested_on=str(found.tested_on))
    return found


def _newest(session: Session, file: HardshipFile) -> MeansTest | None:
    t = means_tests.c
    of_now = select(MeansTest).where(t.file_id == file.id, t.basis == ITEMS, t.facts_edition == file.facts_edition,
                                     t.tested_on > year_before(today()))
    found: MeansTest | None = session.scalars(of_now.order_by(t.created_at.desc(), t.id.desc()).limit(1)).first()
    return found
