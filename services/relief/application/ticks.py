"""What falls due in relief by itself."""

from __future__ import annotations

from services.relief.application.advances.ticks import TICKS as ADVANCES
from services.relief.application.files.ticks import TICKS as FILES
from services.relief.application.mutual_aid.ticks import TICKS as MUTUAL_AID
from services.relief.application.plans.ticks import TICKS as PLANS

TICKS = (
    *ADVANCES,
    *FILES,
    *MUTUAL_AID,
    *PLANS,
)
