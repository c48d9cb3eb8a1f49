"""Freezes event versions: a JSON Schema and a sample per version, which must be understood for ever.

    .venv/bin/python -m shared.contracts.freeze     writes what is not frozen yet; it never touches what is
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields

from shared.contracts import fields as f
from shared.contracts.table import Event

FROZEN = Path(__file__).parent / "frozen"
SAMPLE_ID = "0192f3b4-7c00-7000-8000-000000000001"
#: by field class, most special first
SAMPLES: tuple[tuple[type[Any], Any], ...] = (
    (f.Id, SAMPLE_ID), (f.Fen, 7_000_000), (f.Whole, 43), (f.Day, "2026-05-08"),
    (f.Moment, "2026-05-08T09:00:00+08:00"),
    (f.OrgPath, "/37/3702/370202/"), (f.ResidentId, "11010519491231002X"), (f.Uscc, "91350100M000100Y43"),
    (fields.Boolean, True), (fields.Integer, 1), (fields.String, "A"), (fields.Dict, {}), (fields.Raw, None),
)


@cache
def _converter() -> Any:
    plugin = MarshmallowPlugin(schema_name_resolver=lambda _schema: "")  # no names: every schema in its place
    APISpec("frozen", "1", "3.1.0", plugins=[plugin])
    return plugin.converter


def json_schema(schema: type[Schema]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a marshmallow schema, everything in place."""
    shape = _plain(_converter().schema2jsonschema(schema()))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **shape}


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in sorted(node.items())}
    return [_plain(item) for item in node] if isinstance(node, (list, tuple)) else node


def sample(schema: type[Schema]) -> dict[str, Any]:
    """Data that the schema loads."""
    return {name: _sample_field(field) for name, field in schema().fields.items()}


def _sample_field(field: Any) -> Any:
    if isinstance(field, fields.Nested):
        inner = sample(type(field.schema))
        return [inner] if field.many else inner
    if isinstance(field, fields.List):
        return [_sample_field(field.inner)]
    for validator in field.validators:
        if hasattr(validator, "choices"):
            return next(iter(validator.choices))
    value = next(value for kind, value in SAMPLES if isinstance(field, kind))
    for validator in field.validators:
        most = getattr(validator, "max", None)
        if isinstance(value, int) and isinstance(most, int) and value > most:
            value = most
    return value


def freeze(event: Event) -> Path | None:
    """Write the event's file, unless it is frozen already."""
    path = FROZEN / f"{event.type}.json"
    if path.exists():
        return None
    FROZEN.mkdir(exist_ok=True)
    text = json.dumps({"type": event.type, "schema": json_schema(event.schema), "samples": [sample(event.schema)]},
                      ensure_ascii=False, indent=1)
    path.write_text(text + "\n", "utf-8")
    return path


if __name__ == "__main__":
    from shared.contracts.catalogue import EVENTS

    for written in filter(None, map(freeze, EVENTS.values())):
        sys.stdout.write(f"{written}\n")
