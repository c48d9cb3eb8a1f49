"""How a hardship file ends: exit from hardship, cancellation, and the destruction of what was kept long enough."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.files.living import Living
from services.relief.domain.files.refusals import KeptStill, ObjectionPeriodOver, ObjectionRunning, StillInHardship
from services.relief.domain.means.counting import Computed
from shared.kernel.calendar import months_later

#: ways out of hardship (脱困“四个一批”): work or a business of one's own, taken into social insurance. The source names
#: only these two of the four (B.1.2); any other is OTHER, with its reason in words
EXIT_KINDS = ("EMPLOYMENT", "SOCIAL_INSURANCE", "OTHER")


class Leaving(Living):
    """The part of a file that is about its end."""

    def propose_exit(self, facts: Mapping[str, Any], tested: Computed, kind: str, reason: str, by: str,
                     on: date) -> None:
        """`kind` is the way out (EXIT_KINDS). The household is told and may object for the days of D-24. Raises
        StillInHardship."""
        self.move("propose_exit")
        found = tested.summary
        if found.is_hardship:
            raise StillInHardship(grade=found.grade, steps=";".join(found.steps_zh))
        self.set_facts(facts)
        self._grade(tested, "NONE", None, by)
        self.exit_kind, self.reason, self.exit_until = kind, reason, self._due("D-24", on)
        self.reviewed_on, self.review_result = on, "EXIT_PROPOSED"
        self._changed(on)
        self._tell("exit_proposed", exit_until=self.exit_until)

    def contest_exit(self, reason: str, on: date) -> None:
        """The household objects, to the last day of D-24: the review goes on, and is no finished one. Raises
        ObjectionPeriodOver."""
        self.machine.next(self.state, "contest_exit")
        if self.exit_until and on > self.exit_until:
            raise ObjectionPeriodOver(until=str(self.exit_until))
        self.move("contest_exit")
        self.exit_kind, self.reason, self.exit_until = None, reason, None
        self.reviewed_on = self.review_result = None
        self._new_edition()
        self._tell("exit_contested")

    def confirm_exit(self, by: str, on: date, watch_months: int) -> None:
        """From the day after the objection period; a relapse is watched for `watch_months`.

        Raises ObjectionRunning, SamePerson.
        """
        different(by, "确认脱困 / confirming the exit", ("拟脱困 / proposing it", self.assessed_by))
        self.move("confirm_exit")
        if self.exit_until and on <= self.exit_until:
            raise ObjectionRunning(until=str(self.exit_until))
        self.exit_on, self.watch_until = on, months_later(on, watch_months)
        self._close(self.reason, on)
        self._tell("household_out_of_hardship", head_worker_id=self.head_worker_id, exit_on=on)

    def flag_relapse(self, on: date) -> None:
        """Something happened within the watch that may throw the household back (返困): somebody must look."""
        self.move("flag_relapse")
        self.relapse_flagged_on = on
        self._tell("relapse_feared", head_worker_id=self.head_worker_id)

    def cancel(self, code: str, on: date, banned_until: date | None = None) -> None:
        """Death, fraud, left the area, merged, membership ended, refused checks (注销).

        After fraud the members cannot be filed again before the ban is over (B.1.3).
        """
        self.move("cancel")
        self.banned_until = banned_until
        self._close(code, on)
        self._tell("hardship_file_cancelled", reason=code)

    def destroy(self, on: date) -> None:
        """Its number, codes, dates and amounts stay; form, health, home, notes and reasons go. Raises KeptStill."""
        self.move("destroy")
        if self.archive_until is None or on <= self.archive_until:
            raise KeptStill(file_no=self.file_no, archive_until=str(self.archive_until))
        self.form_text = self.home_text = self.report_explanation = self.objection = self.assets = None
        self.reason = self.review_reason = self.grade_reason = self.notice_place = None
        self.authorisation_no = self.report_no = None
        self.vetoes, self.survey_notes, self.report_hits, self.explanation_zh, self.explanation_en = [], [], [], [], []
        for member in self.members:
            member.details_text = member.health_text = None
