"""What jobs tells."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Choice, Day, Fen, Id, Strict, Text, Whole
from shared.contracts.table import Event


class JobSeekerRegistered(Strict):
    worker_id = Id(required=True)


class JobSeekerRegisteredV2(JobSeekerRegistered):
    """`unemployed_since` is what the job seeker said; a registration that nobody ends runs out after `expires_on`."""

    registered_on = Day(required=True)
    expires_on = Day(required=True)
    unemployed_since = Day(required=True, allow_none=True)
    is_zero_employment_household = fields.Boolean(required=True)


class JobSeekerEnded(Strict):
    """`state` says whether it was closed or ran out."""

    worker_id = Id(required=True)
    state = Choice(("CLOSED", "EXPIRED"), required=True)


class VacancyPublished(Strict):
    employer_id = Id(required=True)
    posts = Whole(1, required=True)


class JobFairHeld(Strict):
    fair_code = Text(19, required=True)
    booths = Whole(required=True)
    posts = Whole(required=True)
    visitors = Whole(required=True)
    intentions = Whole(required=True)
    held_on = Day(required=True)


class JobFairReported(Strict):
    fair_code = Text(19, required=True)
    reported_on = Day(required=True)
    is_late = fields.Boolean(required=True)


class JobFairCancelled(Strict):
    fair_code = Text(19, required=True)


class IntentionRecorded(Strict):
    worker_id = Id(required=True)
    vacancy_id = Id(required=True)
    fair_id = Id(required=True, allow_none=True)
    is_migrant = fields.Boolean(required=True)


class PlacementTold(Strict):
    placement_id = Id(required=True)
    worker_id = Id(required=True)


class PlacementReported(PlacementTold):
    employer_id = Id(required=True)


class WorkerOnboarded(PlacementReported):
    started_on = Day(required=True)


class PlacementConfirmed(PlacementReported):
    """Counts as successful employment (成功就业)."""

    monthly_wage_fen = Fen(required=True)
    started_on = Day(required=True)
    confirmed_on = Day(required=True)


class PlacementEnded(PlacementTold):
    reason = Text(300, required=True)


def _event(name: str, schema: type[Strict], zh: str, en: str, data_class: str = "INTERNAL",
           version: int = 1) -> Event:
    return Event("jobs", name, version, schema, zh, en, data_class)


EVENTS = (
    _event("job_seeker_registered", JobSeekerRegistered, "已登记求职", "Job seeker registered", "PERSONAL"),
    _event("job_seeker_registered", JobSeekerRegisteredV2, "已登记求职", "Job seeker registered", "PERSONAL", 2),
    _event("job_seeker_ended", JobSeekerEnded, "求职登记已结束", "Job seeker's registration ended", "PERSONAL"),
    _event("vacancy_published", VacancyPublished, "岗位已发布", "Vacancy published"),
    _event("job_fair_held", JobFairHeld, "招聘会已举办", "Job fair held"),
    _event("job_fair_reported", JobFairReported, "招聘会情况已报送", "Job fair reported"),
    _event("job_fair_cancelled", JobFairCancelled, "招聘会已取消", "Job fair cancelled"),
    _event("intention_recorded", IntentionRecorded, "求职意向已登记", "Intention recorded", "PERSONAL"),
    _event("placement_reported", PlacementReported, "就业安置已登记", "Placement reported", "PERSONAL"),
    _event("worker_onboarded", WorkerOnboarded, "职工已上岗", "Worker onboarded", "PERSONAL"),
    _event("placement_confirmed", PlacementConfirmed, "就业已确认", "Placement confirmed", "PERSONAL"),
    _event("placement_stable", PlacementTold, "就业已稳定", "Placement stable", "PERSONAL"),
    _event("placement_ended", PlacementEnded, "就业安置已结束", "Placement ended", "PERSONAL"),
)
