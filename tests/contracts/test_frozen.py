"""Every event version ever published must be understood for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from marshmallow import EXCLUDE

from shared.contracts.catalogue import EVENTS
from shared.contracts.freeze import FROZEN, json_schema

FILES = sorted(FROZEN.glob("*.json"))


def frozen(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_every_event_is_frozen() -> None:
    missing = set(EVENTS) - {path.stem for path in FILES}
    assert not missing, "run: .venv/bin/python -m shared.contracts.freeze"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_old_samples_load_and_fit_their_schema(path: Path) -> None:
    told = frozen(path)
    for sample in told["samples"]:
        jsonschema.validate(sample, told["schema"])
        EVENTS[told["type"]].schema(unknown=EXCLUDE).load(sample)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_frozen_version_may_only_gain_optional_fields(path: Path) -> None:
    then, now = frozen(path)["schema"], json_schema(EVENTS[path.stem].schema)
    now = json.loads(json.dumps(now))
    required = [sorted(shape.get("required", [])) for shape in (then, now)]
    assert required[0] == required[1], "a field that became required, or no longer is, needs a new version"
    changed = {name for name, shape in then["properties"].items() if now["properties"].get(name) != shape}
    assert not changed, "a field that changed or went needs a new version"
