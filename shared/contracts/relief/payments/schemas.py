"""What goes in and out of payments (资金发放)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Content,
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
from shared.contracts.relief.funds.codes import PURPOSES
from shared.contracts.relief.payments import codes
from shared.contracts.relief.payments.lines import LineList

MOST_COLLECTED = 100_000
#: a return file, as pain.002 the longest, for every line of a bank file
MOST_FILE_BYTES = 12_000_000
#: a request that carries one in base64
MOST_RETURN_BYTES = 17_000_000
#: a request of 20,000 lines
MOST_LIST_BYTES = 4_000_000
MEDIA_TYPES = ("text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
               "application/xml")


def _sum() -> Fen:
    return Fen(least=0, required=True)


def _count() -> Whole:
    return Whole(0, 2**53, required=True)


class NewBatch(Strict):
    """A payment batch (发放批次). LIST: lines are sent to it, up to the declared count and total, and rest on the paper
    `document_no`. COLLECT: it takes the lines that wait for this fund and purpose, at most `limit`, of one `about_kind`
    if named. `is_collective` sends it to the leading group, which alone approves it; purposes that need the group's
    approval are drafted so. A list takes no purpose that is decided case by case (WAGE_ADVANCE)."""

    fund_id = Id(required=True)
    purpose = Choice(PURPOSES, required=True)
    kind = Choice(codes.BATCH_KINDS, required=True)
    file_format = Choice(codes.FILE_FORMATS, load_default="CSV")
    document_no = Text(60, load_default=None, allow_none=True)
    declared_count = Whole(1, MOST_COLLECTED, load_default=None, allow_none=True)
    declared_fen = Fen(load_default=None, allow_none=True)
    is_collective = Flag(load_default=False)
    about_kind = Text(40, load_default=None, allow_none=True)
    limit = Whole(1, MOST_COLLECTED, load_default=MOST_COLLECTED)


class Job(Strict):
    """A step that goes on by itself. `stuck_since` and `reason` say that it stands, and why."""

    kind = Choice(codes.JOB_KINDS, required=True)
    done = _count()
    total = _count()
    started_at = Moment(required=True, attribute="created_at")
    progress_at = Moment(required=True)
    stuck_since = Moment(required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)


class Batch(Record):
    """Counts and amounts: `lines` are in the batch (from sending on: were in it); `failed` ones are reserved again,
    `returned` ones too; `paid` counts all that ever was paid. `job` is the step that goes on now."""

    batch_no = Text(19, required=True)
    state = Choice(codes.BATCH_STATES, required=True)
    kind = Choice(codes.BATCH_KINDS, required=True)
    fund_id = Id(required=True)
    purpose = Choice(PURPOSES, required=True)
    file_format = Choice(codes.FILE_FORMATS, required=True)
    document_no = Text(60, required=True, allow_none=True)
    matter_id = Id(required=True, allow_none=True)
    is_collective = fields.Boolean(required=True)
    about_kind = Text(40, required=True, allow_none=True)
    declared_count = Whole(1, MOST_COLLECTED, required=True, allow_none=True)
    declared_fen = Fen(required=True, allow_none=True)
    lines_count = _count()
    total_fen = _sum()
    faults_count = _count()
    paid_count = _count()
    paid_fen = _sum()
    failed_count = _count()
    failed_fen = _sum()
    unknown_count = _count()
    unknown_fen = _sum()
    returned_count = _count()
    returned_fen = _sum()
    recovered_count = _count()
    recovered_fen = _sum()
    message_id = Text(35, required=True)
    sent_on = Day(required=True, allow_none=True)
    outcome_due_on = Day(required=True, allow_none=True)
    bank_receipt_no = Text(60, required=True, allow_none=True)
    statement_no = Text(60, required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    job = fields.Nested(Job, required=True, allow_none=True)
    created_at = Moment(required=True)


class BatchQuery(PageQuery):
    """By the days on which batches were drafted, both among them."""

    date_from = Day()
    date_to = Day()
    state = Choice(codes.BATCH_STATES)
    fund_id = Id()
    purpose = Choice(PURPOSES)
    document_no = Text(60)


class NewLines(Strict):
    lines = LineList(required=True)


class Accepted(Strict):
    """What one request added, and what the batch holds now."""

    batch_id = Id(required=True)
    accepted_count = _count()
    accepted_fen = _sum()
    lines_count = _count()
    total_fen = _sum()


class LineIds(Strict):
    """Lines to take out; `faulty` takes out every line that failed the check. Lines of a list batch are released; in a
    batch that collects, `release` does so with lines of lists that came back from the bank."""

    line_ids = listed(Id(), 0, 1000, load_default=list)
    faulty = Flag(load_default=False)
    release = Flag(load_default=False)
    reason = Text(300, required=True)


class Sending(Strict):
    """The bank has the files. `receipt_no` is what it gave for them. When a file was suspended or cancelled after they
    were made, this is refused unless the bank cannot give them back (`is_irrevocable`)."""

    sent_on = Day(load_default=None, allow_none=True)
    is_irrevocable = Flag(load_default=False)
    receipt_no = Text(60, required=True)


class Statement(Strict):
    """The bank's statement: what left the account for this batch, less what came back."""

    statement_no = Text(60, required=True)
    debited_fen = Fen(least=0, required=True)


