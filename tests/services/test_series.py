"""A series of numbers belongs to one kind of record: two of a kind of letters would share a counter and look alike."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import services

ROOT = Path(services.__file__).parent


def given() -> Iterator[tuple[str, str]]:
    """Every literal prefix that a number is taken under, and the part of the service that takes it."""
    for path in sorted(ROOT.glob("*/application/**/*.py")):
        part = str(path.parent.relative_to(ROOT)) if path.parent.name != "application" else str(path.relative_to(ROOT))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "next_number":
                prefix = node.args[0]
                if isinstance(prefix, ast.Constant):
                    yield str(prefix.value), part


def test_no_two_parts_share_a_series() -> None:
    parts = defaultdict[str, set[str]](set)
    for prefix, part in given():
        parts[prefix].add(part)
    assert len(parts) > 20
    assert {prefix: found for prefix, found in parts.items() if len(found) > 1} == {}
