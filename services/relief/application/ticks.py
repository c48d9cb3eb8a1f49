"""What falls due in relief by itself."""

from __future__ import annotations

from services.relief.application.advances.ticks import TICKS as ADVANCES
from services.relief.application.files.ticks import TICKS as FILES
from services.relief.application.goods.ticks import TICKS as GOODS
from services.relief.application.orders.ticks import TICKS as ORDERS
from services.relief.application.schools.ticks import TICKS as SCHOOLS

TICKS = (
    *ADVANCES,
    *FILES,
    *GOODS,
    *SCHOOLS,
    *ORDERS,
)
