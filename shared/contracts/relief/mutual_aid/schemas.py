"""What goes in and out of mutual aid (职工医疗互助)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    AccountNumber,
    Choice,
    Day,
    Fen,
    Flag,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    QueryWhole,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.applications.codes import TIERS
from shared.contracts.relief.mutual_aid import codes

MOST_WORKERS = 5_000
MOST_ROWS = 1_000


class Cover(Strict):
    """What a plan covers; `sum_fen` is a share's, null where only the higher union knows."""

    code = Text(40, required=True)
    zh = Text(60, required=True)
    en = Text(80, required=True)
    sum_fen = Fen(allow_none=True)


class Band(Strict):
    up_to_fen = Fen(required=True, allow_none=True)
    rate_bp = Whole(0, 10_000, required=True)


class Plan(Strict):
    """An edition of a plan (互助方案). `assumed` names parameters its document does not tell."""

    plan = Text(40, required=True)
    family = Choice(codes.FAMILIES, required=True)
    run_by = Choice(codes.RUN_BY, required=True)
    zh = Text(100, required=True)
    en = Text(100, required=True)
    for_women = fields.Boolean(required=True)
    term_years = listed(Whole(1, 10), 1, 10, required=True)
    fee_fen = Fen(least=0, required=True)
    member_fee_fen = Fen(least=0, required=True, allow_none=True)
    fee_per = Choice(codes.FEE_PER, required=True)
    union_share_bp = Whole(0, 10_000, required=True)
    most_shares = Whole(1, 100, required=True)
    same_shares = fields.Boolean(required=True)
    waiting_days = Whole(required=True)
    reduced_until_day = Whole(required=True)
    reduced_bp = Whole(0, 10_000, required=True)
    renewal_days = Whole(required=True)
    covers = listed(Cover, 1, 50, required=True)
    rate_bp = Whole(0, 10_000, required=True)
    cap_fen = Fen(least=0, required=True)
    deductible_fen = Fen(least=0, required=True)
    bands = listed(Band, 0, 20, required=True)
    per_day_fen = Fen(least=0, required=True)
    most_days = Whole(required=True)
    claim_window_days = Whole(required=True)
    documents = listed(Choice(codes.DOCUMENTS), 0, len(codes.DOCUMENTS), required=True)
    least_hospital_grade = Whole(0, 3, required=True)
    group_share_bp = Whole(0, 10_000, required=True)
    group_persons = Whole(required=True)
    group_all_below = Whole(required=True)
    jurisdiction = Text(12, required=True)
    effective_from = Day(required=True)
    document = Text(200, required=True)
    certainty = Text(4, required=True)
    assumed = listed(Text(40), 0, 30, required=True)


class PlanQuery(Strict):
    on = Day(metadata={"description": "today if not given"})
    org_path = OrgPath(metadata={"description": "the unit; the caller's own if not given"})


class Plans(Strict):
    on = Day(required=True)
    org_path = OrgPath(required=True)
    plans = listed(Plan, 0, 200, required=True)


class ListedWorker(Strict):
    worker_id = Id(required=True)
    shares = Whole(1, 100, load_default=1)


class NewEnrolment(Strict):
    """A unit's list (参保名单). `staff` counts all workers of the unit, for the group rule; `phase` is the round of the
    drive; `renews_id` names the enrolment that this one follows."""

    plan = Text(40, required=True)
    phase = Whole(1, 99, load_default=1)
    unit_name = Text(100, required=True)
    employer_id = Id(load_default=None, allow_none=True)
    staff = Whole(1, required=True)
    years = Whole(1, 10, load_default=1)
    starts_on = Day(required=True)
    women_attested = Flag(load_default=False)
    renews_id = Id(load_default=None, allow_none=True)
    workers = listed(ListedWorker, 1, MOST_WORKERS, required=True)
    org_path = OrgPath()


