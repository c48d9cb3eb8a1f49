"""Hardship file (困难职工档案): one household, one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.files.refusals import (
    GradeWithoutReason,
    HeadNotMember,
    HitsUnexplained,
    MemberTwice,
    NotAuthorised,
    NoticeRunning,
    NotInHardship,
    ObjectionRunning,
    StillInHardship,
    SurveysDiffer,
)
from services.relief.domain.files.states import CLOSED, HARDSHIP_FILE
from services.relief.domain.means.means_test import Assessment, Household, MeansStandard, assess
from shared.kernel import deadlines
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import new_id
from shared.kernel.money import format_yuan
from shared.kernel.org import division_of

SUBMISSION, SURVEY, ASSESSMENT = "提交 / submission", "入户调查 / survey", "认定 / assessment"


@dataclass(eq=False)
class Member:
    """A person of the household. `worker_id` is set where the person is known to membership; while `is_open` is true
    that person can be in no other open file."""

    id: str
    position: int
    worker_id: str | None
    relation: str
    is_adult: bool
    is_open: bool = True


@dataclass(eq=False)
class HardshipFile(Aggregate):
    """Amounts are fen of the last 12 months for the whole household; people are account ids."""

    machine = HARDSHIP_FILE

    id: str
    org_path: str
    file_no: str
    level: str
    head_worker_id: str
    main_cause: str
    drafted_by: str
    created_at: datetime
    members: list[Member] = field(default_factory=list)
    other_causes: list[str] = field(default_factory=list)
    income12_fen: int = 0
    rigid: dict[str, int] = field(default_factory=dict)
    accident_cost_fen: int = 0
    vetoes: list[str] = field(default_factory=list)
    authorisation_no: str | None = None
    authorised_on: date | None = None
    submitted_by: str | None = None
    survey_due_on: date | None = None
    surveyors: list[str] = field(default_factory=list)
    survey_notes: list[str] = field(default_factory=list)
    surveyed_on: date | None = None
    report_no: str | None = None
    report_hits: list[str] = field(default_factory=list)
    report_explanation: str | None = None
    grade: str | None = None
    proposed_grade: str | None = None
    grade_reason: str | None = None
    grade_document: str | None = None
    explanation_zh: list[str] = field(default_factory=list)
    explanation_en: list[str] = field(default_factory=list)
    assessed_by: str | None = None
    notice_place: str | None = None
    notice_until: date | None = None
    objection: str | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    next_review_on: date | None = None
    review_reason: str | None = None
    reviewed_placements: list[str] = field(default_factory=list)
    exit_until: date | None = None
    exit_on: date | None = None
    reason: str | None = None
    state: str = "DRAFT"
    version: int = 1

    @property
    def rigid12_fen(self) -> int:
        return sum(self.rigid.values())

    def belongs_to(self, worker_id: str) -> bool:
        return any(member.worker_id == worker_id for member in self.members)

    # -- application -------------------------------------------------------------------------------------------

    def set_household(self, members: Sequence[Mapping[str, Any]]) -> None:
        """Raises MemberTwice, HeadNotMember."""
        known = [member["worker_id"] for member in members if member["worker_id"]]
        for worker_id in known:
            if known.count(worker_id) > 1:
                raise MemberTwice(pointer="/members", worker_id=worker_id)
        if self.head_worker_id not in known:
            raise HeadNotMember(pointer="/head_worker_id")
        self.members = [Member(new_id(), n, m["worker_id"], m["relation"], m["is_adult"])
                        for n, m in enumerate(members)]

    def set_facts(self, facts: Mapping[str, Any]) -> None:
        self.income12_fen, self.rigid = facts["income12_fen"], dict(facts["rigid"])
        self.accident_cost_fen, self.vetoes = facts["accident_cost_fen"], list(facts["vetoes"])

    def tell_drafted(self) -> None:
        self._tell("hardship_file_drafted", head_worker_id=self.head_worker_id)

    def submit(self, authorisation_no: str, authorised_on: date, all_adults_signed: bool, by: str, on: date) -> None:
        """Authorisation first (先授权、后核对). Raises NotAuthorised."""
        self.move("submit")
        if not all_adults_signed or authorised_on > on:
            raise NotAuthorised(pointer="/all_adults_signed")
        self.authorisation_no, self.authorised_on, self.submitted_by = authorisation_no, authorised_on, by
        self.survey_due_on = self._due("D-21", on)
        self._tell("hardship_file_submitted", head_worker_id=self.head_worker_id, survey_due_on=self.survey_due_on)

    # -- survey and verification -------------------------------------------------------------------------------

    def survey(self, facts: Mapping[str, Any], note: str, on: date, by: str) -> None:
        """Two surveyors (入户调查员) each sign the same figures; the second ends the survey.

        Raises SamePerson (drafting or submitting and surveying), SurveysDiffer. The first may correct the figures by
        signing again.
        """
        different(by, SURVEY, ("建档 / drafting", self.drafted_by), (SUBMISSION, self.submitted_by))
        if not self.surveyors or self.surveyors == [by]:
            self.move("survey_first")
            self.set_facts(facts)
            self.surveyors, self.survey_notes = [by], [note]
            return
        self.move("survey_second")
        if (facts["income12_fen"], dict(facts["rigid"])) != (self.income12_fen, self.rigid):
            raise SurveysDiffer(income=format_yuan(self.income12_fen), rigid=format_yuan(self.rigid12_fen))
        self.surveyors, self.survey_notes, self.surveyed_on = [*self.surveyors, by], [*self.survey_notes, note], on
        self._tell("household_surveyed", surveyed_on=on)

    def request_verification(self) -> None:
        self.move("request_verification")
        self._tell("verification_requested", authorisation_no=self.authorisation_no)

    def receive_report(self, report_no: str, hits: Sequence[str], explanation: str | None) -> None:
        """The agencies' report (核对报告): only checks, decides nothing. Raises HitsUnexplained."""
        self.move("receive_report")
        if hits and not explanation:
            raise HitsUnexplained(pointer="/explanation", count=len(hits))
        self.report_no, self.report_hits, self.report_explanation = report_no, list(hits), explanation
        self._tell("verification_received", hits=len(hits))

    # -- decision ----------------------------------------------------------------------------------------------

    def test(self, standard: MeansStandard, facts: Mapping[str, Any] | None = None) -> Assessment:
        """What the means test says of the household, on its facts or on newer ones. Changes nothing."""
        f = facts or {"income12_fen": self.income12_fen, "rigid": self.rigid, "vetoes": self.vetoes,
                      "accident_cost_fen": self.accident_cost_fen}
        return assess(Household(len(self.members), f["income12_fen"], sum(f["rigid"].values()),
                                f["accident_cost_fen"], tuple(f["vetoes"])), standard)

    def decide_grade(self, grade: str, reason: str | None, standard: MeansStandard, by: str) -> None:
        """A reviewer confirms the proposed grade, or another with a reason. Raises SamePerson, GradeWithoutReason."""
        different(by, ASSESSMENT, (SURVEY, self.surveyors), (SUBMISSION, self.submitted_by))
        self.move("assess")
        self._grade(self.test(standard), grade, reason, by)

    def _grade(self, found: Assessment, grade: str, reason: str | None, by: str) -> None:
        if grade != found.grade and not reason:
            raise GradeWithoutReason(pointer="/reason", proposed=found.grade, grade=grade)
        self.grade, self.proposed_grade, self.grade_reason, self.assessed_by = grade, found.grade, reason, by
        self.grade_document = found.standard.document
        self.explanation_zh, self.explanation_en = list(found.steps_zh), list(found.steps_en)
        self._tell("hardship_grade_assessed", grade=grade)

    def post_notice(self, place: str, on: date) -> None:
        """Public notice (公示) for the working days of D-22. Raises NotInHardship."""
        self.move("post_notice")
        if self.grade == "NONE":
            raise NotInHardship
        self.notice_place, self.notice_until, self.objection = place, self._due("D-22", on), None
        self._tell("file_notice_posted", notice_until=self.notice_until)

    def object(self, text: str) -> None:
        """An objection sends the file back to the survey's result: it is verified and graded anew."""
        self.move("object")
        self.objection = text
        self._tell("file_objected")

    def approve(self, by: str, on: date) -> None:
        """From the day after the notice. Raises NoticeRunning, SamePerson."""
        different(by, "审批 / approval", (SURVEY, self.surveyors), (ASSESSMENT, self.assessed_by),
                  (SUBMISSION, self.submitted_by))
        self.move("approve")
        if self.notice_until and on <= self.notice_until:
            raise NoticeRunning(notice_until=str(self.notice_until))
        self.approved_by, self.approved_on, self.next_review_on = by, on, self._due("D-23", on)
        self._tell("hardship_file_approved", head_worker_id=self.head_worker_id, grade=self.grade,
                   worker_ids=[member.worker_id for member in self.members if member.worker_id])

    def refuse(self, reason: str) -> None:
        """With the reason; the household may apply again."""
        self.move("refuse")
        self._close(reason)
        self._tell("hardship_file_refused")

    # -- life of an active file --------------------------------------------------------------------------------

    def update_facts(self, facts: Mapping[str, Any], reason: str) -> None:
        self.move("update_facts")
        self.set_facts(facts)
        self.reason = reason
        self._tell("hardship_facts_changed")

    def start_review(self, reason: str, placement_id: str | None = None) -> None:
        """Yearly, or because something happened."""
        self.move("start_review")
        self.review_reason = reason
        if placement_id:
            self.reviewed_placements = [*self.reviewed_placements, placement_id]
        self._tell("file_review_started", reason=reason, placement_id=placement_id)

    def keep(self, facts: Mapping[str, Any], grade: str, reason: str | None, standard: MeansStandard, by: str,
             on: date) -> None:
        """The file stays, with the grade the newer facts lead to. Raises NotInHardship, GradeWithoutReason."""
        self.move("keep")
        if grade == "NONE":
            raise NotInHardship(pointer="/grade")
        self.set_facts(facts)
        self._grade(self.test(standard), grade, reason, by)
        self.next_review_on, self.review_reason = self._due("D-23", on), None

    def propose_exit(self, facts: Mapping[str, Any], standard: MeansStandard, reason: str, by: str, on: date) -> None:
        """The household is told and may object for the days of D-24. Raises StillInHardship."""
        self.move("propose_exit")
        found = self.test(standard, facts)
        if found.is_hardship:
            raise StillInHardship(grade=found.grade, steps=";".join(found.steps_zh))
        self.set_facts(facts)
        self._grade(found, "NONE", None, by)
        self.reason, self.exit_until = reason, self._due("D-24", on)
        self._tell("exit_proposed", exit_until=self.exit_until)

    def contest_exit(self, reason: str) -> None:
        self.move("contest_exit")
        self.reason, self.exit_until = reason, None
        self._tell("exit_contested")

    def confirm_exit(self, by: str, on: date) -> None:
        """From the day after the objection period. Raises ObjectionRunning, SamePerson."""
        different(by, "确认脱困 / confirming the exit", ("拟脱困 / proposing it", self.assessed_by))
        self.move("confirm_exit")
        if self.exit_until and on <= self.exit_until:
            raise ObjectionRunning(until=str(self.exit_until))
        self.exit_on = on
        self._close(self.reason)
        self._tell("household_out_of_hardship", head_worker_id=self.head_worker_id, exit_on=on)

    def suspend(self, reason: str) -> None:
        self.move("suspend")
        self.reason = reason
        self._tell("file_suspended")

    def resume(self, reason: str) -> None:
        self.move("resume")
        self.review_reason = reason
        self._tell("file_review_started", reason=reason, placement_id=None)

    def cancel(self, code: str) -> None:
        """Death, fraud, left the area, merged, membership ended, refused checks (注销)."""
        self.move("cancel")
        self._close(code)
        self._tell("hardship_file_cancelled", reason=code)

    def _close(self, reason: str | None) -> None:
        if self.state not in CLOSED:
            raise AssertionError(self.state)
        self.reason = reason
        for member in self.members:
            member.is_open = False

    def _due(self, code: str, on: date) -> date:
        return deadlines.due(code, on, division=division_of(self.org_path)).due_on

    def _tell(self, event: str, **data: Any) -> None:
        self.record(event, file_id=self.id, file_no=self.file_no, **data)
