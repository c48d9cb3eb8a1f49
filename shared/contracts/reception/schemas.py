"""What goes in and out of reception."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Day,
    Flag,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.referrals import TARGETS

CHANNELS = ("WINDOW", "HOTLINE", "LETTER", "WEB", "KIOSK", "HOME_VISIT", "OUTREACH", "AGENCY")
CATEGORIES = ("PETITION", "LIVING_RELIEF", "MUTUAL_AID", "TRAINING_PLACEMENT", "MICRO_LOAN", "MIGRANT_RIGHTS",
              "LEGAL_AID", "COUNSELLING", "WAGE_ARREARS", "LABOUR_DISPUTE", "MEMBERSHIP", "OTHER")
WINDOW_KINDS = ("PETITION", "LIVING_RELIEF", "MUTUAL_AID", "TRAINING_PLACEMENT", "MICRO_LOAN", "MIGRANT_RIGHTS",
                "LEGAL_AID", "COUNSELLING", "OTHER")
HOSTS = ("OWN", "GOV_HALL", "LABOUR_OFFICE")
STATES = ("REGISTERED", "ROUTED", "IN_SERVICE", "AWAITING_WORKER", "ANSWERED", "CLOSED", "RATED", "WITHDRAWN")
REFERRAL_STATES = ("SENT", "ACCEPTED", "REFUSED", "SUPERSEDED", "FINISHED")
CAUSES = ("BANK_TRANSFER_DELAY", "EMPLOYER_INSOLVENT", "EMPLOYER_ABSCONDED", "WAGES_DISPUTED", "SUBCONTRACTING",
          "INJURY", "DISMISSAL", "OTHER")
RISK_LEVELS = ("MEDIUM", "HIGH")


class NewVisit(Strict):
    """A visit, call or letter (来访). Urgency INCIDENT is not chosen here: report the incident of the visit instead."""

    channel = Choice(CHANNELS, required=True)
    window_code = Text(32, load_default=None, allow_none=True)
    worker_id = Id(load_default=None, allow_none=True)
    display_name = Text(60, load_default=None, allow_none=True)
    headcount = Whole(1, 10_000, load_default=1, metadata={"description": "persons who came (人)"})
    representatives = listed(Id(), 0, 50, load_default=list, metadata={"description": "worker ids, at most 5"})
    categories = listed(Choice(CATEGORIES), 1, len(CATEGORIES), required=True)
    summary = Text(2000, required=True)
    urgency = Choice(("NORMAL", "URGENT"), load_default="NORMAL")
    org_path = OrgPath()


class VisitReferral(Strict):
    """A matter of the visit at another service (转办单); no `accept_due_on` where the service took it up itself."""

    referral_id = Id(required=True)
    service = Choice(TARGETS, required=True)
    matter = Text(40, required=True)
    state = Choice(REFERRAL_STATES, required=True)
    routed_on = Day(required=True)
    accept_due_on = Day(required=True, allow_none=True)
    record_id = Id(required=True, allow_none=True)
    note = Text(300, required=True, allow_none=True)


class Answer(Strict):
    text = Text(2000, required=True)
    answered_by = Text(80, required=True)
    answered_at = Moment(required=True)


class VisitLine(Record):
    """A visit in a list."""

    visit_no = Text(19, required=True)
    channel = Choice(CHANNELS, required=True)
    window_code = Text(32, required=True, allow_none=True)
    worker_id = Id(required=True, allow_none=True)
    headcount = Whole(1, required=True)
    categories = listed(Choice(CATEGORIES), required=True)
    urgency = Choice(("NORMAL", "URGENT", "INCIDENT"), required=True)
    state = Choice(STATES, required=True)
    first_handler = Text(80, required=True, allow_none=True)
    registered_on = Day(required=True)
    notice_due_on = Day(required=True, metadata={"description": "D-13: notice to the petitioner"})
    created_at = Moment(required=True)


class Visit(VisitLine):
    """A visit with all that came of it."""

    display_name = Text(60, required=True, allow_none=True)
    is_group = fields.Boolean(required=True)
    representatives = listed(Id(), 0, 50, required=True)
    summary = Text(2000, required=True)
    referrals = listed(VisitReferral, 0, 100, required=True)
    answers = listed(Answer, 0, 100, required=True)
    risk_level = Choice(RISK_LEVELS, required=True, allow_none=True)
    employer_id = Id(required=True, allow_none=True)
    cause_hint = Choice(CAUSES, required=True, allow_none=True)
    missing_documents = listed(Text(100), 0, 50, required=True)
    documents_due_on = Day(required=True, allow_none=True)
    documents_submitted_on = Day(required=True, allow_none=True)
    closed_on = Day(required=True, allow_none=True)
    rate_due_on = Day(required=True, allow_none=True, metadata={"description": "D-30: last day to rate"})
    result_score = Whole(1, 5, required=True, allow_none=True)
    attitude_score = Whole(1, 5, required=True, allow_none=True)
    rating_comment = Text(500, required=True, allow_none=True)
    rated_on = Day(required=True, allow_none=True)
    reopened_on = Day(required=True, allow_none=True)
    reopen_reason = Text(300, required=True, allow_none=True)


class VisitQuery(PageQuery):
    state = Choice(STATES)
    channel = Choice(CHANNELS)
    category = Choice(CATEGORIES)
    urgency = Choice(("NORMAL", "URGENT", "INCIDENT"))
    worker_id = Id()
    visit_no = Text(19)
    from_on = Day(data_key="from", metadata={"description": "registered on or after"})
    to_on = Day(data_key="to", metadata={"description": "registered on or before"})


class Reply(Strict):
    """The written reply given on the spot."""

    text = Text(2000, required=True)


class NewReferral(Strict):
    service = Choice(TARGETS, required=True)
    matter = Choice(CATEGORIES, required=True)


class Routing(Strict):
    referrals = listed(NewReferral, 1, 10, required=True)


class Incident(Strict):
    """Why the visit is an incident: a group (10 people or more) is one by itself."""

    employer_id = Id(load_default=None, allow_none=True)
    cause_hint = Choice(CAUSES, load_default=None, allow_none=True)
    is_violent = Flag(load_default=False)
    blocks_road = Flag(load_default=False)


class Documents(Strict):
    """All that is missing: it is told once."""

    missing = listed(Text(100), 1, 50, required=True)


class DeskOutcome(Strict):
    referral_id = Id(required=True)
    outcome = Text(300, required=True)


class Closing(Strict):
    """A petition needs a written reply, a hotline call its call-back and quality check."""

    reply = Text(2000, load_default=None, allow_none=True)
    called_back = Flag(load_default=False)


class Rating(Strict):
    """5 very satisfied (很满意), 4, 3, 2 dissatisfied (不满意), 1."""

    result_score = Whole(1, 5, required=True)
    attitude_score = Whole(1, 5, required=True)
    comment = Text(500, load_default=None, allow_none=True)


class Reopening(Strict):
    ground = Choice(("LOW_RATING", "NEW_FACTS"), required=True)
    reason = Text(300, required=True)


class NewWindow(Strict):
    """A window of a centre's hall. `code` is the kind in lower case, and `name` its Chinese name, unless given."""

    kind = Choice(WINDOW_KINDS, required=True)
    code = Text(32, metadata={"pattern": "^[0-9a-z_-]{1,32}$"})
    name = Text(60)
    host = Choice(HOSTS, load_default="OWN")
    org_path = OrgPath()


class Window(Record):
    code = Text(32, required=True)
    kind = Choice(WINDOW_KINDS, required=True)
    name = Text(60, required=True)
    host = Choice(HOSTS, required=True)
    state = Choice(("OPEN", "CLOSED"), required=True)


class WindowQuery(PageQuery):
    state = Choice(("OPEN", "CLOSED"))
    kind = Choice(WINDOW_KINDS)
