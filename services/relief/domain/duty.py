"""Separation of duty (职责分离): steps of one matter that need different people."""

from __future__ import annotations

from collections.abc import Iterable

from shared.kernel.errors import SamePerson


def different(account_id: str, second: str, *firsts: tuple[str, str | Iterable[str] | None]) -> None:
    """`account_id` may do `second` unless it did one of `firsts`, pairs of a step and who did it. Raises SamePerson."""
    for first, by in firsts:
        if account_id in ((by,) if isinstance(by, str) else by or ()):
            raise SamePerson(first=first, second=second)
