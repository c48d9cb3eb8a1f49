"""AsyncAPI 3.0 from the event tables: who tells what, and who listens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Response

from gateway.schemas import new_spec
from shared.bus.topology import EVENTS, events_queue
from shared.contracts.table import Contract, Event
from shared.service.messages import JSON, dump

if TYPE_CHECKING:
    from gateway.door import Gateway

CLOUD_EVENTS = "application/cloudevents+json"
_TEXT = {"type": "string"}
ENVELOPE: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0, structured JSON",
    "required": ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "sequence", "orgpath",
                 "actor", "dataclass", "data"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {**_TEXT, "format": "uuid", "description": "UUIDv7; the same in every delivery"},
        "source": {**_TEXT, "examples": ["/bangfu/relief"]},
        "type": _TEXT,
        "subject": {**_TEXT, "format": "uuid", "description": "the aggregate"},
        "time": {**_TEXT, "format": "date-time"},
        "datacontenttype": {"const": JSON},
        "sequence": {"type": "integer", "description": "orders the events of one subject; gaps are normal"},
        "traceparent": {**_TEXT, "description": "W3C trace context"},
        "orgpath": {**_TEXT, "description": "where in the organisation tree"},
        "actor": {**_TEXT, "description": "account, or system:<service>"},
        "actorrole": _TEXT,
        "causationid": {**_TEXT, "description": "the event that caused this one"},
        "dataclass": {**_TEXT, "examples": ["INTERNAL", "PERSONAL"]},
        "data": {"type": "object"},
    },
}


def document(contracts: Mapping[str, Contract]) -> dict[str, Any]:
    """The specification as a dictionary."""
    spec, plugin = new_spec("", "3.1.0")
    assert plugin.resolver is not None
    events = [event for contract in contracts.values() for event in contract.events]
    data = {event.type: plugin.resolver.resolve_schema_dict(event.schema) for event in events}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "帮扶 Bangfu", "version": "1.0.0",
                 "description": "服务之间的事件。The events between the services, past tense, ids and codes only."},
        "defaultContentType": CLOUD_EVENTS,
        "channels": {event.type: _channel(event) for event in events},
        "operations": {**dict(_sends(contracts)), **dict(_receives(contracts))},
        "components": {
            "messages": {event.type: _message(event, data[event.type]) for event in events},
            "schemas": {"Envelope": ENVELOPE, **spec.to_dict().get("components", {}).get("schemas", {})},
        },
    }


def _channel(event: Event) -> dict[str, Any]:
    return {
        "address": event.type, "title": event.zh, "summary": event.en,
        "messages": {event.name: {"$ref": f"#/components/messages/{event.type}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": {
            "name": EVENTS.name, "type": EVENTS.type, "durable": True, "autoDelete": False}}},
    }


def _message(event: Event, data: dict[str, Any]) -> dict[str, Any]:
    of_this_type = {"properties": {"type": {"const": event.type}, "data": data}}
    return {"name": event.type, "title": event.zh, "summary": event.en, "contentType": CLOUD_EVENTS,
            "payload": {"allOf": [{"$ref": "#/components/schemas/Envelope"}, of_this_type]},
            "tags": [{"name": event.service}, {"name": event.data_class}]}


def _sends(contracts: Mapping[str, Contract]) -> Iterator[tuple[str, dict[str, Any]]]:
    for contract in contracts.values():
        for event in contract.events:
            yield f"{contract.service}.send.{event.name}.v{event.version}", _operation("send", event.type, event.name)


def _receives(contracts: Mapping[str, Contract]) -> Iterator[tuple[str, dict[str, Any]]]:
    told = {event.type: event for contract in contracts.values() for event in contract.events}
    for contract in contracts.values():
        queue = events_queue(contract.service, contract.consumes).name if contract.consumes else ""
        for kind in sorted(set(contract.consumes) & set(told)):
            operation = _operation("receive", kind, told[kind].name)
            yield f"{contract.service}.receive.{kind}", {**operation, "description": f"queue {queue}"}


def _operation(action: str, kind: str, name: str) -> dict[str, Any]:
    channel = f"#/channels/{kind}"
    return {"action": action, "channel": {"$ref": channel}, "messages": [{"$ref": f"{channel}/messages/{name}"}]}


def add(app: Gateway, contracts: Mapping[str, Contract]) -> None:
    """Serve /asyncapi.json."""

    @cache
    def written() -> bytes:
        return dump(document(contracts))

    @app.get("/asyncapi.json")
    def asyncapi_json() -> Response:
        return Response(written(), content_type=JSON)
