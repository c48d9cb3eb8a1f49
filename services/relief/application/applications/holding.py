"""Decisions on money that counts together take turns: each holds the applications until its commit."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select

from services.relief.adapters.applications import relief_applications
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.applications.states import DECIDED
from shared.store.work import Work

A = relief_applications.c


def hold_related(work: Work, application: ReliefApplication) -> None:
    """Hold what counts together with an application: of its household, its person and its student."""
    related = [A.household_id == application.household_id, A.person_id == application.person_id]
    if application.student_key:
        related.append(A.student_key == application.student_key)
    _hold(work, or_(*related))


def hold_households(work: Work, household_ids: Collection[str]) -> None:
    """Hold what counts together with a campaign's money."""
    _hold(work, A.household_id.in_(household_ids))


def _hold(work: Work, which: ColumnElement[bool]) -> None:
    found = select(A.id).where(which, A.state.in_((*DECIDED, "PROPOSED")))
    work.session.execute(found.order_by(A.id).with_for_update())
