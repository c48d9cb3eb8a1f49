"""What exchange tells."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.exchange.schemas import BATCH_KINDS
from shared.contracts.fields import Choice, Day, Id, Strict, Text, Whole
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


EVENTS = (
    Event("exchange", "agency_batch_imported", 1, AgencyBatchImported, "交换批次已装载", "Agency batch imported"),
    Event("exchange", "agency_hit_found", 1, AgencyHitFound, "名单中有会员", "A member stands on an agency's list",
          "PERSONAL"),
)
