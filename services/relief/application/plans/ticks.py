"""What falls due with assistance plans and pair-ups."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.plans import assistance_plans, assistance_steps, pair_ups
from services.relief.domain.plans.assistance_plan import AssistancePlan
from services.relief.domain.plans.pair_up import PairUp
from shared.kernel.clock import today
from shared.store.work import Work

MOST = 100


def pass_steps_due(work: Work) -> None:
    """Steps of running plans whose day has passed."""
    p, s = assistance_plans.c, assistance_steps.c
    late = select(s.plan_id).where(s.state == "OPEN", ~s.is_overdue, s.due_on < today())
    due = select(AssistancePlan).where(p.state == "RUNNING", p.id.in_(late))
    for plan in work.all(due.order_by(p.id).limit(MOST)):
        plan.pass_due(today())


def miss_contacts(work: Work) -> None:
    """Pairs that have not been in contact for a quarter."""
    p = pair_ups.c
    due = select(PairUp).where(p.state == "ACTIVE", ~p.is_overdue, p.contact_due_on < today())
    for pair in work.all(due.order_by(p.contact_due_on, p.id).limit(MOST)):
        pair.miss_contact()


TICKS = (pass_steps_due, miss_contacts)
