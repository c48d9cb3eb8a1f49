"""What reception tells. Codes that will grow (channels, categories, causes) are plain texts here."""

from __future__ import annotations

from shared.contracts.fields import Choice, Day, Id, Strict, Text, Whole, listed
from shared.contracts.reception.schemas import RISK_LEVELS
from shared.contracts.table import Event


class VisitEvent(Strict):
    visit_no = Text(19, required=True)


class VisitRegistered(VisitEvent):
    channel = Text(40, required=True)
    headcount = Whole(1, required=True)
    categories = listed(Text(40), required=True)
    registered_on = Day(required=True)
    worker_id = Id(required=True, allow_none=True)


class RoutedMatter(Strict):
    referral_id = Id(required=True)
    service = Text(40, required=True)
    matter = Text(40, required=True)


class VisitRouted(VisitEvent):
    referrals = listed(RoutedMatter, required=True)
    worker_id = Id(required=True, allow_none=True)
    headcount = Whole(1, required=True)
    routed_on = Day(required=True)


class IncidentReported(VisitEvent):
    visit_id = Id(required=True)
    headcount = Whole(1, required=True)
    employer_id = Id(required=True, allow_none=True)
    cause_hint = Text(40, required=True, allow_none=True)
    risk_level = Choice(RISK_LEVELS, required=True)


class DocumentsRequested(VisitEvent):
    due_on = Day(required=True)


class VisitClosed(VisitEvent):
    closed_on = Day(required=True)


class SatisfactionRated(VisitEvent):
    result_score = Whole(1, 5, required=True)
    attitude_score = Whole(1, 5, required=True)


EVENTS = (
    Event("reception", "visit_registered", 1, VisitRegistered, "来访已登记", "Visit registered", "PERSONAL"),
    Event("reception", "visit_routed", 1, VisitRouted, "来访已转办", "Visit routed", "PERSONAL"),
    Event("reception", "incident_reported", 1, IncidentReported, "群体性事件已上报", "Incident reported"),
    Event("reception", "visit_answered", 1, VisitEvent, "来访已答复", "Visit answered"),
    Event("reception", "documents_requested", 1, DocumentsRequested, "已告知补件", "Documents requested"),
    Event("reception", "documents_submitted", 1, VisitEvent, "已补件", "Documents submitted"),
    Event("reception", "visit_withdrawn", 1, VisitEvent, "逾期未补件,视为撤回", "Visit withdrawn"),
    Event("reception", "visit_closed", 1, VisitClosed, "来访已办结", "Visit closed"),
    Event("reception", "satisfaction_rated", 1, SatisfactionRated, "已评价", "Satisfaction rated"),
    Event("reception", "visit_reopened", 1, VisitEvent, "来访已重新办理", "Visit reopened"),
)
