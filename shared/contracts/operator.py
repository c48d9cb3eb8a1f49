"""The rows every contract has: what an operator and an auditor need of each service."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Choice, Empty, Moment, PageQuery, Strict, Text, Whole
from shared.contracts.table import Operation
from shared.kernel.roles import Role


class ParkedMessage(Strict):
    """A message no retry could handle; it waits for a decision."""

    event_id = Text(80, required=True)
    type = Text(120, required=True)
    state = Choice(("waiting", "parked", "discarded", "done"), required=True)
    attempts = Whole(required=True)
    last_error = fields.String(allow_none=True)
    envelope = fields.String(allow_none=True)
    received_at = Moment(required=True)
    note = fields.String(allow_none=True)


class ParkedQuery(PageQuery):
    state = Choice(("waiting", "parked", "discarded"), load_default="parked")


class Discard(Strict):
    reason = Text(500, required=True)


class AuditEntry(Strict):
    """One row of the audit trail."""

    strand = Whole(required=True)
    number = Whole(0, 2**53, required=True)
    at = fields.String(required=True)
    actor = fields.String(required=True)
    roles = fields.String(required=True)
    action = fields.String(required=True)
    subject_kind = fields.String(required=True)
    subject_id = fields.String(required=True)
    subject_version = Whole(0, 2**53, required=True)
    org_path = fields.String(required=True)
    trace_id = fields.String(required=True)
    detail = fields.String(required=True)
    hash = fields.String(required=True)


class AuditQuery(PageQuery):
    subject_id = Text(80)
    actor = Text(80)


class AuditVerdict(Strict):
    """Whether the hash chain is whole; `faults` names every break."""

    is_whole = fields.Boolean(required=True)
    faults = fields.List(fields.String(), required=True)


OPERATOR = (Role.SYSTEM_ADMIN,)
AUDITOR = (Role.AUDITOR,)

KIT_OPERATIONS: tuple[Operation, ...] = (
    Operation("list_parked_messages", "GET", "/parked-messages", "列出搁置的消息", "List parked messages",
              ParkedMessage, query=ParkedQuery, roles=frozenset(OPERATOR), many=True),
    Operation("get_parked_message", "GET", "/parked-messages/<event_id>", "查看搁置的消息", "Read a parked message",
              ParkedMessage, roles=frozenset(OPERATOR)),
    Operation("retry_parked_message", "POST", "/parked-messages/<event_id>/retry", "重试搁置的消息",
              "Try a parked message again", ParkedMessage, Empty, roles=frozenset(OPERATOR)),
    Operation("discard_parked_message", "POST", "/parked-messages/<event_id>/discard", "作废搁置的消息",
              "Discard a parked message", ParkedMessage, Discard, roles=frozenset(OPERATOR)),
    Operation("list_audit_entries", "GET", "/audit-entries", "查询审计日志", "Read the audit trail", AuditEntry,
              query=AuditQuery, roles=frozenset(AUDITOR), many=True),
    Operation("verify_audit_trail", "GET", "/audit-verification", "校验审计日志链", "Verify the audit trail",
              AuditVerdict, roles=frozenset(AUDITOR)),
)
