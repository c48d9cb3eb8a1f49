"""What relief tells."""

from __future__ import annotations

from shared.contracts.relief.advances.events import EVENTS as ADVANCES
from shared.contracts.relief.applications.events import EVENTS as APPLICATIONS
from shared.contracts.relief.files.events import EVENTS as FILES
from shared.contracts.relief.funds.events import EVENTS as FUNDS
from shared.contracts.relief.goods.events import EVENTS as GOODS
from shared.contracts.relief.mutual_aid.events import EVENTS as MUTUAL_AID
from shared.contracts.relief.orders.events import EVENTS as ORDERS
from shared.contracts.relief.payments.events import EVENTS as PAYMENTS
from shared.contracts.relief.payments.first_events import EVENTS as FIRST_PAYMENTS
from shared.contracts.relief.plans.events import EVENTS as PLANS
from shared.contracts.relief.platforms.events import EVENTS as PLATFORMS
from shared.contracts.relief.schools.events import EVENTS as SCHOOLS
from shared.contracts.relief.watch.events import EVENTS as WATCH

EVENTS = (
    *FUNDS,
    *ADVANCES,
    *FILES,
    *FIRST_PAYMENTS,
    *PAYMENTS,
    *PLATFORMS,
    *APPLICATIONS,
    *WATCH,
    *MUTUAL_AID,
    *PLANS,
    *GOODS,
    *SCHOOLS,
    *ORDERS,
)
