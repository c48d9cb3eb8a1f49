"""The tables are whole: every row has its handler, every subscription an event, every name its two languages."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from typing import Any

import pytest

from shared.contracts.catalogue import CONTRACTS, EVENTS
from shared.contracts.fields import Fen, Whole
from shared.contracts.freeze import json_schema
from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.table import Contract, Operation
from shared.service import operator
from shared.service.dispatch import handlers

ROWS = [pytest.param(contract, row, id=f"{name}.{row.name}")
        for name, contract in CONTRACTS.items() for row in contract.operations]
CHINESE = re.compile(r"[一-鿿]")


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_row_has_one_handler_and_every_subscription_a_reaction(name: str) -> None:
    definition = import_module(f"services.{name}.service").SERVICE
    handlers(definition.contract, [*definition.modules, operator])
    assert set(definition.reactions) == set(definition.contract.consumes)
    assert set(definition.contract.consumes) <= set(EVENTS)


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_contract_has_the_operators_rows_and_no_path_twice(name: str) -> None:
    contract = CONTRACTS[name]
    assert set(KIT_OPERATIONS) <= set(contract.operations)
    paths = Counter((row.method, re.sub(r"<[^>]+>", "<>", row.path)) for row in contract.operations if row.path)
    assert [path for path, count in paths.items() if count > 1] == []


@pytest.mark.parametrize(("contract", "row"), ROWS)
def test_a_row_says_who_may_and_what_it_is_in_two_languages(contract: Contract, row: Operation) -> None:
    assert CHINESE.search(row.zh)
    assert not CHINESE.search(row.en)
    assert bool(row.roles) or row.path is None or row.public or row.client_scope
    assert row.path is None or not row.path.endswith("/")
    if row.versioned:
        assert row.is_command
        assert any(name.endswith("_id") for name in row.path_fields)


@pytest.mark.parametrize(("contract", "row"), ROWS)
def test_the_schemas_of_a_row_have_bounds(contract: Contract, row: Operation) -> None:
    for schema in filter(None, (row.body, row.query)):
        unbounded = list(_unbounded(json_schema(schema), ""))
        assert not unbounded, unbounded


@pytest.mark.parametrize(("contract", "row"), ROWS)
def test_a_query_takes_numbers_as_text(contract: Contract, row: Operation) -> None:
    """There is nothing else in a URL."""
    fields = row.query().fields if row.query else {}
    assert [name for name, field in fields.items() if isinstance(field, (Whole, Fen))] == []


def _unbounded(node: dict[str, Any], path: str) -> Any:
    kinds = node.get("type") if isinstance(node.get("type"), list) else [node.get("type")]
    if "string" in kinds and not {"maxLength", "enum", "format", "pattern"} & set(node):
        yield path
    if "array" in kinds and "maxItems" not in node:
        yield path
    if "integer" in kinds and "maximum" not in node and "enum" not in node:
        yield path
    for name, inner in node.get("properties", {}).items():
        yield from _unbounded(inner, f"{path}/{name}")
    if isinstance(node.get("items"), dict):
        yield from _unbounded(node["items"], f"{path}/*")


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_carries_no_personal_number(kind: str) -> None:
    forbidden = {"id_number", "phone", "bank_card", "name", "address", "health", "summary"}
    assert not forbidden & set(EVENTS[kind].schema().fields)
