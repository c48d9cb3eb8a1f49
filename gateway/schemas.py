"""The schemas of the contracts as JSON Schema, for OpenAPI and AsyncAPI alike."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from marshmallow import fields as marshmallow_fields

from shared.contracts import fields

ID = r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
ORG_PATH = r"^/([0-9a-z-]{1,32}/){1,12}$"
#: at least one character that is no space; no control characters but tab and line ends
TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*[^\x00-\x20\x7f\x85\s][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
FORMATS = {fields.ResidentId: "resident-id", fields.Uscc: "uscc", fields.BankCard: "bank-card", fields.Mobile: "mobile",
           fields.OrgPath: "org-path"}


def new_spec(title: str, openapi_version: str, **info: Any) -> tuple[APISpec, MarshmallowPlugin]:
    """An empty specification that knows our fields."""
    plugin = MarshmallowPlugin(schema_name_resolver=component_name)
    spec = APISpec(title, "1.0.0", openapi_version, [plugin], **info)
    assert plugin.converter is not None
    plugin.converter.add_attribute_function(_ours)
    return spec, plugin


def component_name(schema: Any) -> str:
    """`relief.funds.Fund` for a schema of shared.contracts.relief.funds; the class's name for the kit's own."""
    found = resolve_schema_cls(schema)
    cls: Any = found[0] if isinstance(found, list) else found
    parts = cls.__module__.split(".")
    return ".".join([*parts[2:-1], cls.__name__])


def _ours(_converter: Any, field: marshmallow_fields.Field[Any], ret: dict[str, Any], **_: Any) -> dict[str, Any]:
    """What apispec cannot know: Python's end of text, and the meaning of our fields."""
    more: dict[str, Any] = {}
    if "pattern" in ret:
        more["pattern"] = ret["pattern"].replace(r"\Z", "$")
    more |= _meaning(field, ret)
    for kind, name in FORMATS.items():
        if isinstance(field, kind):
            more["format"] = name
    own = type(field).__module__.startswith("shared.") and not isinstance(field, fields.Text)
    if own and "description" not in ret and type(field).__doc__ and "$ref" not in ret:
        more["description"] = " ".join((type(field).__doc__ or "").split())
    return more


def _meaning(field: marshmallow_fields.Field[Any], ret: dict[str, Any]) -> dict[str, Any]:
    if isinstance(field, fields.Text) and ret.get("minLength", 0) > 0:
        return {"pattern": TEXT}
    if isinstance(field, fields.Content):
        # what is described is the text, whose length is not that of the bytes
        return {"contentEncoding": "base64", "pattern": fields.BASE64, "minLength": 4,
                "maxLength": field.most_characters}
    if isinstance(field, fields.Id):
        return {"pattern": ID}
    return {"pattern": ORG_PATH} if isinstance(field, fields.OrgPath) else {}