class Enrolment(Record):
    """An enrolment (参保批次). `union_fee_fen` is the part of `fee_fen` that the union bears, from a fund;
    `unit_fee_fen` is the rest, which the unit pays. One that is not paid by its first day is cancelled."""

    enrolment_no = Text(19, required=True)
    plan = Text(40, required=True)
    phase = Whole(1, 99, required=True)
    state = Choice(codes.ENROLMENT_STATES, required=True)
    unit_name = Text(100, required=True)
    employer_id = Id(required=True, allow_none=True)
    staff = Whole(1, required=True)
    persons = Whole(1, required=True)
    shares = Whole(1, required=True)
    years = Whole(1, 10, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    waiting_until = Day(required=True, allow_none=True)
    fee_fen = Fen(least=0, required=True)
    union_fee_fen = Fen(least=0, required=True)
    unit_fee_fen = Fen(least=0, required=True)
    receipt_no = Text(60, required=True, allow_none=True)
    paid_on = Day(required=True, allow_none=True)
    renews_id = Id(required=True, allow_none=True)
    renewed_by_id = Id(required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class EnrolmentQuery(PageQuery):
    plan = Text(40)
    phase = QueryWhole(1, 99)
    state = Choice(codes.ENROLMENT_STATES)
    employer_id = Id()
    ends_before = Day(metadata={"description": "terms that end before this day: who is to renew"})


class Participant(Strict):
    """A worker's participation in one term."""

    id = Id(required=True)
    org_path = OrgPath(required=True)
    enrolment_id = Id(required=True)
    plan = Text(40, required=True)
    worker_id = Id(required=True)
    shares = Whole(1, 100, required=True)
    fee_fen = Fen(least=0, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    is_waiting_waived = fields.Boolean(required=True)
    is_cancelled = fields.Boolean(required=True)


class ParticipantQuery(PageQuery):
    worker_id = Id()


class Fee(Strict):
    """What the unit paid: its part, `unit_fee_fen`, whole. The union's share must be reserved before."""

    amount_fen = Fen(least=0, required=True)
    receipt_no = Text(60, required=True)


class UnionShare(Record):
    """The union's share of a fee (工会承担的参保费). RESERVED until a batch has paid it to the scheme's account; none
    takes it before the unit has paid its part. Of an enrolment one at the most is RESERVED or PAID."""

    enrolment_id = Id(required=True)
    plan = Text(40, required=True)
    state = Choice(codes.UNION_SHARE_STATES, required=True)
    tier = Choice(TIERS, required=True)
    amount_fen = Fen(required=True)
    fund_id = Id(required=True)
    account_id = Id(required=True)
    document_no = Text(60, required=True)
    approved_by = Text(80, required=True)
    paid_on = Day(required=True, allow_none=True)
    note = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class UnionShareQuery(PageQuery):
    enrolment_id = Id()
    plan = Text(40)
    fund_id = Id()
    state = Choice(codes.UNION_SHARE_STATES)


class SchemeBankAccount(Strict):
    """The account to which the scheme that runs a plan takes its fees (收款账户)."""

    account_name = Text(100, required=True)
    bank_name = Text(100, required=True)
    number = AccountNumber(required=True)


class NewSchemeAccount(SchemeBankAccount):
    plan = Text(40, required=True)
    org_path = OrgPath()


class SchemeAccount(Record):
    """One a unit and plan, also for the units below it that have none. Of the number only the tail shows."""

    plan = Text(40, required=True)
    account_name = Text(100, required=True)
    bank_name = Text(100, required=True)
    account_tail = Text(4, required=True)
    created_at = Moment(required=True)


class SchemeAccountQuery(PageQuery):
    plan = Text(40)


class AidReason(Strict):
    reason = Text(300, required=True)


class NewClaim(Strict):
    """A claim (理赔申报). The plan's family says which figures it needs: F2 `eligible_fen`, F3 `own_paid_fen`, F4
    `days`, these three with `bill_no`, the hospital's number of the bill, settlement sheet or stay (票据号、结算单号、
    住院号): each is claimed once. F1 pays a cover once a term. `diagnosis` and `bill_no` are kept encrypted."""

    plan = Text(40, required=True)
    worker_id = Id(required=True)
    cover = Text(40, required=True)
    diagnosis = Text(200, required=True)
    diagnosed_on = Day(required=True)
    hospital_grade = Whole(1, 3, required=True)
    eligible_fen = Fen(least=0, load_default=0)
    own_paid_fen = Fen(least=0, load_default=0)
    days = Whole(0, 3_660, load_default=0)
    bill_no = Text(60, load_default=None, allow_none=True)


class ClaimRow(Record):
    """A claim as lists show it: without anything of the illness."""

    claim_no = Text(19, required=True)
    plan = Text(40, required=True)
    state = Choice(codes.CLAIM_STATES, required=True)
    tier = Choice(TIERS, required=True)
    enrolment_id = Id(required=True)
    worker_id = Id(required=True)
    is_external = fields.Boolean(required=True)
    computed_fen = Fen(least=0, required=True, allow_none=True)
    approved_fen = Fen(least=0, required=True, allow_none=True)
    paid_fen = Fen(least=0, required=True)
    paid_on = Day(required=True, allow_none=True)
    created_at = Moment(required=True)


class Claim(ClaimRow):
    cover = Text(40, required=True)
    diagnosis = Text(200, required=True)
    diagnosed_on = Day(required=True)
    hospital_grade = Whole(1, 3, required=True)
    shares = Whole(1, 100, required=True)
    eligible_fen = Fen(least=0, required=True)
    own_paid_fen = Fen(least=0, required=True)
    days = Whole(0, 3_660, required=True)
    bill_no = Text(60, required=True, allow_none=True)
    documents = listed(Choice(codes.DOCUMENTS), 0, len(codes.DOCUMENTS), required=True)
    filed_by = Text(80, required=True)
    checked_by = Text(80, required=True, allow_none=True)
    submitted_on = Day(required=True, allow_none=True)
    approved_by = Text(80, required=True, allow_none=True)
    approved_on = Day(required=True, allow_none=True)
    fund_id = Id(required=True, allow_none=True)
    document_no = Text(60, required=True, allow_none=True)
    declined_reason = Text(300, required=True, allow_none=True)


class ClaimQuery(PageQuery):
    plan = Text(40)
    state = Choice(codes.CLAIM_STATES)
    tier = Choice(TIERS)
    worker_id = Id()
    enrolment_id = Id()


class Computation(Strict):
    """The benefit step by step; `amount_fen` is null where the higher union sets the sum."""

    claim_id = Id(required=True)
    amount_fen = Fen(least=0, required=True, allow_none=True)
    document = Text(200, required=True)
    jurisdiction = Text(12, required=True)
    effective_from = Day(required=True)
    certainty = Text(4, required=True)
    steps_zh = listed(Text(500), 0, 40, required=True)
    steps_en = listed(Text(500), 0, 40, required=True)


class Documents(Strict):
    documents = listed(Choice(codes.DOCUMENTS), 1, len(codes.DOCUMENTS), required=True)


class Approval(Strict):
    fund_id = Id(required=True)
    document_no = Text(60, required=True)


class SchemeRow(Strict):
    """What the scheme says of one claim. Every field is given, null where there is nothing to say."""

    claim_no = Text(19, required=True)
    status = Choice(codes.SCHEME_STATUSES, required=True)
    amount_fen = Fen(required=True, allow_none=True)
    on = Day(required=True)
    reason = Text(300, required=True, allow_none=True)


class NewSchemeFile(Strict):
    """A status file. `sha256` is over `rows` as JSON without spaces, names sorted, in UTF-8."""

    plan = Text(40, required=True)
    batch_no = Text(60, required=True)
    sha256 = Text(64, required=True)
    rows = listed(SchemeRow, 1, MOST_ROWS, required=True)
    org_path = OrgPath()


class RowError(Strict):
    row = Whole(required=True)
    claim_no = Text(19, required=True)
    code = Text(60, required=True)
    zh = Text(500, required=True)
    en = Text(500, required=True)


class SchemeFile(Record):
    plan = Text(40, required=True)
    batch_no = Text(60, required=True)
    sha256 = Text(64, required=True)
    rows = Whole(1, MOST_ROWS, required=True)
    applied = Whole(0, MOST_ROWS, required=True)
    errors = listed(RowError, 0, MOST_ROWS, required=True)
    created_at = Moment(required=True)


class SchemeFileQuery(PageQuery):
    plan = Text(40)
