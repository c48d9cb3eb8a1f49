"""Each problem type means one thing, in two languages."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import gateway
import services
import shared
from shared.kernel.errors import Refusal

CHINESE = re.compile(r"[一-鿿]")


def refusals() -> Iterator[type[Refusal]]:
    for root in (shared.__path__, services.__path__, gateway.__path__):
        prefix = {shared: "shared.", services: "services.", gateway: "gateway."}
        package = next(p for p in prefix if p.__path__ is root)
        for module in pkgutil.walk_packages(root, prefix[package]):
            if "refusals" in module.name or ".domain." in module.name or ".kernel." in module.name:
                importlib.import_module(module.name)
    waiting = [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        yield kind


def test_a_code_belongs_to_one_refusal() -> None:
    owners: dict[str, set[str]] = {}
    for kind in refusals():
        if "code" in vars(kind):
            owners.setdefault(kind.code, set()).add(f"{kind.__module__}.{kind.__name__}")
    assert {code: names for code, names in owners.items() if len(names) > 1} == {}


def test_a_refusal_is_said_in_chinese_and_in_english() -> None:
    wrong = [kind.__name__ for kind in refusals() if not CHINESE.search(kind.zh) or CHINESE.search(kind.en)]
    assert wrong == []