class Reason(Strict):
    reason = Text(300, required=True)


class Line(Strict):
    """A payment line (发放明细). `fault` says why it may not go to the bank, `reason` why it came back or
    left its batch (CARD_CHANGED: the payee has another card than at the check; pay it from a new batch);
    `recovered_fen` is what the payee has given back so far, `written_off_fen` what never will come back. No batch takes
    it before `due_from`. `fault_note` is what the rule says, in both languages. Faults of central money: FILE_UNFIT (no
    active file of the level it asks for), NOT_A_MEMBER (a migrant worker outside of the union): take the line out and
    pay it from another fund. ABOVE_CAP, of any money: the household or the person would get more than the rule allows,
    with what was had before and the rest of the list; the note names cap, use, room, rule and document.
    FILE_NOT_IN_FORCE: the file for which it was approved is suspended or cancelled; take the line out, it waits until
    that is settled. FEE_NOT_PAID: the unit has not paid its part of the fee yet; take the line out. PAYEE_DECEASED:
    take it out and give the money back; whoever of the household is entitled applies anew. PAYEE_ELSEWHERE: the worker
    is registered outside of the unit whose money it is. `tier` is that of the measure (应急、保障、根本)."""

    id = Id(required=True)
    org_path = OrgPath(required=True)
    fund_id = Id(required=True)
    purpose = Choice(PURPOSES, required=True)
    state = Choice(codes.LINE_STATES, required=True)
    about_kind = Text(40, required=True)
    about_id = Id(required=True)
    about_part = Text(60, required=True)
    tier = Choice(TIERS, required=True)
    payee_kind = Choice(codes.PAYEE_KINDS, required=True)
    payee_id = Id(required=True)
    amount_fen = Fen(required=True)
    recovered_fen = Fen(least=0, required=True)
    written_off_fen = Fen(least=0, required=True)
    document_no = Text(60, required=True)
    batch_id = Id(required=True, allow_none=True)
    fault = Choice(codes.FAULTS, required=True, allow_none=True)
    fault_note = Text(1000, required=True, allow_none=True)
    paid_on = Day(required=True, allow_none=True)
    due_from = Day(required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class LineQuery(PageQuery):
    batch_id = Id()
    fund_id = Id()
    state = Choice(codes.LINE_STATES)
    fault = Choice(codes.FAULTS)
    payee_id = Id()
    about_kind = Text(40)
    about_id = Id()
    tier = Choice(TIERS)


class BankFile(Strict):
    """A file for the bank (银行代发文件), without its content. `sha256` is over the bytes as they are downloaded."""

    id = Id(required=True)
    org_path = OrgPath(required=True)
    batch_id = Id(required=True)
    number = Whole(1, 10_000, required=True)
    message_id = Text(35, required=True)
    file_format = Choice(codes.FILE_FORMATS, required=True)
    file_name = Text(100, required=True)
    media_type = Text(100, required=True)
    lines_count = _count()
    total_fen = _sum()
    sha256 = Text(64, required=True)
    created_at = Moment(required=True)


class FileQuery(PageQuery):
    batch_id = Id()


class NamesQuery(Strict):
    """A real-name list (实名制名册): XLSX unless CSV is asked for. A long one comes in parts."""

    format = Choice(codes.SHEET_FORMATS)
    part = QueryWhole(1, 10_000)


class FundNamesQuery(NamesQuery):
    """Days of payment; from the beginning of the year to today unless given."""

    date_from = Day()
    date_to = Day()


class IdentitiesQuery(Strict):
    """A real-name list with whole ID numbers, which the `purpose` is kept with: XLSX only, as a spreadsheet that opens
    a CSV loses the last digits of such a number."""

    purpose = Text(100, required=True)
    part = QueryWhole(1, 10_000)


class FundIdentitiesQuery(IdentitiesQuery):
    """Days of payment; from the beginning of the year to today unless given."""

    date_from = Day()
    date_to = Day()


class NewReturn(Strict):
    """The bank's answer for a batch (回盘文件). `content` is the file in base64."""

    batch_id = Id(required=True)
    file_format = Choice(codes.RETURN_FORMATS, required=True)
    content = Content(MOST_FILE_BYTES, required=True)


class ReturnFile(Strict):
    id = Id(required=True)
    org_path = OrgPath(required=True)
    batch_id = Id(required=True)
    message_id = Text(35, required=True)
    file_format = Choice(codes.RETURN_FORMATS, required=True)
    sha256 = Text(64, required=True)
    state = Choice(codes.RETURN_STATES, required=True)
    lines_count = _count()
    accepted_fen = _sum()
    rejected_fen = _sum()
    returned_fen = _sum()
    created_at = Moment(required=True)


class ReturnQuery(PageQuery):
    batch_id = Id()
    state = Choice(codes.RETURN_STATES)


class NewCorrection(Strict):
    """What the bank's paper says of one line: an UNKNOWN one is settled as PAID or FAILED, a PAID one has come back
    (RETURNED, 退汇)."""

    line_id = Id(required=True)
    outcome = Choice(("PAID", "FAILED", "RETURNED"), required=True)
    document_no = Text(60, required=True)
    on = Day(required=True)
    reason = Text(300, required=True)


class NewRecovery(Strict):
    """A wrong payment that the payee gave back (错发追回), by the receipt for it. Where it comes back in parts
    (分期追回), `amount_fen` is this part; left out it is all that is still owed."""

    line_id = Id(required=True)
    amount_fen = Fen(load_default=None, allow_none=True)
    document_no = Text(60, required=True)
    on = Day(required=True)
    reason = Text(300, required=True)


class NewWriteOff(Strict):
    """The rest of a wrong payment that will never come back (死亡、破产等, 错发款核销), by the paper that proves it."""

    line_id = Id(required=True)
    document_no = Text(60, required=True)
    reason = Text(300, required=True)


class Correction(Record):
    line_id = Id(required=True)
    batch_id = Id(required=True)
    outcome = Choice(codes.CORRECTED, required=True)
    state = Choice(codes.CORRECTION_STATES, required=True)
    amount_fen = Fen(required=True)
    document_no = Text(60, required=True)
    on = Day(required=True)
    reason = Text(300, required=True)
    refusal = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class RecoveryQuery(PageQuery):
    line_id = Id()
    about_id = Id()
    state = Choice(codes.CORRECTION_STATES)


class CorrectionQuery(PageQuery):
    batch_id = Id()
    line_id = Id()
    state = Choice(codes.CORRECTION_STATES)
