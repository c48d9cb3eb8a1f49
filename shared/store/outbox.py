"""The outbox: events lie in the transaction of the change that caused them, as CloudEvents 1.0 (structured JSON)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.kernel.aggregate import Aggregate, Happened
from shared.kernel.clock import now
from shared.kernel.ids import new_id

if TYPE_CHECKING:
    from shared.store.work import Work


def outbox_row(work: Work, aggregate: Aggregate, happened: Happened) -> dict[str, Any]:
    """The row of one event. A field the contract does not name, or one that is missing, is our fault: KeyError."""
    event = work.contract.event(happened.event)
    at = now()
    envelope = {
        "specversion": "1.0",
        "id": new_id(),
        "source": f"/bangfu/{event.service}",
        "type": event.type,
        "subject": aggregate.id,
        "time": at.isoformat(),
        "datacontenttype": "application/json",
        "sequence": happened.sequence,
        "traceparent": work.traceparent,
        "orgpath": aggregate.org_path,
        "actor": work.caller.account_id,
        "actorrole": " ".join(work.caller.roles),
        "causationid": work.causation_id or "",
        "dataclass": event.data_class,
        "data": _data(event.schema(), happened),
    }
    return {"event_id": envelope["id"], "type": event.type, "subject": aggregate.id, "sequence": happened.sequence,
            "envelope": json.dumps(envelope, ensure_ascii=False, separators=(",", ":")), "created_at": at}


def _data(schema: Any, happened: Happened) -> dict[str, Any]:
    unknown = set(happened.data) - set(schema.fields)
    missing = {name for name, field in schema.fields.items() if field.required} - set(happened.data)
    if unknown or missing:
        raise KeyError(f"event {happened.event}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    return dict(schema.dump(happened.data))
