"""What exchange tells."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.exchange.schemas import BATCH_KINDS, CHECK_CATEGORIES
from shared.contracts.fields import Choice, Day, Id, Strict, Text, Whole, listed
from shared.contracts.table import Event


class AgencyBatchImported(Strict):
    batch_id = Id(required=True)
    agency = Text(40, required=True)
    batch_no = Text(60, required=True)
    total = Whole(required=True)
    ok = Whole(required=True)
    rejected = Whole(required=True)


class AgencyHitFound(Strict):
    """A union member stands on an agency's list: reference data of `data_date`, to be checked by people.

    `is_running` is false when the list says that it has ended. `until` is the last day the list names.
    """

    worker_id = Id(required=True)
    batch_id = Id(required=True)
    kind = Choice(BATCH_KINDS, required=True)
    category = Text(40, required=True)
    is_running = fields.Boolean(required=True)
    since = Day(required=True)
    until = Day(required=True, allow_none=True)
    data_date = Day(required=True)


class VerificationReported(Strict):
    """The agencies have answered for a household. `request` is the sequence of relief's `verification_requested`;
    `hits` are the categories that differ from what was declared, nothing of them is told."""

    file_id = Id(required=True)
    request = Whole(1, 2**53, required=True)
    report_no = Text(60, required=True)
    hits = listed(Choice(CHECK_CATEGORIES), 0, len(CHECK_CATEGORIES), required=True)


EVENTS = (
    Event("exchange", "agency_batch_imported", 1, AgencyBatchImported, "交换批次已装载", "Agency batch imported"),
    Event("exchange", "agency_hit_found", 1, AgencyHitFound, "名单中有会员", "A member stands on an agency's list",
          "PERSONAL"),
    Event("exchange", "verification_reported", 1, VerificationReported, "核对报告已收到",
          "The agencies have reported on a household", "PERSONAL"),
)
