"""The programmes of a place, for everybody who wants to know what may be given and why."""

from __future__ import annotations

from typing import Any

from services.relief.rules.programmes import LIMITS, programmes
from shared.kernel.clock import today
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.store.reading import Reading

CODES = ("approval.director", "approval.chair", "campaign.director", "campaign.chair")


def get_relief_programmes(reading: Reading, asked: Asked) -> dict[str, Any]:
    on = asked.query.get("on") or today()
    division = asked.query.get("division") or division_of(reading.caller.org_path)
    rules = programmes()
    wanted = asked.query.get("relief_type")
    return {"on": on, "division": division, "rule_sets": list(rules.sets(on, division)),
            "limits": {code: LIMITS.value(code, on, division) for code in CODES},
            "programmes": [row for row in rules.in_force(on, division) if wanted in (None, row.relief_type)]}
