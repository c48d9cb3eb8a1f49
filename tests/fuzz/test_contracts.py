"""Whatever a contract takes survives the way there and back, and nothing else gets past it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError

from gateway.openapi import document
from shared.contracts.catalogue import CONTRACTS, EVENTS
from shared.contracts.table import Contract
from shared.service.dispatch import BodyUnreadable, read_json
from tests.fuzz.values import JUNK, good, spoilt
from tests.stage import ROUTES

QUICK = settings(max_examples=8, derandomize=True, database=None, phases=[Phase.generate],
                 suppress_health_check=list(HealthCheck))
DEEP = settings(max_examples=150, database=None, suppress_health_check=list(HealthCheck))
DEPTHS = [pytest.param(QUICK, id="quick"), pytest.param(DEEP, id="deep", marks=pytest.mark.long)]
BODIES: dict[str, type[Schema]] = {f"{row.body.__module__}.{row.body.__name__}": row.body
                                   for row in (route.row for route in ROUTES) if row.body}
SCHEMAS = {**BODIES, **{kind: event.schema for kind, event in EVENTS.items()}}


@cache
def described() -> dict[str, Any]:
    contracts: dict[str, Contract] = CONTRACTS
    return document(contracts)


@cache
def published(schema: type[Schema]) -> Any:
    """The JSON Schema of a body, as /openapi.json has it."""
    told = described()["paths"]
    route = next(route for route in ROUTES if route.row.body is schema)
    operation = told[route.rule.replace("<", "{").replace(">", "}")][route.row.method.lower()]
    whole = operation["requestBody"]["content"]["application/json"]["schema"]
    return jsonschema_rs.Draft202012Validator({**whole, "components": described()["components"]}, validate_formats=True)


def tried(depth: settings, strategy: st.SearchStrategy[Any], check: Any) -> None:
    @depth
    @given(strategy)
    def run(data: Any) -> None:
        check(data)

    run()


def shown(schema: Schema, loaded: Any) -> dict[str, Any]:
    """The fields that come back out."""
    return {name: loaded.get(name) for name, field in schema.fields.items() if not field.load_only}


def undescribed(kind: str, data: Any) -> list[str]:
    """What the description of a body has against these data; nothing of an event's, whose schemas are frozen."""
    if kind not in BODIES:
        return []
    return [f"{error.instance_path} {error.message}" for error in published(BODIES[kind]).iter_errors(data)]


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_takes_what_is_described_and_nothing_else(kind: str, depth: settings) -> None:
    """What it takes comes through there and back; what it does not take ends in a ValidationError and nowhere else.

    A body is taken only if its description says so. Check digits and calendars, of which JSON Schema knows nothing,
    make the product stricter than its description, never laxer.
    """
    schema = SCHEMAS[kind]()

    def take(data: Any) -> None:
        right, wrong = data
        loaded = schema.load(right)
        again = schema.load({**right, **json.loads(json.dumps(schema.dump(loaded)))})
        assert shown(schema, again) == shown(schema, loaded)
        assert undescribed(kind, right) == []
        try:
            schema.load(wrong)
        except ValidationError as error:
            assert error.messages  # noqa: PT017  most spoilt data is refused, some is still good
        else:
            assert undescribed(kind, wrong) == []

    tried(depth, st.tuples(good(SCHEMAS[kind]), spoilt(SCHEMAS[kind]) | JUNK), take)


@pytest.mark.parametrize("depth", DEPTHS)
def test_any_bytes_are_json_or_refused(depth: settings) -> None:
    def read(body: bytes) -> None:
        try:
            data = read_json(body)
        except BodyUnreadable:
            return
        json.dumps(data, ensure_ascii=False, allow_nan=False).encode()

    tried(depth, st.binary(max_size=200) | JUNK.map(lambda data: json.dumps(data).encode()), read)
