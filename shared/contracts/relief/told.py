"""A row of relief's table of events."""

from __future__ import annotations

from shared.contracts.fields import Strict
from shared.contracts.table import Event


def told(name: str, schema: type[Strict], zh: str, en: str, data_class: str = "INTERNAL",
         version: int = 1) -> Event:
    """An event of relief, in its first version unless told otherwise."""
    return Event("relief", name, version, schema, zh, en, data_class)
