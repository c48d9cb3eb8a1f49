"""Where in the organisation tree a new record belongs."""

from __future__ import annotations

from shared.kernel.caller import Caller
from shared.kernel.errors import NotFound


def place_of(caller: Caller, wanted: str | None, pointer: str = "/org_path") -> str:
    """The path asked for, if it lies in the caller's part of the tree, else the caller's own unit. Raises NotFound."""
    if wanted is None:
        return caller.org_path
    if not caller.covers(wanted):
        raise NotFound(pointer=pointer, id=wanted)
    return wanted
