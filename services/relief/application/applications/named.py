"""Workers whom a campaign names for a ground of their own (一线职工、劳动模范、患病职工、农民工), file or none.

送温暖 reaches hardship, sick, front-line and model workers; what they get is a local standard (knowledge of medium
certainty: no rule of the national federation was at hand). The amount stays below the programme for people without a
file, and a household is visited once, whoever of it is named or listed by the file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.application.applications.occasions import aided
from services.relief.domain.applications.campaign import ReliefCampaign
from services.relief.domain.applications.kinds import UNFILED, WHOM
from services.relief.domain.applications.refusals import (
    GradeWithoutAmount,
    NamedForFestivalsOnly,
    NamedTwice,
    NotAMigrant,
)
from services.relief.domain.files.states import LEGACY_GRADES
from shared.store.work import Work

AIDED = "本时节已慰问 / aided for this occasion already"
ON_THE_LIST = "本户已列入本次名单 / the household is on this list already"
REVIEW_FIRST = "旧标准档案须先复核 / the file has a grade of the older rules: review it first"
F, M = hardship_files.c, hardship_members.c


@dataclass(frozen=True)
class Home:
    """The household of a worker: its open file, or the worker alone. `file_id` and `file_no` are of an active file."""

    household_id: str
    grade: str = UNFILED
    file_id: str | None = None
    file_no: str | None = None


def check_named(relief_type: str, amounts_fen: Mapping[str, int], workers: Sequence[Mapping[str, str]],
                facts: Mapping[str, Mapping[str, Any]]) -> None:
    """Raises NamedForFestivalsOnly, NamedTwice, GradeWithoutAmount, NotAMigrant."""
    seen: set[str] = set()
    if workers and relief_type != "FESTIVAL":
        raise NamedForFestivalsOnly(pointer="/workers", relief_type=relief_type)
    for n, one in enumerate(workers):
        worker_id, ground, pointer = one["worker_id"], one["ground"], f"/workers/{n}"
        if worker_id in seen:
            raise NamedTwice(pointer=f"{pointer}/worker_id", worker_id=worker_id)
        if ground not in amounts_fen:
            raise GradeWithoutAmount(pointer="/amounts_fen", grade=ground)
        if ground == "MIGRANT" and not facts[worker_id]["is_migrant"]:
            raise NotAMigrant(pointer=f"{pointer}/ground", worker_id=worker_id)
        seen.add(worker_id)


def homes_of(work: Work, worker_ids: Collection[str]) -> dict[str, Home]:
    """The household of each worker as it is now, in one statement."""
    query = select(M.worker_id, F.id, F.file_no, F.grade, F.state).join(hardship_files, F.id == M.file_id).where(
        M.worker_id.in_(worker_ids), M.is_open)
    found = {row.worker_id: Home(row.id, row.grade, row.id, row.file_no) if row.state == "ACTIVE" else Home(row.id)
             for row in (work.session.execute(query) if worker_ids else ())}
    return {worker_id: found.get(worker_id) or Home(worker_id) for worker_id in worker_ids}


def named_lines(work: Work, campaign: ReliefCampaign, workers: Sequence[Mapping[str, str]],
                on_list: Collection[str]) -> list[dict[str, Any]]:
    """A line for each who is named, LISTED or, with the reason, EXCLUDED. `on_list` are the households listed by their
    files. The line of somebody with an active file rests on that file, as every line that has one."""
    homes = homes_of(work, [one["worker_id"] for one in workers])
    before, seen = aided(work, campaign, {home.household_id for home in homes.values()}), set(on_list)
    rows = []
    for one in workers:
        home = homes[one["worker_id"]]
        reason = _reason(home, before, seen)
        seen.add(home.household_id)
        rows.append({
            "file_id": None if reason else home.file_id, "file_no": home.file_no, "household_id": home.household_id,
            "worker_id": one["worker_id"], "grade": home.grade if home.grade in WHOM else UNFILED,
            "ground": one["ground"], "amount_fen": campaign.amounts_fen[one["ground"]],
            "state": "EXCLUDED" if reason else "LISTED", "reason": reason})
    return rows


def _reason(home: Home, before: Collection[str], seen: Collection[str]) -> str | None:
    if home.household_id in seen:
        return ON_THE_LIST
    if home.household_id in before:
        return AIDED
    return REVIEW_FIRST if home.grade in LEGACY_GRADES else None
