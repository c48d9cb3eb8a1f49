"""Assistance plans: made for a household, carried out step by step, achieved, revised or ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from services.relief.adapters.plans import assistance_plans, assistance_steps
from services.relief.application.plans.households import household, members_of
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.plans.assistance_plan import AssistancePlan
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work


def make_assistance_plan(work: Work, asked: Asked) -> AssistancePlan:
    plan = _make(work, household(work, asked.body["file_id"]), asked.body)
    plan.tell_made()
    return work.add(plan)


def _make(work: Work, file: HardshipFile, body: Mapping[str, Any]) -> AssistancePlan:
    by = work.caller.account_id
    plan = AssistancePlan(new_id(), file.org_path, work.next_number("JH", file.org_path), file.id, file.head_worker_id,
                          body["goal"], by, today(), now())
    for step in body["steps"]:
        plan.put_step(_owned(step, by), members_of(file), today())
    return plan


def _owned(step: Mapping[str, Any], by: str) -> dict[str, Any]:
    return {**step, "owner_id": step["owner_id"] or by}


def get_assistance_plan(reading: Reading, asked: Asked) -> AssistancePlan:
    return reading.record(AssistancePlan, asked.path["plan_id"])


def list_assistance_plans(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns, s, query = assistance_plans.c, assistance_steps.c, asked.query
    where = [columns[name] == query[name] for name in ("file_id", "state") if name in query]
    steps = select(s.plan_id).where(s.state == "OPEN")
    if "owner_id" in query:
        where.append(columns.id.in_(steps.where(s.owner_id == query["owner_id"])))
    if "is_overdue" in query:
        overdue = columns.id.in_(steps.where(s.is_overdue))
        where.append(overdue if query["is_overdue"] else ~overdue)
    return reading.page(AssistancePlan, query, sort=[columns.created_at, columns.plan_no], where=where,
                        worker=columns.worker_id)


def start_assistance_plan(work: Work, asked: Asked) -> AssistancePlan:
    plan = _target(work, asked)
    plan.start()
    return plan


def add_plan_step(work: Work, asked: Asked) -> AssistancePlan:
    plan = _target(work, asked)
    plan.add_step(_owned(asked.body, work.caller.account_id), members_of(work.load(HardshipFile, plan.file_id)),
                  today())
    return plan


def finish_plan_step(work: Work, asked: Asked) -> AssistancePlan:
    plan = _target(work, asked)
    plan.finish_step(asked.path["step_id"], asked.body["outcome"], asked.body["done_on"] or today(), today(),
                     asked.body["result"])
    return plan


def drop_plan_step(work: Work, asked: Asked) -> AssistancePlan:
    plan = _target(work, asked)
    plan.drop_step(asked.path["step_id"], asked.body["reason"], today())
    return plan


def achieve_assistance_plan(work: Work, asked: Asked) -> AssistancePlan:
    plan = _target(work, asked)
    plan.achieve(asked.body["outcome"], today())
    return plan


def revise_assistance_plan(work: Work, asked: Asked) -> AssistancePlan:
    """The new plan is the answer; open steps are carried over unless told not to."""
    old = _target(work, asked)
    file = household(work, old.file_id)
    new = _make(work, file, asked.body)
    if asked.body["keep_open"]:
        new.carry(old.open_steps)
    old.revise(asked.body["reason"], today(), new)
    new.tell_made()
    return work.add(new)


def end_assistance_plan(work: Work, asked: Asked) -> AssistancePlan:
    plan = _target(work, asked)
    plan.end(asked.body["reason"], today())
    return plan


def _target(work: Work, asked: Asked) -> AssistancePlan:
    return work.target(AssistancePlan, asked.path["plan_id"])
