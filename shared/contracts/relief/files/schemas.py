"""What goes in and out of hardship files (困难职工档案)."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.fields import (
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
from shared.contracts.relief.files import codes
from shared.contracts.relief.files.form import Details, Form, Health, Home
from shared.contracts.relief.means.codes import BASES
from shared.contracts.relief.means.schemas import Assets

#: steps of a means test without its single items
MOST_STEPS = 40


class NewMember(Strict):
    """A person of the household; `worker_id` where membership knows them."""

    worker_id = Id(load_default=None, allow_none=True)
    relation = Choice(codes.RELATIONS, required=True)
    is_adult = Flag(required=True)
    details = fields.Nested(Details, load_default=None, allow_none=True)
    health = fields.Nested(Health, load_default=None, allow_none=True)


class Rigid(Strict):
    """Rigid expenditure (刚性支出) of the last 12 months, in fen."""

    illness = Fen(least=0, load_default=0)
    disability = Fen(least=0, load_default=0)
    education = Fen(least=0, load_default=0)
    housing = Fen(least=0, load_default=0)
    care = Fen(least=0, load_default=0)
    work_cost = Fen(least=0, load_default=0)
    other = Fen(least=0, load_default=0)


class Facts(Strict):
    """The household's means over the last 12 months, in fen. `income12_fen` without the relief that the union itself
    has paid through this product: the means test adds it from the ledger, where the local criteria count it. `assets`
    (住房、机动车、经营等) null: as the file has them."""

    income12_fen = Fen(least=0, required=True)
    rigid = fields.Nested(Rigid, load_default=lambda: Rigid().load({}))
    accident_cost_fen = Fen(least=0, load_default=0)
    vetoes = listed(Choice(codes.VETOES), 0, len(codes.VETOES), load_default=list)
    assets = fields.Nested(Assets, load_default=None, allow_none=True)


class _Draft(Facts):
    """The file belongs to the head worker's unit unless `org_path` says otherwise. The form may follow later."""

    level = Choice(codes.LEVELS, required=True)
    main_cause = Choice(codes.CAUSES, required=True)
    other_causes = listed(Choice(codes.CAUSES), 0, 3, load_default=list)
    form = fields.Nested(Form, load_default=None, allow_none=True)
    home = fields.Nested(Home, load_default=None, allow_none=True)
    org_path = OrgPath()


class NewFile(_Draft):
    __doc__ = _Draft.__doc__

    head_worker_id = Id(required=True)
    members = listed(NewMember, 1, 30, required=True)


class ReferredFile(_Draft):
    """For the worker of a referral (转办单), who is the head; `members` are the others of the household."""

    members = listed(NewMember, 0, 29, load_default=list)


class Member(Strict):
    """`died_on` as membership recorded it: until the household is changed the person is still counted."""

    id = Id(required=True)
    worker_id = Id(required=True, allow_none=True)
    relation = Choice(codes.RELATIONS, required=True)
    is_adult = fields.Boolean(required=True)
    died_on = Day(required=True, allow_none=True)


class Approval(Strict):
    """One step. `document` is the rule of the steps; `outside_no` the number of the level above."""

    step = Whole(1, 9, required=True)
    role = Text(4, required=True)
    by = Text(80, required=True)
    on = Text(10, required=True, metadata={"format": "date"})
    outside_no = Text(60, required=True, allow_none=True)
    document = Text(200, required=True)


class ApprovalStep(Strict):
    """`outside_no`: the number under which the level above has approved, where the rule asks for it."""

    outside_no = Text(60, load_default=None, allow_none=True)


