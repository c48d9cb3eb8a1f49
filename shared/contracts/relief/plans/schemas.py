"""What goes in and out of assistance plans (帮扶计划) and pair-ups (结对帮扶)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Day,
    Flag,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    QueryWhole,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.plans import codes

MOST_STEPS, MOST_CONTACTS = 60, 500


class NewStep(Strict):
    """A step: what is to be done, on which tier, by whom (an account; the caller if not given) and by when.
    `worker_id` is the member of the household it is for. A step of the kind REFERRAL may say to whom (`referred_to`),
    for example DIBAO: helping the household into dibao (协助纳入低保)."""

    kind = Choice(codes.STEP_KINDS, required=True)
    tier = Choice(codes.TIERS, required=True)
    what = Text(300, required=True)
    due_on = Day(required=True)
    owner_id = Id(load_default=None, allow_none=True)
    worker_id = Id(load_default=None, allow_none=True)
    referred_to = Choice(codes.REFERRED_TO, load_default=None, allow_none=True)


class NewPlan(Strict):
    """An assistance plan (帮扶计划) for the household of an active hardship file."""

    file_id = Id(required=True)
    goal = Text(300, required=True)
    steps = listed(NewStep, 0, MOST_STEPS, load_default=list)


class PlanRevision(Strict):
    """What takes the place of the plan. `keep_open` carries its open steps over."""

    reason = Text(500, required=True)
    goal = Text(300, required=True)
    keep_open = Flag(load_default=True)
    steps = listed(NewStep, 0, MOST_STEPS, load_default=list)


class Step(Strict):
    id = Id(required=True)
    kind = Choice(codes.STEP_KINDS, required=True)
    tier = Choice(codes.TIERS, required=True)
    what = Text(300, required=True)
    owner_id = Text(80, required=True)
    due_on = Day(required=True)
    worker_id = Id(required=True, allow_none=True)
    state = Choice(codes.STEP_STATES, required=True)
    done_on = Day(required=True, allow_none=True)
    outcome = Text(500, required=True, allow_none=True)
    placement_id = Id(required=True, allow_none=True)
    is_overdue = fields.Boolean(required=True)
    referred_to = Choice(codes.REFERRED_TO, required=True, allow_none=True)
    result = Choice(codes.REFERRAL_RESULTS, required=True, allow_none=True)


class AssistancePlan(Record):
    plan_no = Text(19, required=True)
    state = Choice(codes.PLAN_STATES, required=True)
    file_id = Id(required=True)
    goal = Text(300, required=True)
    made_by = Text(80, required=True)
    made_on = Day(required=True)
    steps = listed(Step, 0, MOST_STEPS, required=True)
    revises_id = Id(required=True, allow_none=True)
    revised_by_id = Id(required=True, allow_none=True)
    ended_on = Day(required=True, allow_none=True)
    reason = Text(500, required=True, allow_none=True)
    created_at = Moment(required=True)


class PlanListQuery(PageQuery):
    """`owner_id` finds plans with an open step of that account, `is_overdue` those with an overdue one."""

    file_id = Id()
    state = Choice(codes.PLAN_STATES)
    owner_id = Text(80)
    is_overdue = fields.Boolean()


class StepDone(Strict):
    """`result` is of a referral: the household was admitted, for example into dibao, or refused."""

    outcome = Text(500, required=True)
    result = Choice(codes.REFERRAL_RESULTS, load_default=None, allow_none=True)
    done_on = Day(load_default=None, allow_none=True, metadata={"description": "today if not given"})


class ReferralQuery(Strict):
    """Of one `year` (this one), below `org_path` (the caller's own unit)."""

    year = QueryWhole(2000, 2100)
    org_path = OrgPath()


class ReferralFigure(Strict):
    """Referrals to one place: `waiting` now, and in the year admitted or refused; `households` are the files with an
    admission in the year."""

    referred_to = Choice(codes.REFERRED_TO, required=True)
    waiting = Whole(0, required=True)
    admitted = Whole(0, required=True)
    refused = Whole(0, required=True)
    households = Whole(0, required=True)


class ReferralFigures(Strict):
    year = Whole(2000, 2100, required=True)
    org_path = OrgPath(required=True)
    figures = listed(ReferralFigure, 0, len(codes.REFERRED_TO), required=True)


class PlanReason(Strict):
    reason = Text(500, required=True)


class PlanOutcome(Strict):
    outcome = Text(500, required=True)


class NewPairUp(Strict):
    """A pair (结对): a cadre's account by its id, of section level or above, and the household of an active file."""

    file_id = Id(required=True)
    cadre_id = Id(required=True)
    rank = Choice(codes.RANKS, required=True)


class PairUpRow(Record):
    """A pair-up as lists show it."""

    pair_no = Text(19, required=True)
    state = Choice(codes.PAIR_STATES, required=True)
    file_id = Id(required=True)
    cadre_id = Text(80, required=True)
    rank = Choice(codes.RANKS, required=True)
    from_on = Day(required=True)
    to_on = Day(required=True, allow_none=True)
    last_on = Day(required=True)
    contact_due_on = Day(required=True)
    is_overdue = fields.Boolean(required=True)
    contacts_missed = Whole(required=True)
    reason = Text(300, required=True, allow_none=True)
    follows_id = Id(required=True, allow_none=True)
    followed_by_id = Id(required=True, allow_none=True)
    created_at = Moment(required=True)


class Contact(Strict):
    id = Id(required=True)
    contacted_on = Day(required=True)
    kind = Choice(codes.CONTACT_KINDS, required=True)
    note = Text(1000, required=True)
    recorded_by = Text(80, required=True)


class PairUp(PairUpRow):
    contacts = listed(Contact, 0, MOST_CONTACTS, required=True)


class PairUpQuery(PageQuery):
    file_id = Id()
    cadre_id = Text(80)
    state = Choice(codes.PAIR_STATES)
    is_overdue = fields.Boolean()


class NewContact(Strict):
    contacted_on = Day(load_default=None, allow_none=True, metadata={"description": "today if not given"})
    kind = Choice(codes.CONTACT_KINDS, required=True)
    note = Text(1000, required=True)


class HandOver(Strict):
    cadre_id = Id(required=True)
    rank = Choice(codes.RANKS, required=True)
    reason = Text(300, required=True)


class PairEnd(Strict):
    reason = Text(300, required=True)
    to_on = Day(load_default=None, allow_none=True, metadata={"description": "today if not given"})
