"""What exchange tells."""

from __future__ import annotations

from shared.contracts.fields import Id, Strict, Text, Whole
from shared.contracts.table import Event


class AgencyBatchImported(Strict):
    batch_id = Id(required=True)
    agency = Text(40, required=True)
    batch_no = Text(60, required=True)
    total = Whole(required=True)
    ok = Whole(required=True)
    rejected = Whole(required=True)


EVENTS = (
    Event("exchange", "agency_batch_imported", 1, AgencyBatchImported, "交换批次已装载", "Agency batch imported"),
)
