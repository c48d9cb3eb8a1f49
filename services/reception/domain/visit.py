"""Visit (来访接待单): every visit, call and letter, where it was sent, and whether the person was satisfied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from services.reception.domain import refusals
from services.reception.domain.referrals import ReferralState, VisitReferral
from services.reception.domain.rules import RULES
from shared.kernel.aggregate import Aggregate
from shared.kernel.deadlines import due
from shared.kernel.org import division_of
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

CLERK, CADRE, AGENT, DIRECTOR = Role.WINDOW_CLERK, Role.DUTY_CADRE, Role.HOTLINE_AGENT, Role.CENTRE_DIRECTOR
WORKER = Role.WORKER
NOTICE, ACCEPTANCE, RATING = "D-13", "D-29", "D-30"

MACHINE = Machine("REGISTERED", [
    Move(("REGISTERED", "IN_SERVICE"), "answer", "ANSWERED", (CLERK, CADRE)),
    Move(("REGISTERED", "ROUTED"), "route", "ROUTED", (CLERK, CADRE)),
    Move(("IN_SERVICE",), "route", "IN_SERVICE", (CLERK, CADRE)),
    Move(("REGISTERED",), "report_incident", "REGISTERED", (CLERK, CADRE)),
    Move(("ROUTED",), "report_incident", "ROUTED", (CLERK, CADRE)),
    Move(("IN_SERVICE",), "report_incident", "IN_SERVICE", (CLERK, CADRE)),
    # what the services tell
    Move(("REGISTERED", "ROUTED", "ANSWERED"), "take_up", "IN_SERVICE"),
    Move(("ROUTED", "IN_SERVICE", "AWAITING_WORKER"), "return_to_desk", "REGISTERED"),
    Move(("REGISTERED", "ROUTED", "IN_SERVICE", "AWAITING_WORKER"), "report_outcome", "ANSWERED"),
    Move(("IN_SERVICE",), "ask_for_documents", "AWAITING_WORKER"),
    Move(("AWAITING_WORKER",), "submit_documents", "IN_SERVICE", (CLERK, CADRE, WORKER)),
    Move(("AWAITING_WORKER",), "withdraw", "WITHDRAWN"),
    Move(("ANSWERED",), "close", "CLOSED", (CLERK, DIRECTOR)),
    Move(("CLOSED",), "rate", "RATED", (WORKER, AGENT)),
    Move(("CLOSED", "RATED"), "reopen", "IN_SERVICE", (DIRECTOR,)),
])
#: the states in which what a service tells still moves the visit
UNSETTLED = ("REGISTERED", "ROUTED", "IN_SERVICE", "AWAITING_WORKER")


@dataclass(eq=False)
class Answer:
    """A reply given at the desk."""

    answer_id: str
    text: str
    answered_by: str
    answered_at: datetime


@dataclass(eq=False)
class Visit(Aggregate):
    """`headcount` is persons (人); `representatives` are worker ids; `summary` is encrypted at rest and in no event."""

    machine = MACHINE

    id: str
    org_path: str
    visit_no: str
    channel: str
    window_code: str | None
    worker_id: str | None
    display_name: str | None
    headcount: int
    representatives: list[str]
    categories: list[str]
    summary: str
    urgency: str
    first_handler: str | None
    registered_on: date
    notice_due_on: date
    created_at: datetime
    referrals: list[VisitReferral] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    risk_level: str | None = None
    employer_id: str | None = None
    cause_hint: str | None = None
    missing_documents: list[str] = field(default_factory=list)
    documents_asked_on: date | None = None
    documents_due_on: date | None = None
    documents_submitted_on: date | None = None
    closed_on: date | None = None
    rate_due_on: date | None = None
    result_score: int | None = None
    attitude_score: int | None = None
    rating_comment: str | None = None
    rated_by: str | None = None
    rated_on: date | None = None
    reopened_on: date | None = None
    reopen_reason: str | None = None
    state: str = "REGISTERED"
    version: int = 1

    @classmethod
    def register(cls, visit_id: str, org_path: str, visit_no: str, *, channel: str, window_code: str | None,
                 worker_id: str | None, display_name: str | None, headcount: int, representatives: Sequence[str],
                 categories: Sequence[str], summary: str, urgency: str, first_handler: str | None,
                 at: datetime) -> Visit:
        """Raises TooManyRepresentatives, HeadcountTooSmall."""
        on, chosen = at.date(), list(dict.fromkeys(representatives))
        check_people(org_path, on, headcount, chosen, worker_id)
        visit = cls(visit_id, org_path, visit_no, channel, window_code, worker_id, display_name, headcount, chosen,
                    list(dict.fromkeys(categories)), summary, urgency, first_handler, on,
                    due(NOTICE, on, division=division_of(org_path)).due_on, at)
        visit.record("visit_registered", visit_no=visit_no, channel=channel, headcount=headcount,
                     categories=visit.categories, registered_on=on, worker_id=worker_id)
        return visit

    @property
    def is_group(self) -> bool:
        return self.headcount >= RULES.value("group_from", self.registered_on, division_of(self.org_path))

    def belongs_to(self, worker_id: str) -> bool:
        return worker_id == self.worker_id or worker_id in self.representatives

    # -- at the desk -------------------------------------------------------------------------------------------

    def answer(self, answer_id: str, text: str, by: str, at: datetime) -> None:
        """On the spot, or after reopening when nothing is open elsewhere. Raises StillOpen."""
        still_open = sum(referral.is_open for referral in self.referrals)
        if still_open:
            raise refusals.StillOpen(open=still_open)
        self.move("answer")
        self._met_by(by)
        self._supersede_refused()
        self.answers.append(Answer(answer_id, text, by, at))
        self.record("visit_answered", visit_no=self.visit_no)

    def route(self, wanted: Sequence[tuple[str, str, str]], by: str, on: date) -> None:
        """`wanted` are (referral id, service, matter). They take the place of refused ones."""
        self.move("route")
        self._met_by(by)
        self._supersede_refused()
        accept_due_on = due(ACCEPTANCE, on, division=division_of(self.org_path)).due_on
        self.referrals.extend(VisitReferral(*one, on, accept_due_on) for one in wanted)
        told = [{"referral_id": referral_id, "service": service, "matter": matter}
                for referral_id, service, matter in wanted]
        self.record("visit_routed", visit_no=self.visit_no, referrals=told, worker_id=self.worker_id,
                    headcount=self.headcount, routed_on=on)

    def report_incident(self, employer_id: str | None, cause_hint: str | None, *, is_violent: bool,
                        blocks_road: bool) -> None:
        """Raise the alarm (群体性事件预警), once. Raises NoIncident, IncidentKnown."""
        if self.urgency == "INCIDENT":
            raise refusals.IncidentKnown
        if not (self.is_group or is_violent or blocks_road):
            raise refusals.NoIncident(group_from=RULES.value("group_from", self.registered_on))
        self.move("report_incident")
        self.urgency, self.risk_level = "INCIDENT", "HIGH" if is_violent or blocks_road else "MEDIUM"
        self.employer_id, self.cause_hint = employer_id, cause_hint
        self.record("incident_reported", visit_no=self.visit_no, visit_id=self.id, headcount=self.headcount,
                    employer_id=employer_id, cause_hint=cause_hint, risk_level=self.risk_level)

    def ask_for_documents(self, missing: Sequence[str], on: date) -> None:
        """All that is missing, told once (一次性告知). Raises DocumentsAsked."""
        if self.documents_asked_on is not None:
            raise refusals.DocumentsAsked(asked_on=str(self.documents_asked_on))
        self.move("ask_for_documents")
        wait_days = RULES.value("documents_wait", on, division_of(self.org_path))
        self.missing_documents, self.documents_asked_on = list(missing), on
        self.documents_due_on = on + timedelta(days=wait_days)
        self.record("documents_requested", visit_no=self.visit_no, due_on=self.documents_due_on)

    def submit_documents(self, on: date) -> None:
        self.move("submit_documents")
        self.documents_submitted_on = on
        self.record("documents_submitted", visit_no=self.visit_no)

    def withdraw(self) -> None:
        """The documents did not come in time."""
        self.move("withdraw")
        self.record("visit_withdrawn", visit_no=self.visit_no)

    # -- told by the services ----------------------------------------------------------------------------------

    def hear(self, referral: VisitReferral, state: ReferralState, record_id: str | None = None,
             note: str | None = None) -> None:
        """A service told of one of this visit's matters. What is known already, or comes late, changes nothing."""
        if referral.tell(state, record_id, note):
            self.touch()
            self._settle()

    def take_in(self, referral: VisitReferral) -> None:
        """A service took up, or ended, a matter of this visit that the desk had not sent it."""
        self.referrals.append(referral)
        self.touch()
        self._settle()

    def record_outcome(self, referral_id: str, outcome: str) -> None:
        """The desk writes down an outcome that its service cannot tell. Raises ReferralUnknown."""
        found = [one for one in self.referrals if one.referral_id == referral_id and one.is_open]
        if not found:
            raise refusals.ReferralUnknown(pointer="/referral_id", referral_id=referral_id)
        self.hear(found[0], "FINISHED", None, outcome)

    def _settle(self) -> None:
        states = {referral.state for referral in self.referrals}
        if self.state == "ANSWERED" and "ACCEPTED" in states:
            self.move("take_up")
        if self.state not in UNSETTLED:
            return
        if states & {"SENT", "ACCEPTED"}:
            if states & {"ACCEPTED", "FINISHED"} and self.state in ("REGISTERED", "ROUTED"):
                self.move("take_up")
        elif "REFUSED" in states:
            self._return_to_desk()
        elif "FINISHED" in states:
            self.move("report_outcome")
            self.record("visit_answered", visit_no=self.visit_no)

    def _return_to_desk(self) -> None:
        if self.state != "REGISTERED":
            self.move("return_to_desk")

    # -- the end -----------------------------------------------------------------------------------------------

    def close(self, answer_id: str, reply: str | None, called_back: bool, by: str, at: datetime) -> None:
        """Raises ReplyMissing (petitions), CallBackMissing (hotline)."""
        if "PETITION" in self.categories and not (reply or self.answers):
            raise refusals.ReplyMissing(pointer="/reply")
        if self.channel == "HOTLINE" and not called_back:
            raise refusals.CallBackMissing(pointer="/called_back")
        self.move("close")
        if reply:
            self.answers.append(Answer(answer_id, reply, by, at))
        self.closed_on = at.date()
        self.rate_due_on = due(RATING, self.closed_on, division=division_of(self.org_path)).due_on
        self.record("visit_closed", visit_no=self.visit_no, closed_on=self.closed_on)

    def rate(self, result_score: int, attitude_score: int, comment: str | None, by: str, on: date) -> None:
        """5 very satisfied … 1 very dissatisfied, on the result and on the attitude. Raises RatingOver."""
        if self.state == "CLOSED" and self.rate_due_on is not None and on > self.rate_due_on:
            raise refusals.RatingOver(rate_due_on=str(self.rate_due_on))
        self.move("rate")
        self.result_score, self.attitude_score, self.rating_comment = result_score, attitude_score, comment
        self.rated_by, self.rated_on = by, on
        self.record("satisfaction_rated", visit_no=self.visit_no, result_score=result_score,
                    attitude_score=attitude_score)

    def reopen(self, ground: str, reason: str, on: date) -> None:
        """`ground` is LOW_RATING or NEW_FACTS. Raises RatingNotLow, ReopenedLately."""
        self._may_reopen(ground, on)
        self.move("reopen")
        self.reopened_on, self.reopen_reason = on, reason
        self.closed_on = self.rate_due_on = None
        self.missing_documents, self.documents_asked_on, self.documents_due_on = [], None, None
        self.record("visit_reopened", visit_no=self.visit_no)

    def _may_reopen(self, ground: str, on: date) -> None:
        division = division_of(self.org_path)
        lowest, score = min(self.result_score or 5, self.attitude_score or 5), RULES.value("reopen_score", on, division)
        if ground == "LOW_RATING" and (self.state != "RATED" or lowest > score):
            raise refusals.RatingNotLow(score=score)
        days = RULES.value("reopen_pause", on, division)
        if self.reopened_on is not None and on < self.reopened_on + timedelta(days=days):
            raise refusals.ReopenedLately(days=days, reopened_on=str(self.reopened_on))

    def _supersede_refused(self) -> None:
        for referral in self.referrals:
            if referral.state == "REFUSED":
                referral.state = "SUPERSEDED"

    def _met_by(self, account_id: str) -> None:
        """First-contact duty (首问负责): whoever first deals with a visit answers for it."""
        if self.first_handler is None:
            self.first_handler = account_id


def check_people(org_path: str, on: date, headcount: int, representatives: Sequence[str],
                 worker_id: str | None) -> None:
    """Raises TooManyRepresentatives (信访工作条例 art. 20), HeadcountTooSmall."""
    most = RULES.value("representatives_most", on, division_of(org_path))
    if len(representatives) > most:
        raise refusals.TooManyRepresentatives(pointer="/representatives", given=len(representatives), most=most)
    named = len({*representatives, *([worker_id] if worker_id else [])})
    if headcount < named:
        raise refusals.HeadcountTooSmall(pointer="/headcount", headcount=headcount, named=named)
