"""The outbox: events lie in the transaction of the change that caused them, as CloudEvents 1.0 (structured JSON)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from shared.contracts.table import Contract, ready
from shared.kernel.aggregate import Aggregate, Happened
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.kernel.ids import new_id


@dataclass(frozen=True)
class Telling:
    """What the events of one unit of work have in common."""

    contract: Contract
    caller: Caller
    traceparent: str
    causation_id: str | None


def outbox_row(telling: Telling, aggregate: Aggregate, happened: Happened) -> dict[str, Any]:
    """The row of one event. A field the contract does not name, or one that is missing, is our fault: KeyError."""
    event = telling.contract.event(happened.event)
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
        "traceparent": telling.traceparent,
        "orgpath": aggregate.org_path,
        "actor": telling.caller.account_id,
        "actorrole": " ".join(telling.caller.roles),
        "causationid": telling.causation_id or "",
        "dataclass": event.data_class,
        "data": _data(ready(event.schema), happened),
    }
    return {"event_id": envelope["id"], "type": event.type, "subject": aggregate.id, "sequence": happened.sequence,
            "envelope": json.dumps(envelope, ensure_ascii=False, separators=(",", ":")), "created_at": at}


def _data(schema: Any, happened: Happened) -> dict[str, Any]:
    unknown = set(happened.data) - set(schema.fields)
    missing = {name for name, field in schema.fields.items() if field.required} - set(happened.data)
    if unknown or missing:
        raise KeyError(f"event {happened.event}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    return dict(schema.dump(happened.data))
