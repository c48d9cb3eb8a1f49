"""What goes in and out of relief applications (救助申请)."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.fields import (
    Choice,
    Day,
    Fen,
    Flag,
    Id,
    Moment,
    PageQuery,
    QueryWhole,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.applications import codes
from shared.contracts.relief.funds.codes import SOURCES

#: of payment lines, until their part of the contract has them
LINE_STATES = ("RESERVED", "BATCHED", "SENT", "UNKNOWN", "PAID", "RELEASED", "RECOVERED")

MOST_INSTALMENTS = 24


class Need(Strict):
    """The facts of the need; which of them a type of relief asks for stands in its programme. `semester` is
    2026-AUTUMN or 2027-SPRING. A festival is the household's; at a birthday (once a year), an illness or a death (once
    for each `happened_on`) one person is visited. `illness` is kept encrypted and leaves relief with this record
    only."""

    bill_no = Text(60)
    bill_fen = Fen()
    own_paid_fen = Fen()
    cost_fen = Fen()
    hardship_fen = Fen()
    happened_on = Day()
    illness = Text(200)
    student_no = Text(30)
    student_kind = Choice(codes.STUDENT_KINDS)
    school_level = Choice(codes.SCHOOL_LEVELS)
    semester = fields.String(validate=validate.Regexp(r"^20[0-9]{2}-(AUTUMN|SPRING)\Z"))
    admission_no = Text(60)
    fee_no = Text(60)
    certificate_no = Text(60)
    occasion = Choice(codes.OCCASIONS)
    goods = Text(200)
    receipts = listed(Text(60), 0, 20)


class OtherAid(Strict):
    """Aid from somebody else. `is_same_need` says that it met this very need. `form` is how it was given: money,
    fees that the school or the authority waives (学杂费减免, `amount_fen` is what need not be paid), or books and
    supplies at their value."""

    payer = Choice(codes.PAYERS, required=True)
    form = Choice(codes.AID_FORMS, load_default="MONEY")
    amount_fen = Fen(required=True)
    is_same_need = Flag(required=True)
    paid_on = Day(load_default=None, allow_none=True)
    document_no = Text(60, load_default=None, allow_none=True)


class NewApplication(Strict):
    """`worker_id` is any adult of the household; the file is found by it, and the head of the file is paid. `payee_id`
    names another member, for example the parent who applies for a student. `year` is this one unless the festival is
    in the next."""

    worker_id = Id(required=True)
    relief_type = Choice(codes.TYPES, required=True)
    asked_fen = Fen(load_default=None, allow_none=True)
    need = fields.Nested(Need, load_default=dict)
    other_aid = listed(OtherAid, 0, 20, load_default=list)
    payee_id = Id(load_default=None, allow_none=True)
    year = Whole(2000, 2100, load_default=None, allow_none=True)
    tier = Choice(codes.TIERS, load_default=None, allow_none=True)


class Finding(Strict):
    """A hint at duplicate aid, for a person to look into; it refuses nothing by itself."""

    code = Text(10, required=True)
    zh = Text(300, required=True)
    en = Text(300, required=True)


class Summary(Record):
    """An application without what the need is. `person_id` is whose need it is, `worker_id` who is paid."""

    application_no = Text(19, required=True)
    relief_type = Choice(codes.TYPES, required=True)
    whom = Choice(codes.WHOM, required=True)
    tier = Choice(codes.TIERS, required=True)
    state = Choice(codes.STATES, required=True)
    person_id = Id(required=True)
    worker_id = Id(required=True)
    file_id = Id(required=True, allow_none=True)
    year = Whole(2000, 9999, required=True)
    asked_fen = Fen(required=True, allow_none=True)
    cap_fen = Fen(least=0, required=True, allow_none=True)
    proposed_fen = Fen(required=True, allow_none=True)
    fund_id = Id(required=True, allow_none=True)
    fund_source = Choice(SOURCES, required=True, allow_none=True)
    approved_on = Day(required=True, allow_none=True)
    paid_on = Day(required=True, allow_none=True)
    paid_fen = Fen(least=0, required=True)
    created_at = Moment(required=True)


class Application(Summary):
    need = fields.Nested(Need, required=True)
    other_aid = listed(OtherAid, 0, 100, required=True)
    missing = listed(Choice(codes.FACTS), 0, len(codes.FACTS), required=True)
    return_note = Text(500, required=True, allow_none=True)
    rule_set = Text(40, required=True, allow_none=True)
    document = Text(200, required=True, allow_none=True)
    certainty = Text(4, required=True, allow_none=True)
    computed_on = Day(required=True, allow_none=True)
    explanation_zh = listed(Text(500), 0, 20, required=True)
    explanation_en = listed(Text(500), 0, 20, required=True)
    findings = listed(Finding, 0, 20, required=True)
    finding_note = Text(500, required=True, allow_none=True)
    notice_place = Text(200, required=True, allow_none=True)
    notice_until = Day(required=True, allow_none=True)
    objection = Text(500, required=True, allow_none=True)
    outside_document_no = Text(60, required=True, allow_none=True)
    document_no = Text(60, required=True, allow_none=True)
    receipt_no = Text(60, required=True, allow_none=True)
    closed_on = Day(required=True, allow_none=True)
    recovery_reason = Text(500, required=True, allow_none=True)
    recovered_fen = Fen(least=0, required=True)
    written_off_fen = Fen(least=0, required=True)
    counted_claims = listed(Text(32), 0, 200, required=True)
    reason = Text(500, required=True, allow_none=True)


class ApplicationQuery(PageQuery):
    state = Choice(codes.STATES)
    relief_type = Choice(codes.TYPES)
    tier = Choice(codes.TIERS)
    person_id = Id()
    worker_id = Id()
    file_id = Id()
    fund_id = Id()
    year = QueryWhole(2000, 9999)


class Missing(Strict):
    """What the applicant is told once."""

    missing = listed(Choice(codes.FACTS), 1, len(codes.FACTS), required=True)
    note = Text(500, required=True)


class Supplement(Strict):
    """Facts given go over those that were there; other aid, where given, replaces the list."""

    need = fields.Nested(Need, required=True)
    other_aid = listed(OtherAid, 0, 20, load_default=None, allow_none=True)


class Proposal(Strict):
    """`finding_note` says what came of the findings, where there are any."""

    amount_fen = Fen(required=True)
    finding_note = Text(500, load_default=None, allow_none=True)


class Instalment(Strict):
    """A part of the grant, which a batch takes from `due_on` on."""

    amount_fen = Fen(required=True)
    due_on = Day(required=True)


class Approval(Strict):
    """The fund that pays (none for goods), the deciding paper, and the outside approval where the rule asks for it.
    `instalments` (分次发放) sum to the approved amount; without them it is paid at once."""

    document_no = Text(60, required=True)
    fund_id = Id(load_default=None, allow_none=True)
    outside_document_no = Text(60, load_default=None, allow_none=True)
    instalments = listed(Instalment, 0, MOST_INSTALMENTS, load_default=list)


class ApplicationReason(Strict):
    reason = Text(500, required=True)


class ApplicationNotice(Strict):
    place = Text(200, required=True)


class ReceiptSigned(Strict):
    """How the household confirmed: number of the visit record, message or signed list."""

    receipt_no = Text(60, required=True)


class PaymentPart(Strict):
    """One instalment, or the whole."""

    part = Text(60, required=True)
    amount_fen = Fen(required=True)
    due_from = Day(required=True, allow_none=True)
    state = Choice(LINE_STATES, required=True)
    paid_on = Day(required=True, allow_none=True)


class Payment(Strict):
    """Where the money of an application is; nothing but the id while none is reserved. Of instalments state, amount,
    batch and day are of the first that is not paid yet, else of the last; `parts` has them all."""

    application_id = Id(required=True)
    state = Choice(LINE_STATES)
    amount_fen = Fen()
    fund_id = Id()
    batch_id = Id(allow_none=True)
    parts = listed(PaymentPart, 0, MOST_INSTALMENTS)
    paid_on = Day(allow_none=True)
    reason = Text(300, allow_none=True)


class PublicNotice(Strict):
    """One line of the notice (公示), masked."""

    id = Id(required=True)
    application_no = Text(32, required=True)
    relief_type = Choice(codes.TYPES, required=True)
    school_level = Choice(codes.SCHOOL_LEVELS, required=True, allow_none=True)
    amount_fen = Fen(required=True)
    notice_place = Text(200, required=True)
    notice_until = Day(required=True)


class ProgrammeQuery(Strict):
    """The rules of a place on a day: today, and the caller's own place, unless told otherwise."""

    on = Day()
    division = fields.String(validate=validate.Regexp(r"^[0-9]{2,6}\Z"))
    relief_type = Choice(codes.TYPES)


