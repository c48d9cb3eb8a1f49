"""What falls due with assistance plans and pair-ups, and what ends with the file they are for."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.files import hardship_files
from services.relief.adapters.plans import assistance_plans, assistance_steps, pair_ups
from services.relief.domain.files.states import CLOSED
from services.relief.domain.plans.assistance_plan import AssistancePlan
from services.relief.domain.plans.pair_up import PairUp
from shared.kernel.clock import today
from shared.store.work import Work

MOST = 100
FILE_CLOSED = "档案已关闭 / the file was closed"
P, S, PAIR = assistance_plans.c, assistance_steps.c, pair_ups.c
CLOSED_FILES = select(hardship_files.c.id).where(hardship_files.c.state.in_((*CLOSED, "DESTROYED")))


def end_plans_of_closed_files(work: Work) -> None:
    """Plans with something left to do. One that is settled waits for the director to say that it was achieved."""
    undone = select(S.plan_id).where(S.state == "OPEN")
    over = select(AssistancePlan).where(P.state.in_(("PLANNED", "RUNNING")), P.id.in_(undone),
                                        P.file_id.in_(CLOSED_FILES))
    for plan in work.all(over.order_by(P.id).limit(MOST)):
        plan.end(FILE_CLOSED, today())


def end_pairs_of_closed_files(work: Work) -> None:
    over = select(PairUp).where(PAIR.state == "ACTIVE", PAIR.file_id.in_(CLOSED_FILES))
    for pair in work.all(over.order_by(PAIR.id).limit(MOST)):
        pair.end(FILE_CLOSED, today(), today())


def pass_steps_due(work: Work) -> None:
    """Steps of running plans whose day has passed."""
    late = select(S.plan_id).where(S.state == "OPEN", ~S.is_overdue, S.due_on < today())
    due = select(AssistancePlan).where(P.state == "RUNNING", P.id.in_(late), P.file_id.not_in(CLOSED_FILES))
    for plan in work.all(due.order_by(P.id).limit(MOST)):
        plan.pass_due(today())


def miss_contacts(work: Work) -> None:
    """Pairs that have not been in contact for a quarter."""
    due = select(PairUp).where(PAIR.state == "ACTIVE", ~PAIR.is_overdue, PAIR.contact_due_on < today(),
                               PAIR.file_id.not_in(CLOSED_FILES))
    for pair in work.all(due.order_by(PAIR.contact_due_on, PAIR.id).limit(MOST)):
        pair.miss_contact()


TICKS = (end_plans_of_closed_files, end_pairs_of_closed_files, pass_steps_due, miss_contacts)
