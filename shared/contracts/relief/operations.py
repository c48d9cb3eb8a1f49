"""What can be asked of relief, and who may ask."""

from __future__ import annotations

from shared.contracts.relief.advances.operations import OPERATIONS as ADVANCES
from shared.contracts.relief.files.operations import OPERATIONS as FILES
from shared.contracts.relief.funds.operations import OPERATIONS as FUNDS
from shared.contracts.relief.mutual_aid.operations import OPERATIONS as MUTUAL_AID
from shared.contracts.relief.plans.operations import OPERATIONS as PLANS

OPERATIONS = (
    *FUNDS,
    *ADVANCES,
    *FILES,
    *MUTUAL_AID,
    *PLANS,
)