class OutsideRule(Strict):
    above_fen = Fen(required=True)
    level = Text(20, required=True)


class Programme(Strict):
    """One row of the programmes (救助项目), with what it rests on."""

    rule_set = Text(40, required=True)
    relief_type = Choice(codes.TYPES, required=True)
    whom = Choice(codes.WHOM, required=True)
    school_level = fields.String(required=True, validate=validate.Length(max=20))
    tier = Choice(codes.TIERS, required=True)
    period = Choice(codes.PERIODS, required=True)
    months = Whole(0, 120, required=True, allow_none=True)
    most_fen = Fen(required=True, allow_none=True)
    base = Choice(codes.BASES, required=True, allow_none=True)
    share_bp = Whole(1, 10_000, required=True)
    counts = Text(20, required=True)
    needs = listed(Choice(codes.FACTS), 0, len(codes.FACTS), required=True)
    excluded_students = listed(Choice(codes.STUDENT_KINDS), 0, len(codes.STUDENT_KINDS), required=True)
    refuses_aided = fields.Boolean(required=True)
    is_once = fields.Boolean(required=True)
    is_single = fields.Boolean(required=True)
    needs_notice = fields.Boolean(required=True)
    outside = listed(OutsideRule, 0, 5, required=True)
    document = Text(200, required=True)
    jurisdiction = Text(12, required=True)
    effective_from = Day(required=True)
    certainty = Text(4, required=True)


class ProgrammesInForce(Strict):
    """`rule_sets` in the order in which they are asked; `limits` say who may approve up to how much, in fen."""

    on = Day(required=True)
    division = Text(6, required=True)
    rule_sets = listed(Text(40), 1, 20, required=True)
    limits = fields.Dict(keys=Text(40), values=Fen(), required=True)
    programmes = listed(Programme, 0, 500, required=True)

