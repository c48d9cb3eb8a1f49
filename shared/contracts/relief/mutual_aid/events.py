"""What relief tells of mutual aid (职工医疗互助): of a claim never the plan, which could tell the illness."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Day, Fen, Id, Strict, Text, Whole
from shared.contracts.relief.told import told


class EnrolmentTold(Strict):
    enrolment_id = Id(required=True)
    enrolment_no = Text(19, required=True)
    plan = Text(40, required=True)
    persons = Whole(1, required=True)
    ends_on = Day(required=True)


class Enrolled(EnrolmentTold):
    phase = Whole(1, 99, required=True)
    fee_fen = Fen(least=0, required=True)
    starts_on = Day(required=True)


class TermEnded(EnrolmentTold):
    is_renewed = fields.Boolean(required=True)


class UnionSharePaid(Strict):
    """What the union bears of a fee has reached the scheme."""

    share_id = Id(required=True)
    enrolment_id = Id(required=True)
    enrolment_no = Text(19, required=True)
    plan = Text(40, required=True)
    fund_id = Id(required=True)
    amount_fen = Fen(required=True)
    paid_on = Day(required=True)


class ClaimTold(Strict):
    claim_id = Id(required=True)
    worker_id = Id(required=True)


class ClaimPaid(ClaimTold):
    """`is_external`: a higher union's scheme paid it."""

    amount_fen = Fen(required=True)
    paid_on = Day(required=True)
    is_external = fields.Boolean(required=True)


EVENTS = (
    told("mutual_aid_enrolled", Enrolled, "单位已参加互助保障", "Unit enrolled in mutual aid"),
    told("mutual_aid_term_ended", TermEnded, "互助保障期满", "Mutual aid term ended"),
    told("mutual_aid_union_share_paid", UnionSharePaid, "工会承担的参保费已付", "Union's share of a fee paid"),
    told("mutual_aid_claim_filed", ClaimTold, "已申报理赔", "Mutual aid claim filed", "PERSONAL"),
    told("mutual_aid_claim_paid", ClaimPaid, "互助金已给付", "Mutual aid claim paid", "PERSONAL"),
    told("mutual_aid_claim_declined", ClaimTold, "互助金不予给付", "Mutual aid claim declined", "PERSONAL"),
    told("mutual_aid_outreach_suggested", ClaimTold, "大额理赔且未建档,建议走访",
         "Large claim without a file: go and see", "PERSONAL"),
)
