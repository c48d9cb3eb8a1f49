"""A hardship file from the report to the decision: grade, public notice, objections, approvals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.relief.domain.duty import different
from services.relief.domain.files.approving import ApprovalRule
from services.relief.domain.files.record import ASSESSMENT, SUBMISSION, SURVEY, FileRecord
from services.relief.domain.files.refusals import (
    GradeWithoutReason,
    NoticeEnded,
    NoticeRunning,
    NotInHardship,
    ObjectionsOpen,
    TooManyObjections,
)
from services.relief.domain.means.counting import Computed


class Deciding(FileRecord):
    """The part of a file that is about its decision."""

    def decide_grade(self, grade: str, reason: str | None, found: Computed, by: str) -> None:
        """A reviewer confirms the grade that the means test proposes, or another with a reason.

        Raises SamePerson, HeadDeceased, DeceasedInHousehold, GradeWithoutReason.
        """
        different(by, ASSESSMENT, (SURVEY, self.surveyors), (SUBMISSION, self.submitted_by))
        self.machine.next(self.state, "assess")
        self.require_all_living()
        self.move("assess")
        self._grade(found, grade, reason, by)

    def _grade(self, tested: Computed, grade: str, reason: str | None, by: str) -> None:
        found = tested.summary
        if grade != found.grade and not reason:
            raise GradeWithoutReason(pointer="/reason", proposed=found.grade, grade=grade)
        self.grade, self.proposed_grade, self.grade_reason, self.assessed_by = grade, found.grade, reason, by
        self.grade_document = found.standard.document
        self.explanation_zh, self.explanation_en = list(found.steps_zh), list(found.steps_en)
        self._tell("hardship_grade_assessed", grade=grade)

    # -- public notice -----------------------------------------------------------------------------------------

    def post_notice(self, place: str, on: date) -> None:
        """Public notice (公示) for the working days of D-22. Raises HeadDeceased, DeceasedInHousehold,
        NotInHardship."""
        self.machine.next(self.state, "post_notice")
        self.require_all_living()
        self.move("post_notice")
        if self.grade == "NONE":
            raise NotInHardship
        self.notice_place, self.notice_until, self.objection = place, self._due("D-22", on), None
        self.noticed_on, self.approvals = on, []
        self._tell("file_notice_posted", notice_until=self.notice_until)

    def raise_objection(self, objection_id: str, on: date, most: int) -> None:
        """Anybody's objection, to the last minute of the notice's last day: until it is decided nothing is approved.

        Counted here, so that an approval at the same moment meets another version. Raises NoticeEnded,
        TooManyObjections.
        """
        self.move("raise_objection")
        if self.notice_until and on > self.notice_until:
            raise NoticeEnded(notice_until=str(self.notice_until))
        if self.open_objections >= most:
            raise TooManyObjections(most=most)
        self.open_objections += 1
        self._tell("file_objection_raised", objection_id=objection_id)

    def object(self, text: str) -> None:
        """An objection sends the file back to the survey's result: it is verified and graded anew."""
        self.move("object")
        self.objection = text
        self._tell("file_objected")

    def hear_objection(self, text: str, *, is_upheld: bool) -> None:
        """An objection was decided; one that is upheld sends the file back if it has not gone back already."""
        self.open_objections -= 1
        if is_upheld and self.state == "NOTICED":
            self.object(text)
        else:
            self.touch()

    # -- approval ----------------------------------------------------------------------------------------------

    def approve(self, by: str, roles: Sequence[str], rule: ApprovalRule, outside_no: str | None, on: date) -> None:
        """The next approval of the rule, each by another person; the last makes the file active.

        From the day after the notice. Raises SamePerson, HeadDeceased, DeceasedInHousehold, NoticeRunning,
        ObjectionsOpen, ApproverRole, OutsideNumberMissing.
        """
        different(by, "审批 / approval", (SURVEY, self.surveyors), (ASSESSMENT, self.assessed_by),
                  (SUBMISSION, self.submitted_by),
                  ("上一步审批 / an earlier approval", [step["by"] for step in self.approvals]))
        self.machine.next(self.state, "approve")
        self.require_all_living()
        if self.notice_until and on <= self.notice_until:
            raise NoticeRunning(notice_until=str(self.notice_until))
        if self.open_objections:
            raise ObjectionsOpen(count=self.open_objections)
        done = len(self.approvals)
        is_last = rule.check_step(done, roles, outside_no)
        self.approvals = [*self.approvals, {"step": done + 1, "role": rule.steps[done], "by": by, "on": str(on),
                                            "outside_no": outside_no, "document": rule.document}]
        self._finish_approval(by, on) if is_last else self._note_approval(done + 1)

    def _note_approval(self, step: int) -> None:
        self.move("approve_step")
        self._tell("file_approval_step", step=step)

    def _finish_approval(self, by: str, on: date) -> None:
        self.move("approve")
        self.approved_by, self.approved_on, self.next_review_on = by, on, self._due("D-23", on)
        self._changed(on)
        self._tell("hardship_file_approved", head_worker_id=self.head_worker_id, grade=self.grade,
                   worker_ids=[member.worker_id for member in self.members if member.worker_id])

    def refuse(self, reason: str, on: date) -> None:
        """With the reason; the household may apply again."""
        self.move("refuse")
        self._close(reason, on)
        self._tell("hardship_file_refused")
