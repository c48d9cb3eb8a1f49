"""The life of a hardship file, lived at random: whatever people try in whatever order, these things stay true."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.relief.domain.files.applying import Authorisation
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.states import AFTER_APPROVAL, BEFORE_APPROVAL, CLOSED
from services.relief.domain.means.counting import Computed, run_sums
from services.relief.rules import files as file_rules
from services.relief.rules import means
from shared.kernel.clock import SHANGHAI
from shared.kernel.errors import Refusal
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.runtime.demo.household import FORM, HOME, member
from tests.services.desks import PLACE

PEOPLE = st.sampled_from(["ann", "ben", "cai", "dan", "eva", "fan", "gao"])
ROLES = st.sampled_from([("R7",), ("R8",), ("R9",), ("R7", "R8", "R9")])
POOR: dict[str, Any] = {"income12_fen": 100, "rigid": {}, "accident_cost_fen": 0, "vetoes": [], "assets": None}
RICH: dict[str, Any] = {**POOR, "income12_fen": 90_000_000}
FACTS = st.sampled_from([POOR, RICH])
START = date(2026, 3, 2)
MOST_OBJECTIONS = 3


class LifeOfAFile(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.today, self.raised = START, 0
        heads = [new_id(), new_id()]
        self.file = HardshipFile(new_id(), PLACE, "KN37020226000001", "COUNTY", heads[0], "OTHER", "ann",
                                 datetime(2026, 3, 2, tzinfo=SHANGHAI), changed_on=START)
        self.file.set_household([member(heads[0], "HEAD"), member(heads[1], "SPOUSE")])
        self.file.set_form(FORM, HOME)
        self.file.set_facts(POOR)

    def attempt(self, step: Callable[[HardshipFile], None]) -> bool:
        """As the unit of work does it: what is refused has not happened."""
        tried = copy.deepcopy(self.file)
        try:
            step(tried)
        except Refusal:
            return False
        assert tried.version > self.file.version
        self.file = tried
        return True

    def tested(self, file: HardshipFile, facts: Any = None) -> Computed:
        standard = means.standards().on(self.today, division_of(PLACE))
        return run_sums(file.household(facts), {}, {}, standard)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(by=PEOPLE, signed=st.booleans())
    def submit(self, by: str, signed: bool) -> None:
        self.attempt(lambda f: f.submit(Authorisation("SQ-1", START, signed, 12), by, self.today))

    @rule(one=PEOPLE, two=PEOPLE, facts=FACTS, third=PEOPLE)
    def survey_and_verify(self, one: str, two: str, facts: dict[str, Any], third: str) -> None:
        for by in (one, two, third):
            self.attempt(lambda f, by=by: f.survey(facts, "已入户", self.today, by))
        self.attempt(lambda f: f.request_verification(self.today, 12))
        self.attempt(lambda f: f.receive_report("HD-1", [], None))

    @rule(by=PEOPLE, grade=st.sampled_from(["DEEP", "NONE"]))
    def assess_and_post(self, by: str, grade: str) -> None:
        self.attempt(lambda f: f.decide_grade(grade, "理由", self.tested(f), by))
        self.attempt(lambda f: f.post_notice("公示栏", self.today))

    @rule()
    def somebody_objects(self) -> None:
        until = self.file.notice_until
        if self.attempt(lambda f: f.raise_objection(new_id(), self.today, MOST_OBJECTIONS)):
            assert until is not None
            assert self.today <= until

    @rule(is_upheld=st.booleans())
    def an_objection_is_decided(self, is_upheld: bool) -> None:
        if self.file.open_objections:
            self.attempt(lambda f: f.hear_objection("核实", is_upheld=is_upheld))

    @rule(by=PEOPLE, roles=ROLES)
    def approve(self, by: str, roles: tuple[str, ...]) -> None:
        was = self.file
        approvals = file_rules.approvals().on(self.today, division_of(PLACE), "COUNTY")
        if self.attempt(lambda f: f.approve(by, roles, approvals, None, self.today)):
            assert was.open_objections == 0
            assert was.notice_until is not None
            assert self.today > was.notice_until

    @rule(by=PEOPLE, facts=FACTS)
    def live(self, by: str, facts: dict[str, Any]) -> None:
        self.attempt(lambda f: f.start_review("年度复核"))
        if facts is POOR:
            self.attempt(lambda f: f.keep(facts, "DEEP", "理由", self.tested(f, facts), by, self.today))
        self.attempt(lambda f: f.propose_exit(facts, self.tested(f, facts), "EMPLOYMENT", "就业", by, self.today))

    @rule(by=PEOPLE, is_contested=st.booleans())
    def leave(self, by: str, is_contested: bool) -> None:
        if is_contested:
            self.attempt(lambda f: f.contest_exit("已被辞退", self.today))
        self.attempt(lambda f: f.confirm_exit(by, self.today, 12))

    @rule()
    def doubt(self) -> None:
        self.attempt(lambda f: f.suspend("疑似隐瞒", self.today, 30))

    @rule()
    def end_doubt(self) -> None:
        self.attempt(lambda f: f.resume("核查完毕"))

    @rule(code=st.sampled_from(["DEATH", "FRAUD"]), doubts=st.integers(0, 9))
    def cancel(self, code: str, doubts: int) -> None:
        if doubts == 9:
            self.attempt(lambda f: f.cancel(code, self.today))

    @rule(steps=st.integers(1, 4))
    def all_goes_as_it_should(self, steps: int) -> None:
        """Else chance would seldom get a file beyond its survey."""
        for _ in range(steps):
            self._right_step()

    def _right_step(self) -> None:
        {"DRAFT": lambda: self.submit("ann", True),
         "SUBMITTED": lambda: self.survey_and_verify("ben", "cai", POOR, "dan"),
         "SURVEYED": lambda: self.survey_and_verify("ben", "cai", POOR, "dan"),
         "VERIFIED": lambda: self.assess_and_post("eva", "DEEP"),
         "NOTICED": self._right_approval, "ACTIVE": lambda: self.live("fan", RICH),
         "REVIEWING": lambda: self.live("eva", RICH), "EXITING": self._right_exit,
         }.get(self.file.state, lambda: None)()

    def _right_approval(self) -> None:
        if self.file.open_objections:
            self.an_objection_is_decided(False)
        elif self.file.notice_until and self.today <= self.file.notice_until:
            self.time_passes(8)
        else:
            by, role = [("fan", "R7"), ("gao", "R8")][len(self.file.approvals)]
            self.approve(by, (role,))

    @rule(years=st.integers(0, 12))
    def destroy(self, years: int) -> None:
        later = self.today + timedelta(days=366 * years)
        until = self.file.archive_until
        if self.attempt(lambda f: f.destroy(later)):
            assert until is not None
            assert until < later
            self.today = later

    def _right_exit(self) -> None:
        self.time_passes(10)
        self.leave("gao", False)

    # -- what stays true ----------------------------------------------------------------------------------------

    @invariant()
    def members_are_free_exactly_when_the_file_has_ended(self) -> None:
        has_ended = self.file.state in (*CLOSED, "DESTROYED")
        assert all(one.is_open != has_ended for one in self.file.members)
        assert (self.file.archive_until is not None) == has_ended

    @invariant()
    def nobody_did_two_steps(self) -> None:
        approvers = [step["by"] for step in self.file.approvals]
        assert len(set(approvers)) == len(approvers)
        if self.file.approved_on is None or self.file.reviewed_on is None:
            assert not {self.file.assessed_by, self.file.submitted_by, *self.file.surveyors} & set(approvers)
        assert len(set(self.file.surveyors)) == len(self.file.surveyors)
        assert self.file.submitted_by not in (*self.file.surveyors, None) or not self.file.surveyors

    @invariant()
    def active_means_approved_by_all_steps(self) -> None:
        if self.file.state in AFTER_APPROVAL:
            assert [step["role"] for step in self.file.approvals] == ["R7", "R8"]
        if self.file.state in BEFORE_APPROVAL:
            assert self.file.approved_on is None
        assert 0 <= self.file.open_objections <= MOST_OBJECTIONS

    @invariant()
    def what_is_destroyed_is_gone(self) -> None:
        if self.file.state == "DESTROYED":
            assert self.file.form is None
            assert all(one.health is None for one in self.file.members)


TestLifeOfAFile = LifeOfAFile.TestCase
TestLifeOfAFile.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
