"""A paper file from before the product becomes a file here (旧档案接收), with the grade it had."""

from __future__ import annotations

from datetime import date

from services.relief.domain.duty import different
from services.relief.domain.files.record import FileRecord
from services.relief.domain.files.refusals import PaperTooYoung


class TakingOver(FileRecord):
    """It was surveyed, noticed and approved in its time: none of that is done again. Its first review is due at once
    and grades it by the rules of today."""

    def take_over(self, paper_no: str, grade: str, established_year: int, source_document: str, last_year: int) -> None:
        """Raises PaperTooYoung: `last_year` is the last in which files were graded so."""
        self.move("take_over")
        if established_year > last_year:
            raise PaperTooYoung(pointer="/established_year", year=established_year, last_year=last_year)
        self.paper_no, self.established_year, self.source_document = paper_no, established_year, source_document
        self.grade, self.grade_document = grade, source_document

    def confirm_take_over(self, by: str, on: date) -> None:
        """By somebody who has the paper in hand too. Raises SamePerson, HeadDeceased, DeceasedInHousehold."""
        different(by, "确认接收旧档案 / confirming a paper file", ("接收旧档案 / taking it over", self.drafted_by))
        self.machine.next(self.state, "confirm_take_over")
        self.require_all_living()
        self.move("confirm_take_over")
        self.approved_by, self.approved_on, self.next_review_on, self.changed_on = by, on, on, on
        self._tell("paper_file_taken_over", head_worker_id=self.head_worker_id, grade=self.grade,
                   established_year=self.established_year,
                   worker_ids=[member.worker_id for member in self.members if member.worker_id])

    def decline_take_over(self, reason: str, on: date) -> None:
        """The paper does not say so, or is of another household."""
        self.move("decline_take_over")
        self._close(reason, on)
        self._tell("paper_file_declined")
