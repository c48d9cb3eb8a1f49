"""How school places are given (爱心学校就近入学规则)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from services.relief.domain.schools.nearest import ORDERS
from shared.kernel.parameters import Parameter, Parameters

SCHOOLS = Parameters(Path(__file__).parent / "schools.yaml")
_FIRST_DAY = date(2008, 1, 1)


def check() -> None:
    """Read the file. Raises RuleTableError."""
    SCHOOLS.row("place_order", _FIRST_DAY)


def order_of(rule: Parameter) -> str:
    """The code of an order: 0 the shorter way first, 1 the earlier application first. Raises IndexError."""
    return ORDERS[rule.value]
