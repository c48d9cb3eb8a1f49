"""Writes gateway/problems.json, what `/problems` explains: `python -m tests.gateway.problem_catalogue`.

The gateway may not import the services, whose refusals reach it as data; so their texts are gathered here.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import pkgutil
import sys
from pathlib import Path
from typing import Any

from shared.kernel.errors import Refusal

FILE = Path(__file__).parents[2] / "gateway" / "problems.json"
#: where refusals are defined; service.py and migrations define none
PLACES = ("shared.kernel", "shared.service", "shared.store", "shared.bus.client", "shared.bus.publisher", "gateway")
PARTS = ("domain", "application", "adapters")


def gathered() -> list[dict[str, Any]]:
    """Every refusal of the product, by its code."""
    for name in PLACES:
        _import_all(name)
    for found in pkgutil.iter_modules(importlib.import_module("services").__path__):
        for part in PARTS:
            if importlib.util.find_spec(f"services.{found.name}.{part}"):
                _import_all(f"services.{found.name}.{part}")
    told: dict[str, dict[str, Any]] = {}
    for kind in _kinds(Refusal):
        entry = {"code": kind.code, "status": kind.status, "zh": kind.zh, "en": kind.en}
        told.setdefault(f"{kind.code} {kind.zh}", entry)
    return [told[key] for key in sorted(told)]


def _import_all(name: str) -> None:
    module = importlib.import_module(name)
    for found in pkgutil.iter_modules(getattr(module, "__path__", ())):
        if found.name not in ("migrations", "wsgi") and "conf" not in found.name:
            _import_all(f"{name}.{found.name}")


def _kinds(kind: type[Refusal]) -> list[type[Refusal]]:
    # those of tests, and those made on the fly from another service's answer, are none of the product's types
    is_ours = kind.__module__.split(".")[0] in ("shared", "services", "gateway")
    own = [kind] if is_ours and getattr(sys.modules[kind.__module__], kind.__name__, None) is kind else []
    return own + [inner for child in kind.__subclasses__() for inner in _kinds(child)]


def written(entries: list[dict[str, Any]]) -> str:
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(gathered()), "utf-8")
