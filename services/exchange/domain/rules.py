"""The dated parameters of exchange."""

from __future__ import annotations

from pathlib import Path

from shared.kernel.parameters import Parameters

RULES = Parameters(Path(__file__).parents[1] / "rules" / "exchange.yaml")
