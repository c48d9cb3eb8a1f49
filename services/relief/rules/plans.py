"""The parameters of pair-ups (结对帮扶)."""

from __future__ import annotations

from pathlib import Path

from shared.kernel.clock import today
from shared.kernel.parameters import Parameter, Parameters

PARAMETERS = Parameters(Path(__file__).parent / "plans.yaml")


def contact_rule() -> Parameter:
    """Within how many months a cadre contacts the household again. Raises RuleTableError."""
    return PARAMETERS.row("pair_contact_months", today())
