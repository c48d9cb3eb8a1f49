"""What other services tell that concerns hardship files."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.domain.files.hardship_file import HardshipFile
from shared.service.react import Told
from shared.store.work import Work

REVIEW_REASON = "就业安置已确认 / placement confirmed"


def review_file_of_placed(work: Work, told: Told) -> None:
    """A member of an active household has found work: the file is reviewed, once for a placement."""
    m = hardship_members.c
    of_worker = select(m.file_id).where(m.worker_id == told.data["worker_id"], m.is_open)
    for file in work.all(select(HardshipFile).where(hardship_files.c.id.in_(of_worker))):
        if file.state == "ACTIVE" and told.data["placement_id"] not in file.reviewed_placements:
            file.start_review(REVIEW_REASON, told.data["placement_id"])


REACTIONS = {"jobs.placement_confirmed.v1": review_file_of_placed}
