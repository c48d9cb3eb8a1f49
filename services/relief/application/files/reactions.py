"""What other services tell that concerns hardship files."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.domain.files.hardship_file import HardshipFile
from shared.kernel.clock import today
from shared.service.react import Told
from shared.store.work import Work

REVIEW_REASON = "就业安置已确认 / placement confirmed"
PLACEMENT_ENDED = "就业安置已结束 / placement ended"
MEMBERSHIP_ENDED = "会籍已终止 / membership ended"
EMPLOYER_CHANGED = "用人单位已变更 / employer changed"
#: what the list says is not repeated: it is for people to look into, and no part of a file
ON_A_LIST = "部门名单提示家庭情况有变化,请核实 / an agency's list tells of a change: to be looked into"


def review_file_of_placed(work: Work, told: Told) -> None:
    """A member of an active household has found work: the file is reviewed, once for a placement."""
    _review(work, told.data["worker_id"], REVIEW_REASON, told.data["placement_id"])


def review_file_of_unplaced(work: Work, told: Told) -> None:
    """The work is lost: an active file is reviewed, one that ended within the watch for a relapse is flagged."""
    worker_id = told.data["worker_id"]
    _review(work, worker_id, PLACEMENT_ENDED, None)
    f, m = hardship_files.c, hardship_members.c
    watched = select(HardshipFile).where(f.id.in_(select(m.file_id).where(m.worker_id == worker_id)),
                                         f.state == "OUT_OF_HARDSHIP", f.watch_until >= today())
    for file in work.all(watched):
        file.flag_relapse(today())


def review_file_of_leaver(work: Work, told: Told) -> None:
    _review(work, told.data["worker_id"], MEMBERSHIP_ENDED, None)


def review_file_of_mover(work: Work, told: Told) -> None:
    _review(work, told.data["worker_id"], EMPLOYER_CHANGED, None)


def review_file_of_listed(work: Work, told: Told) -> None:
    """An agency's list says that relief or unemployment of a member began or ended since the household was last asked.
    Lists come every month: what the file knows of starts nothing, be it told once more, late or out of order."""
    data = told.data
    day = data["since"] if data["is_running"] else data["until"] or data["since"]
    for file in open_files(work, data["worker_id"]):
        if file.state == "ACTIVE" and not file.knows_of(day):
            file.start_review(ON_A_LIST)


def take_report(work: Work, told: Told) -> None:
    """The agencies' report, by way of exchange: of an older request, or entered by hand before, it changes nothing."""
    data = told.data
    file = work.find(HardshipFile, id=data["file_id"])
    if file is not None:
        file.take_report(data["report_no"], data["hits"], data["request"])


def _review(work: Work, worker_id: str, reason: str, placement_id: str | None) -> None:
    """Start the review of a worker's active file. A placement starts one review only."""
    for file in open_files(work, worker_id):
        if file.state == "ACTIVE" and (placement_id is None or placement_id not in file.reviewed_placements):
            file.start_review(reason, placement_id)


def open_files(work: Work, worker_id: str) -> Sequence[HardshipFile]:
    m = hardship_members.c
    of_worker = select(m.file_id).where(m.worker_id == worker_id, m.is_open)
    found: Sequence[HardshipFile] = work.all(select(HardshipFile).where(hardship_files.c.id.in_(of_worker)))
    return found


REACTIONS = {
    "exchange.agency_hit_found.v1": review_file_of_listed,
    "exchange.verification_reported.v1": take_report,
    "jobs.placement_confirmed.v1": review_file_of_placed,
    "jobs.placement_ended.v1": review_file_of_unplaced,
    "membership.membership_ended.v1": review_file_of_leaver,
    "membership.employer_changed.v1": review_file_of_mover,
}
