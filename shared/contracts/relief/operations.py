"""What can be asked of relief, and who may ask."""

from __future__ import annotations

from shared.contracts.relief.advances.operations import OPERATIONS as ADVANCES
from shared.contracts.relief.files.operations import OPERATIONS as FILES
from shared.contracts.relief.funds.operations import OPERATIONS as FUNDS
from shared.contracts.relief.goods.operations import OPERATIONS as GOODS
from shared.contracts.relief.orders.operations import OPERATIONS as ORDERS
from shared.contracts.relief.schools.operations import OPERATIONS as SCHOOLS

OPERATIONS = (
    *FUNDS,
    *ADVANCES,
    *FILES,
    *GOODS,
    *SCHOOLS,
    *ORDERS,
)
