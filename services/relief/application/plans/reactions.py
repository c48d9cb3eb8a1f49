"""What other services tell that concerns assistance plans."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.files import hardship_members
from services.relief.adapters.plans import assistance_plans
from services.relief.domain.plans.assistance_plan import AssistancePlan
from shared.service.react import Told
from shared.store.work import Work

FOUND_WORK = "就业安置已确认 / placement confirmed"


def finish_placement_step(work: Work, told: Told) -> None:
    """A member of the household has found work: the running plan's step is done."""
    p, m = assistance_plans.c, hardship_members.c
    of_worker = select(m.file_id).where(m.worker_id == told.data["worker_id"], m.is_open)
    running = select(AssistancePlan).where(p.file_id.in_(of_worker), p.state == "RUNNING")
    for plan in work.all(running):
        plan.note_placement(told.data["worker_id"], told.data["placement_id"], FOUND_WORK, told.data["confirmed_on"])


REACTIONS = {"jobs.placement_confirmed.v1": finish_placement_step}
