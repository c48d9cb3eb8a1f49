"""Sensitive facts as one text, which the store encrypts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any


def sealed(facts: Any) -> str:
    """The facts as JSON; days in ISO form."""
    return json.dumps(facts, ensure_ascii=False, default=date.isoformat)


def opened(facts: Mapping[str, Any], day: str) -> dict[str, Any]:
    """What was sealed; its day is a date again."""
    return {**facts, day: date.fromisoformat(facts[day])} if facts.get(day) else dict(facts)
