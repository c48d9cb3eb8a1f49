"""What another edition of the rules would have said (新旧标准对比)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.relief.domain.means.counting import Computed


def figures(tested: Computed) -> dict[str, Any]:
    """What two results are compared by; amounts in fen."""
    found, h = tested.assessment, tested.assessment.household
    return {"grade": found.grade, "generation": found.standard.generation, "persons": h.persons,
            "income12_fen": h.income12_fen, "rigid12_fen": h.rigid12_fen, "net_fen": h.income12_fen - h.rigid12_fen,
            "dibao_fen": found.standard.dibao_fen, "line_fen": found.line_fen, "vetoes": list(found.vetoes),
            "missing": list(h.missing), "document": found.standard.document}


def differences(first: Computed, second: Computed) -> Iterator[tuple[str, Any, Any]]:
    """Figure, what the first says, what the second says; nothing where they agree."""
    one, other = figures(first), figures(second)
    for name, value in one.items():
        if value != other[name]:
            yield name, value, other[name]
