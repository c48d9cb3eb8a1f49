"""What falls due in relief by itself."""

from __future__ import annotations

from services.relief.application.advances.ticks import TICKS as ADVANCES
from services.relief.application.applications.ticks import TICKS as APPLICATIONS
from services.relief.application.files.ticks import TICKS as FILES
from services.relief.application.goods.ticks import TICKS as GOODS
from services.relief.application.mutual_aid.ticks import TICKS as MUTUAL_AID
from services.relief.application.orders.ticks import TICKS as ORDERS
from services.relief.application.payments.ticks import JOBS as PAYMENT_JOBS
from services.relief.application.payments.ticks import TICKS as PAYMENTS
from services.relief.application.plans.ticks import TICKS as PLANS
from services.relief.application.platforms.ticks import TICKS as PLATFORMS
from services.relief.application.schools.ticks import TICKS as SCHOOLS
from services.relief.application.watch.ticks import TICKS as WATCH

TICKS = (
    *ADVANCES,
    *FILES,
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
#: long work that goes on by itself
JOBS = (*PAYMENT_JOBS,)
