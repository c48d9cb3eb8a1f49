"""An active hardship file: changes, reviews, suspicion, and the paper that must keep up with the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from services.relief.domain.files.deciding import Deciding
from services.relief.domain.files.refusals import NotInHardship
from services.relief.domain.means.counting import Computed

MEMBER_DIED = "家庭成员死亡 / a member of the household has died"


class Living(Deciding):
    """The part of a file between approval and exit."""

    def update_facts(self, facts: Mapping[str, Any], reason: str, on: date) -> None:
        self.move("update_facts")
        self.set_facts(facts)
        self.reason = reason
        self._changed(on)
        self._tell("hardship_facts_changed")

    def knows_of(self, day: date) -> bool:
        """Whether what happened on `day` lies before approval or the last review, which asked for everything."""
        return any(asked is not None and day <= asked for asked in (self.approved_on, self.reviewed_on))

    def start_review(self, reason: str, placement_id: str | None = None) -> None:
        """Yearly, or because something happened."""
        self.move("start_review")
        self.review_reason = reason
        self._new_edition()
        if placement_id:
            self.reviewed_placements = [*self.reviewed_placements, placement_id]
        self._tell("file_review_started", reason=reason, placement_id=placement_id)

    def note_death(self, worker_id: str, died_on: date | None) -> None:
        """A member has died, or lives after all (`died_on` None): an active file is reviewed, once for it; of a dead
        head the cancellation is proposed until the household has another (`proposed_cancellation`)."""
        member = next(one for one in self.members if one.worker_id == worker_id)
        if member.died_on == died_on:
            return
        member.died_on = died_on
        if self.state == "ACTIVE" and died_on:
            self.start_review(MEMBER_DIED)
            return
        self._new_edition()
        self.touch()
        if self.state == "REVIEWING" and died_on:
            self.review_reason = MEMBER_DIED

    def keep(self, facts: Mapping[str, Any], grade: str, reason: str | None, found: Computed, by: str,
             on: date) -> None:
        """The file stays, with the grade that the means test of the newer facts (`found`) leads to.

        Raises NotInHardship, GradeWithoutReason, DeceasedInHousehold.
        """
        self.machine.next(self.state, "keep")
        self.require_all_living()
        self.move("keep")
        if grade == "NONE":
            raise NotInHardship(pointer="/grade")
        self.review_result = "KEPT" if grade == self.grade else "REGRADED"
        self.set_facts(facts)
        self._grade(found, grade, reason, by)
        self.next_review_on, self.review_reason, self.reviewed_on = self._due("D-23", on), None, on
        self._changed(on)

    def suspend(self, reason: str, on: date, most_days: int) -> None:
        """While fraud is suspected, for `most_days` at the most."""
        self.move("suspend")
        self.reason, self.suspended_until = reason, on + timedelta(days=most_days)
        self._changed(on)
        self._tell("file_suspended")

    def resume(self, reason: str) -> None:
        self.move("resume")
        self.review_reason, self.suspended_until = reason, None
        self._new_edition()
        self._tell("file_review_started", reason=reason, placement_id=None)

    def confirm_paper(self) -> None:
        """The paper file says what the record says (纸质与电子档案同步)."""
        self.move("confirm_paper")
        self.paper_due_on, self.is_paper_overdue = None, False

    def mark_paper_overdue(self) -> None:
        """D-25 has passed."""
        self.is_paper_overdue = True
        self.touch()
        self._tell("file_paper_overdue", due_on=self.paper_due_on)
