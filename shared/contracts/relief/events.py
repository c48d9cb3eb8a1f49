"""What relief tells."""

from __future__ import annotations

from shared.contracts.relief.advances.events import EVENTS as ADVANCES
from shared.contracts.relief.files.events import EVENTS as FILES
from shared.contracts.relief.funds.events import EVENTS as FUNDS
from shared.contracts.relief.mutual_aid.events import EVENTS as MUTUAL_AID
from shared.contracts.relief.plans.events import EVENTS as PLANS

EVENTS = (
    *FUNDS,
    *ADVANCES,
    *FILES,
    *MUTUAL_AID,
    *PLANS,
)
