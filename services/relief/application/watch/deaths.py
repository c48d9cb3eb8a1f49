"""Workers who have died (职工死亡), as membership tells: known for as long as it is so, and what of theirs is open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.files import hardship_members
from services.relief.adapters.mutual_aid import mutual_aid_enrolments, mutual_aid_participants
from services.relief.adapters.orders import orders
from services.relief.adapters.plans import pair_ups
from services.relief.adapters.platforms import care_cards
from services.relief.adapters.watch import circumstances
from services.relief.application.applications.by_file import Look
from services.relief.application.watch.looking import open_files
from services.relief.application.watch.raising import raise_findings
from services.relief.domain.applications.states import BEFORE_DECISION
from services.relief.domain.orders.states import BEFORE_DELIVERY
from services.relief.domain.watch.finding import Hit
from shared.store.work import Work

KIND = "DECEASED"
C = circumstances.c


def is_deceased(worker_id: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that the worker of a column has died."""
    return select(C.worker_id).where(C.worker_id == worker_id, C.kind == KIND, C.is_running).exists()


def dead_among(look: Look, worker_ids: Collection[str]) -> set[str]:
    """Those of the workers who have died."""
    known = select(C.worker_id).where(C.worker_id.in_(worker_ids), C.kind == KIND, C.is_running)
    return {row.worker_id for row in look(known)} if worker_ids else set()


def died_on(work: Work, worker_id: str) -> date | None:
    """The day of death as it is known now; None of the living."""
    known = select(C.since).where(C.worker_id == worker_id, C.kind == KIND, C.is_running)
    return work.session.execute(known).scalar_one_or_none()


def show_what_is_open(work: Work, worker_id: str, org_path: str) -> None:
    """DEC-1: applications, cards, covers, orders and pair-ups of somebody who has died are shown for ending, once."""
    day = died_on(work, worker_id)
    counts = {name: int(work.session.execute(query).scalar_one()) for name, query in _open_of(worker_id).items()}
    if day is None or not any(counts.values()):
        return
    file_id = open_files(work.session.connection(), [worker_id]).get(worker_id)
    raise_findings(work, [Hit("DEC-1", "WORKER", worker_id, org_path, str(day), {"died_on": str(day), **counts},
                              file_id, worker_id)])


def _open_of(worker_id: str) -> dict[str, Select[Any]]:
    a, cards, p, e, m, pairs, o = (relief_applications.c, care_cards.c, mutual_aid_participants.c,
                                   mutual_aid_enrolments.c, hardship_members.c, pair_ups.c, orders.c)
    of_household = select(m.file_id).where(m.worker_id == worker_id, m.is_open)
    count = select(func.count())
    return {
        "applications": count.select_from(relief_applications).where(
            (a.person_id == worker_id) | (a.worker_id == worker_id),
            a.state.in_((*BEFORE_DECISION, "APPROVED", "RESERVED"))),
        "cards": count.select_from(care_cards).where(
            cards.worker_id == worker_id, cards.state.in_(("REQUESTED", "ISSUED", "ACTIVE", "FROZEN"))),
        "enrolments": count.select_from(mutual_aid_participants.join(
            mutual_aid_enrolments, e.id == p.enrolment_id)).where(
            p.worker_id == worker_id, ~p.is_cancelled, e.state.in_(("LISTED", "FEE_PAID", "WAITING", "IN_FORCE"))),
        "orders": count.select_from(orders).where(o.worker_id == worker_id, o.state.in_(BEFORE_DELIVERY)),
        "pair_ups": count.select_from(pair_ups).where(pairs.file_id.in_(of_household), pairs.state == "ACTIVE"),
    }
