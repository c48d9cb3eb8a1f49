"""What is served is what is described: OpenAPI 3.1 by schemathesis, AsyncAPI 3.0 by its own references."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from gateway.accounts.cli import add_account
from gateway.accounts.sessions import NOTHING_OUTSIDE
from gateway.app import create_app
from gateway.door import Gateway
from gateway.render import routes
from shared.kernel.aggregate import Aggregate
from shared.kernel.caller import system
from shared.kernel.ids import new_id
from shared.service.ticks import new_traceparent
from shared.store.outbox import outbox_row
from shared.store.work import Work
from tests.gateway.conftest import CHEAP, CITY, PASSWORD, Person, settings_for
from tests.gateway.tiny import CONTRACT


@pytest.fixture
def document(nobody: Person) -> dict[str, Any]:
    return dict(nobody.get("/openapi.json").json)


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {told["operationId"]: told for path in document["paths"].values() for told in path.values()}


def test_every_row_is_described_and_nothing_else(document: dict[str, Any]) -> None:
    described = operations(document)
    assert set(described) == {route.endpoint.replace(".", "_") for route in routes({"tiny": CONTRACT})}
    assert "tiny_peek" not in described
    assert described["tiny_take_note"]["x-roles"] == ["R1", "R25"]
    assert described["tiny_take_note"]["x-client-scope"] == "tiny:write"
    assert described["tiny_greet"]["security"] == []


def test_headers_and_problems_are_described(document: dict[str, Any]) -> None:
    described = operations(document)

    def headers(name: str) -> set[str]:
        return {told["name"] for told in described[name]["parameters"] if told["in"] == "header"}

    assert headers("tiny_take_note") == {"Idempotency-Key"}
    assert headers("tiny_strike_note") == {"Idempotency-Key", "If-Match"}
    assert headers("tiny_get_note") == headers("session_sign_in") == set()
    assert {"400", "401", "403", "404", "409", "412", "428", "429", "500", "503"} <= set(
        described["tiny_strike_note"]["responses"])
    assert "Location" in described["tiny_take_note"]["responses"]["201"]["headers"]


def test_schemas_carry_their_bounds(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    account = schemas["gateway.NewAccount"]
    assert account["additionalProperties"] is False
    assert account["properties"]["password"]["minLength"] == 10
    assert account["properties"]["worker_id"]["type"] == ["string", "null"]
    assert schemas["gateway.NewGrant"]["properties"]["role"]["enum"][-1] == "R25"
    limit = next(told for told in operations(document)["tiny_list_notes"]["parameters"] if told["name"] == "limit")
    assert (limit["schema"]["minimum"], limit["schema"]["maximum"], limit["schema"]["default"]) == (1, 200, 50)


def test_document_for_the_page_says_null_in_the_old_way(nobody: Person) -> None:
    old = nobody.get("/docs/openapi-3.0.json").json
    assert old["openapi"] == "3.0.3"
    assert old["components"]["schemas"]["gateway.NewAccount"]["properties"]["worker_id"]["nullable"] is True
    assert '"null"' not in json.dumps(old)


def test_every_reference_leads_somewhere(nobody: Person) -> None:
    for path in ("/openapi.json", "/docs/openapi-3.0.json", "/asyncapi.json"):
        document = nobody.get(path).json
        for reference in references(document):
            found: Any = document
            for part in reference.removeprefix("#/").split("/"):
                found = found[part]


def references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [reference for value in part.values() for reference in references(value)]
    return [reference for value in part for reference in references(value)] if isinstance(part, list) else []


def test_events_are_described(nobody: Person) -> None:
    told = nobody.get("/asyncapi.json").json
    assert told["asyncapi"] == "3.0.0"
    assert told["channels"]["tiny.note_taken.v1"]["address"] == "tiny.note_taken.v1"
    assert {name: operation["action"] for name, operation in told["operations"].items()} == {
        "tiny.send.note_taken.v1": "send", "tiny.receive.tiny.note_taken.v1": "receive"}


@dataclass
class Note(Aggregate):
    id: str
    org_path: str
    state: str = "taken"
    version: int = 1


def test_a_real_envelope_fits_its_description(app: Gateway, nobody: Person) -> None:
    note = Note(new_id(), CITY)
    note.record("note_taken", note_id=note.id, pages=2)
    work = Work(app.database, CONTRACT, system("tiny"), "take_note", traceparent=new_traceparent(),
                outside=NOTHING_OUTSIDE)
    envelope = json.loads(outbox_row(work, note, note.happened[0])["envelope"])
    told = nobody.get("/asyncapi.json").json
    check = jsonschema.Draft202012Validator({**told, "$ref": "#/components/messages/tiny.note_taken.v1/payload"})
    assert list(check.iter_errors(envelope)) == []
    for wrong in ({"type": "tiny.note_taken.v2"}, {"data": {"note_id": note.id}}, {"specversion": "0.3"}):
        assert list(check.iter_errors({**envelope, **wrong}))


# -- by machine ------------------------------------------------------------------------------------------------


def test_described_and_real_behaviour_agree(data: Path) -> None:
    """Every own operation, with valid and with invalid input made from the description, answers as described."""
    add_account(settings_for(data), "root", PASSWORD, "全权", [("R24", CITY), ("R12", CITY)])
    app = create_app(settings_for(data), {}, CHEAP)
    app.start()
    try:
        token = Person(app).sign_in("root").token
        schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
        for found in schema.get_all_operations():
            operation = found.ok()
            if operation.label != "POST /v1/sign-out":  # it would end the session of all the others
                for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                    _try(operation, mode, f"Bearer {token}")
    finally:
        app.close()


def _try(operation: Any, mode: GenerationMode, authorization: str) -> None:
    @settings(max_examples=8, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        # a cursor is opaque and a sort column the list's own: no schema says which are good
        excluded = [ignored_auth, *([positive_data_acceptance] if {"cursor", "sort"} & set(case.query or ()) else [])]
        answer = case.call(headers={"Authorization": authorization})
        case.validate_response(answer, excluded_checks=excluded)

    run()
