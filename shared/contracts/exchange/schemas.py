"""What goes in and out of exchange."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.exchange.rows import LAYOUTS
from shared.contracts.fields import (
    Choice,
    Content,
    Day,
    Fen,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    Record,
    ResidentId,
    Strict,
    Text,
    Whole,
    listed,
)

PURPOSES = ("HARDSHIP_FILE", "RELIEF_APPLICATION", "YEARLY_REVIEW", "STUDENT_AID", "TRAINING_SUBSIDY")
CHECK_CATEGORIES = ("HOUSEHOLD", "MARRIAGE", "RELIEF", "INCOME", "TAX", "SOCIAL_INSURANCE", "HOUSING_FUND",
                    "REAL_ESTATE", "VEHICLE", "BUSINESS", "DEPOSITS", "SECURITIES", "INSURANCE", "UNEMPLOYMENT")
BATCH_KINDS = tuple(LAYOUTS)
BATCH_STATES = ("RECEIVED", "VALIDATED", "LOADED", "QUARANTINED", "DISCARDED")
OUTBOUND_KINDS = ("PLACEMENT", "MEDIATION_FAILED")
ROW_STATES = ("OK", "REJECTED")
ROWS_MOST = 5000


class NewSigner(Strict):
    """A member of the household. For a minor, the guardian among the other signers."""

    name = Text(60, required=True)
    id_number = ResidentId(required=True)
    guardian_id_number = ResidentId(load_default=None, allow_none=True)


class NewAuthorisation(Strict):
    """A signed letter of authorisation (授权书): all adults of the household sign, minors by a guardian."""

    paper_no = Text(60, required=True)
    purpose = Choice(PURPOSES, required=True)
    categories = listed(Choice(CHECK_CATEGORIES), 1, len(CHECK_CATEGORIES), required=True)
    valid_from = Day(required=True)
    valid_to = Day(required=True)
    signers = listed(NewSigner, 1, 20, required=True)
    org_path = OrgPath()


class Signer(Strict):
    name_masked = Text(60, required=True)
    id_number_masked = Text(40, required=True)
    has_guardian = fields.Boolean(required=True)


class AuthorisationLine(Record):
    paper_no = Text(60, required=True)
    purpose = Choice(PURPOSES, required=True)
    categories = listed(Choice(CHECK_CATEGORIES), required=True)
    valid_from = Day(required=True)
    valid_to = Day(required=True)
    revoked_on = Day(required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    state = Choice(("VALID", "REVOKED", "EXPIRED"), required=True)


class Authorisation(AuthorisationLine):
    signers = listed(Signer, 1, 20, required=True)


class AuthorisationQuery(PageQuery):
    state = Choice(("VALID", "REVOKED", "EXPIRED"))
    paper_no = Text(60)


class Reason(Strict):
    reason = Text(300, required=True)


class Header(Strict):
    """What the list is, and of which day."""

    agency = Text(40, required=True, metadata={"pattern": "^[A-Z0-9_-]{1,40}$"})
    batch_no = Text(60, required=True)
    kind = Choice(BATCH_KINDS, required=True)
    division_code = fields.String(required=True, validate=validate.Regexp(r"^([0-9]{6}|[0-9]{9}|[0-9]{12})\Z"))
    data_date = Day(required=True)


class Trailer(Strict):
    """What was sent: the number of rows, the sum of their amounts, and the SHA-256 of `rows` as canonical JSON (RFC
    8785)."""

    count = Whole(0, ROWS_MOST, required=True)
    amount_total_fen = Fen(least=0, required=True)
    sha256 = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))


class NewBatch(Strict):
    """A list from an agency. A wrong row is kept aside with its errors; a wrong trailer refuses the whole."""

    header = fields.Nested(Header, required=True)
    rows = listed(fields.Dict(keys=fields.String()), 1, ROWS_MOST, required=True)
    trailer = fields.Nested(Trailer, required=True)
    org_path = OrgPath()


class Batch(Record):
    """`compared` rows have been looked at for members of the union; `members` of them are."""

    agency = Text(40, required=True)
    batch_no = Text(60, required=True)
    kind = Choice(BATCH_KINDS, required=True)
    division_code = Text(12, required=True)
    data_date = Day(required=True)
    sha256 = Text(64, required=True)
    amount_total_fen = Fen(least=0, required=True)
    total = Whole(required=True)
    ok = Whole(required=True)
    rejected = Whole(required=True)
    compared = Whole(required=True)
    members = Whole(required=True)
    state = Choice(BATCH_STATES, required=True)
    decided_by = Text(80, required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class BatchQuery(PageQuery):
    agency = Text(40)
    batch_no = Text(60)
    kind = Choice(BATCH_KINDS)
    state = Choice(BATCH_STATES)


class AgencyRow(Strict):
    """A row as the exchange officer sees it: name and number masked."""

    id = Id(required=True)
    batch_id = Id(required=True)
    number = Whole(1, required=True)
    state = Choice(ROW_STATES, required=True)
    category = Text(40, required=True, allow_none=True)
    name_masked = Text(60, required=True, allow_none=True)
    id_number_masked = Text(40, required=True, allow_none=True)
    amount_fen = Fen(least=0, required=True, allow_none=True)


class RowQuery(PageQuery):
    state = Choice(ROW_STATES)


class RowError(Strict):
    """What is wrong with a row. `number` counts from 1; `pointer` is the JSON pointer in what was sent."""

    id = Id(required=True)
    number = Whole(1, required=True)
    pointer = Text(200, required=True)
    code = Text(60, required=True)
    zh = Text(400, required=True)
    en = Text(400, required=True)


class Check(Strict):
    """A question about one person. It needs an authorisation in force that names them."""

    authorisation_id = Id(required=True)
    id_number = ResidentId(required=True)
    purpose = Text(200, required=True)


class Found(Strict):
    """What an agency's list says of the person: reference data, for a person to judge (只核对、不认定)."""

    agency = Text(40, required=True)
    kind = Choice(BATCH_KINDS, required=True)
    data_date = Day(required=True)
    category = Text(40, required=True)
    amount_fen = Fen(least=0, required=True, allow_none=True)


