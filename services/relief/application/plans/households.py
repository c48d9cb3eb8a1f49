"""The household a plan or a pair is for."""

from __future__ import annotations

from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.plans.refusals import HouseholdNotActive
from shared.store.work import Work

#: the household counts as in hardship, and is looked after
IN_CARE = ("ACTIVE", "REVIEWING", "EXITING")


def household(work: Work, file_id: str) -> HardshipFile:
    """The file within the caller's part of the tree. Raises NotFound, HouseholdNotActive."""
    file = work.load(HardshipFile, file_id)
    if file.state not in IN_CARE:
        raise HouseholdNotActive(pointer="/file_id", file_no=file.file_no, state=file.state)
    return file


def members_of(file: HardshipFile) -> set[str]:
    return {member.worker_id for member in file.members if member.worker_id}
