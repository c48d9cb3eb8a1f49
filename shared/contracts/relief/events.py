"""What relief tells."""

from __future__ import annotations

from shared.contracts.relief.advances.events import EVENTS as ADVANCES
from shared.contracts.relief.files.events import EVENTS as FILES
from shared.contracts.relief.funds.events import EVENTS as FUNDS
from shared.contracts.relief.goods.events import EVENTS as GOODS
from shared.contracts.relief.orders.events import EVENTS as ORDERS
from shared.contracts.relief.schools.events import EVENTS as SCHOOLS

EVENTS = (
    *FUNDS,
    *ADVANCES,
    *FILES,
    *GOODS,
    *SCHOOLS,
    *ORDERS,
)
