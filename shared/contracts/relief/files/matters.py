"""What goes in and out of all that belongs to a hardship file: notices, objections, papers, transfers, reviews."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Content,
    Day,
    Flag,
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
from shared.contracts.relief.files import codes
from shared.contracts.relief.files.schemas import HardshipFile, Member, NewMember

# -- public notice ----------------------------------------------------------------------------------------------


class PublicNotice(Strict):
    """All that may be shown of a file in public: masked name, unit, class. `id` is what an objection names."""

    id = Id(required=True)
    name_masked = Text(60, required=True)
    unit = Text(100, required=True, allow_none=True)
    grade = Choice(codes.GRADES, required=True)
    noticed_on = Day(required=True)
    notice_until = Day(required=True)


class NoticeQuery(PageQuery):
    """`org_path`: the notices of a union and those below it."""

    org_path = OrgPath()


class NewObjection(Strict):
    """`contact`, if given, is kept encrypted and seen by the reviewers only."""

    text = Text(500, required=True)
    contact = Text(100, load_default=None, allow_none=True)


class ObjectionReceipt(Strict):
    id = Id(required=True)
    created_at = Moment(required=True)


class Objection(Record):
    file_id = Id(required=True)
    file_no = Text(19, required=True)
    text = Text(500, required=True)
    has_contact = fields.Boolean(required=True)
    raised_by = Text(80, required=True, allow_none=True)
    finding = Text(500, required=True, allow_none=True)
    examined_by = Text(80, required=True, allow_none=True)
    reason = Text(500, required=True, allow_none=True)
    decided_by = Text(80, required=True, allow_none=True)
    decided_on = Day(required=True, allow_none=True)
    state = Choice(codes.OBJECTION_STATES, required=True)
    created_at = Moment(required=True)


class ObjectionQuery(PageQuery):
    file_id = Id()
    state = Choice(codes.OBJECTION_STATES)


class Finding(Strict):
    finding = Text(500, required=True)


class ObjectionDecision(Strict):
    is_upheld = Flag(required=True)
    reason = Text(500, required=True)


class Contact(Strict):
    id = Id(required=True)
    contact = Text(100, required=True, allow_none=True)


# -- access and attachments -------------------------------------------------------------------------------------


class NewAccess(Strict):
    """`outside_body` is named where somebody outside the union asks: the director must approve that."""

    purpose = Text(200, required=True)
    outside_body = Text(100, load_default=None, allow_none=True)


class Access(Record):
    file_id = Id(required=True)
    file_no = Text(19, required=True)
    purpose = Text(200, required=True)
    reader = Text(80, required=True)
    outside_body = Text(100, required=True, allow_none=True)
    until = Moment(required=True, allow_none=True)
    decided_by = Text(80, required=True, allow_none=True)
    reason = Text(500, required=True, allow_none=True)
    state = Choice(codes.ACCESS_STATES, required=True)
    created_at = Moment(required=True)


class AccessQuery(PageQuery):
    file_id = Id()
    reader = Text(80)
    state = Choice(codes.ACCESS_STATES)


class WithAccess(Strict):
    """The registered access under which it is read; a worker needs none for their own file."""

    access_id = Id()


class NewAttachment(Strict):
    """A scan or a photo; PDF, JPEG or PNG by its content. The rule may set a lower limit than the contract."""

    kind = Choice(codes.ATTACHMENT_KINDS, required=True)
    file_name = Text(200, required=True)
    content = Content(codes.MOST_ATTACHMENT_BYTES, required=True)


class Attachment(Record):
    """What is kept, without its content."""

    file_id = Id(required=True)
    kind = Choice(codes.ATTACHMENT_KINDS, required=True)
    file_name = Text(200, required=True)
    media_type = Choice(codes.MEDIA_TYPES, required=True)
    size = Whole(1, 2**31, required=True)
    sha256 = Text(64, required=True)
    uploaded_by = Text(80, required=True)
    state = Choice(codes.ATTACHMENT_STATES, required=True)
    created_at = Moment(required=True)


class AttachmentQuery(PageQuery):
    file_id = Id()
    kind = Choice(codes.ATTACHMENT_KINDS)


# -- temporary, split, merged, transferred ----------------------------------------------------------------------


class Temporary(Strict):
    until = Day(required=True)
    reason = Text(500, required=True)


class Leaving(Strict):
    """`relation` to the new head."""

    member_id = Id(required=True)
    relation = Choice(codes.RELATIONS, required=True)


class Split(Strict):
    """Who leaves, and who is the head of the new household."""

    members = listed(Leaving, 1, 29, required=True)
    head_worker_id = Id(required=True)
    main_cause = Choice(codes.CAUSES, required=True)
    reason = Text(300, required=True)


class SplitFile(HardshipFile):
    new_file_id = Id(required=True)


class MemberRelation(Strict):
    """`relation` to the head."""

    member_id = Id(required=True)
    relation = Choice(codes.RELATIONS, required=True)


class HouseholdChange(Strict):
    """Who comes and who leaves (birth, marriage, death, moving out). `head_worker_id`: another head, by which the
    relations of all who stay are to be said anew; without it the head stays. Causes that are not given stay. A
    file that is being decided is left by members who have died, and changes in nothing else."""

    joins = listed(NewMember, 0, 29, load_default=list)
    leaves = listed(Id(), 0, 29, load_default=list)
    head_worker_id = Id(load_default=None, allow_none=True)
    relations = listed(MemberRelation, 0, 30, load_default=list)
    main_cause = Choice(codes.CAUSES, load_default=None, allow_none=True)
    other_causes = listed(Choice(codes.CAUSES), 0, 3, load_default=None, allow_none=True)
    reason = Text(500, required=True)


class Merge(Strict):
    """`head_relation`: what the other file's head is to the head of this one."""

    other_file_id = Id(required=True)
    head_relation = Choice(codes.RELATIONS, required=True)
    reason = Text(300, required=True)


class NewTransfer(Strict):
    to_org_path = OrgPath(required=True)
    reason = Text(500, required=True)


class Transfer(Record):
    """`org_path` is the union that is to take the file; both sides see it and read the answer."""

    file_id = Id(required=True)
    file_no = Text(19, required=True)
    from_org_path = OrgPath(required=True)
    reason = Text(500, required=True)
    proposed_by = Text(80, required=True)
    decided_by = Text(80, required=True, allow_none=True)
    decided_on = Day(required=True, allow_none=True)
    answer = Text(500, required=True, allow_none=True)
    state = Choice(codes.TRANSFER_STATES, required=True)
    created_at = Moment(required=True)


class TransferQuery(PageQuery):
    file_id = Id()
    state = Choice(codes.TRANSFER_STATES)


# -- searches ---------------------------------------------------------------------------------------------------


class FileSearch(Strict):
    """By ID number or by name: one of the two. Every search is audited with its purpose."""

    id_number = ResidentId(load_default=None, allow_none=True)
    name = Text(60, load_default=None, allow_none=True)
    purpose = Text(200, required=True)


class FoundFile(Strict):
    id = Id(required=True)
    org_path = OrgPath(required=True)
    file_no = Text(19, required=True)
    level = Choice(codes.LEVELS, required=True)
    state = Choice(codes.FILE_STATES, required=True)
    grade = Choice(codes.HELD_GRADES, required=True, allow_none=True)
    head_worker_id = Id(required=True)
    members = listed(Member, 0, 30, required=True)


class FoundFiles(Strict):
    """`is_cut`: more fit than are shown."""

    total = Whole(required=True)
    is_cut = fields.Boolean(required=True)
    files = listed(FoundFile, 0, 200, required=True)
