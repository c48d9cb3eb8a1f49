"""A row of relief's table of events."""

from __future__ import annotations

from shared.contracts.fields import Strict
from shared.contracts.table import Event


def told(name: str, schema: type[Strict], zh: str, en: str, data_class: str = "INTERNAL") -> Event:
    """The first version of an event of relief."""
    return Event("relief", name, 1, schema, zh, en, data_class)