class CheckResult(Strict):
    found = listed(Found, 0, 200, required=True)


class OutboundRecord(Record):
    """A fact for an agency. `data` holds ids and codes only."""

    kind = Choice(OUTBOUND_KINDS, required=True)
    subject_id = Id(required=True)
    data = fields.Dict(keys=fields.String(), required=True)
    created_at = Moment(required=True)


class OutboundQuery(PageQuery):
    kind = Choice(OUTBOUND_KINDS)
    since = Moment(metadata={"description": "recorded at or after; take a little overlap and skip ids seen before"})


VERIFICATION_STATES = ("REQUESTED", "REPORTED", "CLOSED")
REPORT_FORMATS = ("XLSX", "CSV")
XLSX_TYPE = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",)
MOST_REPORT_BYTES = 2_000_000


class Verification(Record):
    """A hardship file that waits for the agencies' report (核对任务), or has it. `hits`: the categories that differ."""

    file_id = Id(required=True)
    file_no = Text(32, required=True)
    authorisation_no = Text(60, required=True)
    requested_on = Day(required=True)
    report_no = Text(60, required=True, allow_none=True)
    reported_on = Day(required=True, allow_none=True)
    hits = listed(Choice(CHECK_CATEGORIES), 0, len(CHECK_CATEGORIES), required=True, allow_none=True)
    state = Choice(VERIFICATION_STATES, required=True)


class VerificationQuery(PageQuery):
    state = Choice(VERIFICATION_STATES)
    file_id = Id()
    report_no = Text(60)


class ListQuery(Strict):
    """Whole ID numbers leave with this list: what for is kept. Below `org_path`, or all that the caller sees."""

    purpose = Text(200, required=True)
    org_path = OrgPath()


class NewReport(Strict):
    """The agencies' report as a sheet with the columns 档案号, 身份证号, 不符类别 (file_no, id_number, hits): a row for
    everybody on the list, the last column empty where nothing differs, else categories with 、 between. `content` is
    the file in base64."""

    report_no = Text(60, required=True)
    file_format = Choice(REPORT_FORMATS, required=True)
    content = Content(MOST_REPORT_BYTES, required=True)


class LoadedReport(Strict):
    report_no = Text(60, required=True)
    files = Whole(required=True)
    persons = Whole(required=True)
    files_with_hits = Whole(required=True)