class HardshipFile(Record):
    """`drafted_by`, `surveyors`, `assessed_by` and the approvals' `by` are accounts. `income12_per_head_fen` is rounded
    down. `proposed_cancellation`: the head has died; cancel the file, or change the household and its head.
    `last_aid_on`: the last day on which relief reached a member, in money, on a care card or in goods."""

    file_no = Text(19, required=True)
    level = Choice(codes.LEVELS, required=True)
    state = Choice(codes.FILE_STATES, required=True)
    head_worker_id = Id(required=True)
    members = listed(Member, 1, 30, required=True)
    main_cause = Choice(codes.CAUSES, required=True)
    other_causes = listed(Choice(codes.CAUSES), 0, 3, required=True)
    income12_fen = Fen(least=0, required=True)
    income12_per_head_fen = Fen(least=0, required=True)
    rigid = fields.Nested(Rigid, required=True)
    rigid12_fen = Fen(least=0, required=True)
    accident_cost_fen = Fen(least=0, required=True)
    vetoes = listed(Choice(codes.VETOES), 0, len(codes.VETOES), required=True)
    assets = fields.Nested(Assets, required=True, allow_none=True)
    authorisation_no = Text(60, required=True, allow_none=True)
    survey_due_on = Day(required=True, allow_none=True)
    surveyed_on = Day(required=True, allow_none=True)
    drafted_by = Text(80, required=True)
    surveyors = listed(Text(80), 0, 2, required=True)
    assessed_by = Text(80, required=True, allow_none=True)
    survey_notes = listed(Text(500), 0, 2, required=True)
    report_no = Text(60, required=True, allow_none=True)
    report_hits = listed(Text(200), 0, 50, required=True)
    report_explanation = Text(1000, required=True, allow_none=True)
    grade = Choice(codes.HELD_GRADES, required=True, allow_none=True)
    proposed_grade = Choice(codes.GRADES, required=True, allow_none=True)
    grade_reason = Text(500, required=True, allow_none=True)
    grade_document = Text(200, required=True, allow_none=True)
    explanation_zh = listed(Text(500), 0, MOST_STEPS, required=True)
    explanation_en = listed(Text(500), 0, MOST_STEPS, required=True)
    means_test_id = Id(required=True, allow_none=True)
    banned_until = Day(required=True, allow_none=True)
    notice_place = Text(200, required=True, allow_none=True)
    notice_until = Day(required=True, allow_none=True)
    objection = Text(500, required=True, allow_none=True)
    approved_on = Day(required=True, allow_none=True)
    next_review_on = Day(required=True, allow_none=True)
    review_reason = Text(300, required=True, allow_none=True)
    exit_until = Day(required=True, allow_none=True)
    exit_on = Day(required=True, allow_none=True)
    exit_kind = Choice(codes.EXIT_KINDS, required=True, allow_none=True)
    reason = Text(500, required=True, allow_none=True)
    created_at = Moment(required=True)
    is_migrant = fields.Boolean(required=True)
    may_publish = fields.Boolean(required=True)
    noticed_on = Day(required=True, allow_none=True)
    open_objections = Whole(required=True)
    approvals = fields.List(fields.Nested(Approval), required=True, validate=validate.Length(0, 9))
    is_temporary = fields.Boolean(required=True)
    temporary_until = Day(required=True, allow_none=True)
    suspended_until = Day(required=True, allow_none=True)
    reviewed_on = Day(required=True, allow_none=True)
    review_result = Choice(codes.REVIEW_RESULTS, required=True, allow_none=True)
    changed_on = Day(required=True, allow_none=True)
    paper_due_on = Day(required=True, allow_none=True)
    is_paper_overdue = fields.Boolean(required=True)
    previous_file_id = Id(required=True, allow_none=True)
    link = Choice(codes.LINKS, required=True, allow_none=True)
    merged_into_id = Id(required=True, allow_none=True)
    watch_until = Day(required=True, allow_none=True)
    relapse_flagged_on = Day(required=True, allow_none=True)
    archive_until = Day(required=True, allow_none=True)
    paper_no = Text(60, required=True, allow_none=True)
    established_year = Whole(1900, 2100, required=True, allow_none=True)
    source_document = Text(200, required=True, allow_none=True)
    proposed_cancellation = Choice(codes.PROPOSED_CANCELLATIONS, required=True, allow_none=True)
    last_aid_on = Day(required=True, allow_none=True)


