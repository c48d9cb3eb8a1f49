"""What goes in and out of jobs."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Day,
    Fen,
    Flag,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)

SEEKER_STATES = ("ACTIVE", "CLOSED", "EXPIRED")
VACANCY_STATES = ("DRAFT", "VERIFIED", "PUBLISHED", "CLOSED", "EXPIRED", "WITHDRAWN")
VACANCY_SOURCES = ("OWN", "HRSS")
FAIR_STATES = ("PLANNED", "FILED", "OPEN", "HELD", "REPORTED", "CANCELLED")
FAIR_KINDS = ("SPRING_FESTIVAL", "SPRING_BREEZE", "VETERANS", "EMPLOYMENT_AID", "GRADUATES", "VOLUNTEERS", "DAILY")
PARTNERS = ("CIVIL_AFFAIRS", "HRSS", "DISABLED_FEDERATION", "WOMEN_FEDERATION", "YOUTH_LEAGUE", "OTHER")
INTENTION_STATES = ("RECORDED", "INTERVIEW", "OFFERED", "ACCEPTED", "DECLINED", "LAPSED")
PLACEMENT_STATES = ("REPORTED", "ONBOARDED", "CONFIRMED", "STABLE", "ENDED")
CONTRACT_TYPES = ("FIXED_TERM", "OPEN_ENDED", "PROJECT", "PART_TIME", "DISPATCH", "NONE_YET")
PROOFS = ("CONTRACT", "SOCIAL_INSURANCE", "DAYS_WORKED")


class Reason(Strict):
    reason = Text(300, required=True)


class NewSeeker(Strict):
    """A worker who looks for a job (求职登记)."""

    worker_id = Id(required=True)
    wish = Text(100, required=True, metadata={"description": "the occupation wished for"})
    skills = listed(Text(60), 0, 20, load_default=list)
    unemployed_since = Day(load_default=None, allow_none=True)
    is_zero_employment_household = Flag(load_default=False)
    org_path = OrgPath()


class Seeker(Record):
    seeker_no = Text(19, required=True)
    worker_id = Id(required=True)
    wish = Text(100, required=True)
    skills = listed(Text(60), 0, 20, required=True)
    state = Choice(SEEKER_STATES, required=True)
    registered_on = Day(required=True)
    expires_on = Day(required=True)
    unemployed_since = Day(required=True, allow_none=True)
    is_zero_employment_household = fields.Boolean(required=True)
    reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class SeekerQuery(PageQuery):
    state = Choice(SEEKER_STATES)
    worker_id = Id()


class NewVacancy(Strict):
    """Posts an employer offers (岗位)."""

    employer_id = Id(required=True)
    occupation = Text(60, required=True)
    posts = Whole(1, 10_000, required=True)
    monthly_wage_fen = Fen(required=True)
    place = Text(100, required=True)
    source = Choice(VACANCY_SOURCES, load_default="OWN")
    expires_on = Day(required=True)
    org_path = OrgPath()


class Vacancy(Record):
    vacancy_no = Text(19, required=True)
    employer_id = Id(required=True)
    occupation = Text(60, required=True)
    posts = Whole(1, 10_000, required=True)
    filled = Whole(0, 10_000, required=True)
    is_full = fields.Boolean(required=True)
    monthly_wage_fen = Fen(required=True)
    place = Text(100, required=True)
    source = Choice(VACANCY_SOURCES, required=True)
    state = Choice(VACANCY_STATES, required=True)
    expires_on = Day(required=True)
    reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class VacancyQuery(PageQuery):
    """`occupation` is a part of the name; `is_full` keeps those with, or without, posts left."""

    state = Choice(VACANCY_STATES)
    employer_id = Id()
    source = Choice(VACANCY_SOURCES)
    occupation = Text(60)
    is_full = fields.Boolean()


class NewFair(Strict):
    """A job fair (招聘会)."""

    name = Text(100, required=True)
    kind = Choice(FAIR_KINDS, required=True)
    place = Text(100, required=True)
    planned_on = Day(required=True)
    org_path = OrgPath()


class FairFiling(Strict):
    """The plan, emergency plan and security plan it is filed with (方案、应急预案、安全方案)."""

    plan_no = Text(60, required=True)
    emergency_plan_no = Text(60, required=True)
    security_plan_no = Text(60, required=True)
    partners = listed(Choice(PARTNERS), 0, len(PARTNERS), load_default=list)


class FairCounts(Strict):
    """What came of the fair. Fewer intentions than were recorded are refused."""

    booths = Whole(0, 10_000, required=True)
    posts = Whole(0, 1_000_000, required=True)
    visitors = Whole(0, 1_000_000, required=True)
    intentions = Whole(0, 1_000_000, required=True)
    held_on = Day(required=True)


class FairReport(Strict):
    report_no = Text(60, required=True)


class Fair(Record):
    fair_code = Text(19, required=True)
    name = Text(100, required=True)
    kind = Choice(FAIR_KINDS, required=True)
    place = Text(100, required=True)
    state = Choice(FAIR_STATES, required=True)
    planned_on = Day(required=True)
    partners = listed(Choice(PARTNERS), 0, len(PARTNERS), required=True)
    plan_no = Text(60, required=True, allow_none=True)
    emergency_plan_no = Text(60, required=True, allow_none=True)
    security_plan_no = Text(60, required=True, allow_none=True)
    booths = Whole(0, 10_000, required=True, allow_none=True)
    posts = Whole(0, 1_000_000, required=True, allow_none=True)
    visitors = Whole(0, 1_000_000, required=True, allow_none=True)
    intentions = Whole(0, 1_000_000, required=True, allow_none=True)
    held_on = Day(required=True, allow_none=True)
    report_due_on = Day(required=True, allow_none=True)
    report_no = Text(60, required=True, allow_none=True)
    reported_on = Day(required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class FairQuery(PageQuery):
    state = Choice(FAIR_STATES)
    kind = Choice(FAIR_KINDS)


class NewIntention(Strict):
    """A worker and a vacancy that may come together (求职意向); `fair_id` where they met at a fair."""

    worker_id = Id(required=True)
    vacancy_id = Id(required=True)
    fair_id = Id(load_default=None, allow_none=True)


class Intention(Record):
    worker_id = Id(required=True)
    vacancy_id = Id(required=True)
    fair_id = Id(required=True, allow_none=True)
    is_migrant = fields.Boolean(required=True)
    state = Choice(INTENTION_STATES, required=True)
    moved_on = Day(required=True)
    lapse_on = Day(required=True)
    placement_id = Id(required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class IntentionQuery(PageQuery):
    state = Choice(INTENTION_STATES)
    worker_id = Id()
    vacancy_id = Id()
    fair_id = Id()


class NewPlacement(Strict):
    """A worker has found work (就业安置): through an accepted intention, or on their own with employer and wage."""

    worker_id = Id(required=True)
    intention_id = Id(load_default=None, allow_none=True)
    employer_id = Id(load_default=None, allow_none=True)
    monthly_wage_fen = Fen(load_default=None, allow_none=True)
    contract_type = Choice(CONTRACT_TYPES, required=True)
    org_path = OrgPath()


class Onboarding(Strict):
    """The employer confirms the start; `monthly_wage_fen` where it differs from what was reported."""

    started_on = Day(required=True)
    monthly_wage_fen = Fen(load_default=None, allow_none=True)


class Proof(Strict):
    """A contract or social-insurance record by its number, or the days worked."""

    proof = Choice(PROOFS, required=True)
    proof_no = Text(60, load_default=None, allow_none=True)


class PlacementEnd(Strict):
    reason = Text(300, required=True)
    ended_on = Day(load_default=None, allow_none=True)


class Placement(Record):
    worker_id = Id(required=True)
    employer_id = Id(required=True)
    intention_id = Id(required=True, allow_none=True)
    vacancy_id = Id(required=True, allow_none=True)
    monthly_wage_fen = Fen(required=True)
    contract_type = Choice(CONTRACT_TYPES, required=True)
    state = Choice(PLACEMENT_STATES, required=True)
    started_on = Day(required=True, allow_none=True)
    stable_due_on = Day(required=True, allow_none=True)
    proof = Choice(PROOFS, required=True, allow_none=True)
    proof_no = Text(60, required=True, allow_none=True)
    confirmed_on = Day(required=True, allow_none=True)
    ended_on = Day(required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class PlacementQuery(PageQuery):
    state = Choice(PLACEMENT_STATES)
    worker_id = Id()
    employer_id = Id()
