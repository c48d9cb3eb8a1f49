"""What can be asked of relief, and who may ask."""

from __future__ import annotations

from shared.contracts.relief.advances.operations import OPERATIONS as ADVANCES
from shared.contracts.relief.applications.operations import OPERATIONS as APPLICATIONS
from shared.contracts.relief.applications.student_operations import OPERATIONS as STUDENT_AIDS
from shared.contracts.relief.files.operations import OPERATIONS as FILES
from shared.contracts.relief.funds.operations import OPERATIONS as FUNDS
from shared.contracts.relief.goods.operations import OPERATIONS as GOODS
from shared.contracts.relief.means.operations import OPERATIONS as MEANS
from shared.contracts.relief.mutual_aid.operations import OPERATIONS as MUTUAL_AID
from shared.contracts.relief.orders.operations import OPERATIONS as ORDERS
from shared.contracts.relief.payments.operations import OPERATIONS as PAYMENTS
from shared.contracts.relief.plans.operations import OPERATIONS as PLANS
from shared.contracts.relief.platforms.operations import OPERATIONS as PLATFORMS
from shared.contracts.relief.schools.operations import OPERATIONS as SCHOOLS
from shared.contracts.relief.watch.operations import OPERATIONS as WATCH

OPERATIONS = (
    *FUNDS,
    *ADVANCES,
    *FILES,
    *PAYMENTS,
    *PLATFORMS,
    *APPLICATIONS,
    *STUDENT_AIDS,
    *MEANS,
    *WATCH,
    *MUTUAL_AID,
    *PLANS,
    *GOODS,
    *SCHOOLS,
    *ORDERS,
)
