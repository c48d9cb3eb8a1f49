"""What other services tell of workers that the daily search for blind spots needs to know."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from services.relief.application.watch import deaths
from services.relief.application.watch.circumstances import keep
from services.relief.application.watch.looking import parameter
from services.relief.domain.watch.circumstance import Circumstance
from shared.kernel.clock import SHANGHAI, now
from shared.service.react import Told
from shared.store.work import Work

LISTS = {"CIVIL_AFFAIRS_RELIEF": "RELIEF_LIST", "UNEMPLOYMENT": "UNEMPLOYED_LIST"}


def know_hit(work: Work, told: Told) -> None:
    """A member stands on an agency's list, or no longer. Of a list that is too old nothing is kept."""
    data = told.data
    kind = LISTS.get(data["kind"])
    if kind is not None:
        keep(work, _told(told, kind, data["category"], as_of=data["data_date"], is_running=data["is_running"],
                         since=data["since"], until=data["until"],
                         valid_until=_keep_until(data["data_date"], told)))


def know_job_seeker(work: Work, told: Told) -> None:
    """Only of households where nobody works: of others nothing needs to be known."""
    data = told.data
    if data["is_zero_employment_household"]:
        keep(work, _told(told, "JOB_SEEKER", told.subject, since=data["unemployed_since"] or data["registered_on"],
                         valid_until=data["expires_on"]))


def know_seeker_ended(work: Work, told: Told) -> None:
    keep(work, _ended(told, "JOB_SEEKER", told.subject))


def know_placed(work: Work, told: Told) -> None:
    keep(work, _told(told, "PLACEMENT", told.data["placement_id"]))


def know_unplaced(work: Work, told: Told) -> None:
    keep(work, _ended(told, "PLACEMENT", told.data["placement_id"]))


def know_left(work: Work, told: Told) -> None:
    """What lists say of a member is of no use to us when they have left."""
    keep(work, _ended(told, "LEFT", told.data["worker_id"]))


def know_deceased(work: Work, told: Told) -> None:
    """Known until it is corrected; what of theirs is open is shown for ending."""
    worker_id = told.data["worker_id"]
    keep(work, _told(told, deaths.KIND, worker_id, since=told.data["died_on"]))
    deaths.show_what_is_open(work, worker_id, told.org_path)


def know_alive(work: Work, told: Told) -> None:
    keep(work, _ended(told, deaths.KIND, told.data["worker_id"]))


def _ended(told: Told, kind: str, part: str) -> Circumstance:
    """Kept for a while, as the beginning may be told later than the end."""
    return _told(told, kind, part, is_running=False, valid_until=_keep_until(_time(told).date(), told))


def _told(told: Told, kind: str, part: str, **more: Any) -> Circumstance:
    at = _time(told)
    facts = {"is_running": True, "as_of": at.date(), **more}
    return Circumstance(told.data["worker_id"], kind, part, told.org_path, told_at=at, **facts)


def _time(told: Told) -> datetime:
    return datetime.fromisoformat(told.time).astimezone(SHANGHAI) if told.time else now()


def _keep_until(day: date, told: Told) -> date:
    return day + timedelta(days=parameter("BLD-LIST-VALID", day, told.org_path).value)


REACTIONS = {
    "exchange.agency_hit_found.v1": know_hit,
    "jobs.job_seeker_registered.v2": know_job_seeker,
    "jobs.job_seeker_ended.v1": know_seeker_ended,
    "jobs.placement_confirmed.v1": know_placed,
    "jobs.placement_ended.v1": know_unplaced,
    "membership.membership_ended.v1": know_left,
    "membership.worker_deceased.v1": know_deceased,
    "membership.worker_death_corrected.v1": know_alive,
}