class FileFilter(Strict):
    """`worker_id` finds the files in which a worker is any member. `is_unchanged`: not modified for the months of the
    rule (一年未修改); `is_never_aided`: relief never reached a member (从未帮扶); `last_aid_before`: it did not on that
    day or later, if ever; `is_cancel_proposed`: the head has died; `store`: the open files, or one of the closed stores
    (脱困库, 注销库)."""

    state = Choice(codes.FILE_STATES)
    store = Choice(codes.STORES)
    grade = Choice(codes.HELD_GRADES)
    level = Choice(codes.LEVELS)
    main_cause = Choice(codes.CAUSES)
    head_worker_id = Id()
    worker_id = Id()
    previous_file_id = Id()
    paper_no = Text(60)
    established_year = QueryWhole(1949, 2100)
    is_migrant = fields.Boolean()
    is_temporary = fields.Boolean()
    is_paper_overdue = fields.Boolean()
    is_survey_overdue = fields.Boolean()
    is_unchanged = fields.Boolean()
    is_never_aided = fields.Boolean()
    last_aid_before = Day()
    is_cancel_proposed = fields.Boolean()
    is_relapse_flagged = fields.Boolean()


class FileQuery(FileFilter, PageQuery):
    """A page of the files that fit."""


class FileCounts(Strict):
    """How many files fit, and in which states they are."""

    total = Whole(required=True)
    states = fields.Dict(keys=Choice(codes.FILE_STATES), values=Whole(), required=True)


class Authorisation(Strict):
    """Authorisation for verification (核对授权书), signed by every adult of the household."""

    authorisation_no = Text(60, required=True)
    authorised_on = Day(required=True)
    all_adults_signed = Flag(required=True)


class VerificationRequest(Strict):
    """`authorisation`: another one, where that of the submission has run out."""

    authorisation = fields.Nested(Authorisation, load_default=None, allow_none=True)


class Submission(Authorisation):
    """`may_publish`: the head has agreed separately to the public list (个人信息保护法 art. 25); without it the notice
    hangs in the unit only."""

    may_publish = Flag(load_default=False)


class Survey(Facts):
    """What one surveyor found and signed; the second must find the same figures."""

    note = Text(500, required=True)


class Report(Strict):
    """The agencies' report. `hits` are what differs from the declaration; those that came by way of exchange, as
    codes of categories, are kept and need their explanation here."""

    report_no = Text(60, required=True)
    hits = listed(Text(200), 0, 50, load_default=list)
    explanation = Text(1000, load_default=None, allow_none=True)


class MeansTest(Strict):
    """What the engine proposes, step by step. `basis`: from the newest recorded test of items, whose single items
    stand in that record, or from the sums of the file."""

    file_id = Id(required=True)
    grade = Choice(codes.GRADES, required=True)
    dibao_fen = Fen(required=True)
    document = Text(200, required=True)
    jurisdiction = Text(12, required=True)
    effective_from = Day(required=True)
    certainty = Text(4, required=True)
    persons = Whole(1, 30, required=True)
    basis = Choice(BASES, required=True)
    steps_zh = listed(Text(500), 0, MOST_STEPS, required=True)
    steps_en = listed(Text(500), 0, MOST_STEPS, required=True)


class OnTest(Strict):
    """`means_test_id`: the recorded test of items on which to decide. Without it the newest is taken that is not older
    than the last change of the household or the start of the review; where there is none, the sums are tested."""

    means_test_id = Id(load_default=None, allow_none=True)


class GradeDecision(OnTest):
    """`reason` is needed where the grade is not the proposed one."""

    grade = Choice(codes.GRADES, required=True)
    reason = Text(500, load_default=None, allow_none=True)


class Notice(Strict):
    place = Text(200, required=True)


class FileReason(Strict):
    reason = Text(500, required=True)


class ReviewReason(Strict):
    reason = Text(300, required=True)


class NewFacts(Facts):
    reason = Text(500, required=True)


class ExitProposal(NewFacts, OnTest):
    """With the facts on which the household is out of hardship, and the way out (脱困“四个一批”): work or a business of
    one's own, taken into social insurance, or another, told in `reason`."""

    kind = Choice(codes.EXIT_KINDS, required=True)


class Keep(Facts, OnTest):
    grade = Choice(codes.GRADES, required=True)
    reason = Text(500, load_default=None, allow_none=True)


class Cancellation(Strict):
    reason = Choice(codes.CANCEL_REASONS, required=True)
