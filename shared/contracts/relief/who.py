"""Short names of the roles that relief's tables use, and who may read everything of money."""

from __future__ import annotations

from shared.kernel.roles import Role

CASHIER, AUDITOR, DIRECTOR = Role.CASHIER, Role.AUDITOR, Role.CENTRE_DIRECTOR
CHAIR, GROUP, COUNTY, TOWNSHIP = Role.CHAIR, Role.LEADING_GROUP, Role.COUNTY_REVIEWER, Role.TOWNSHIP_REVIEWER
OFFICER, SURVEYOR, EXCHANGE, WORKER = Role.GRASSROOTS_OFFICER, Role.SURVEYOR, Role.EXCHANGE_OFFICER, Role.WORKER
CLERK, PARTNER = Role.WINDOW_CLERK, Role.PARTNER_CLERK
MONEY = (CASHIER, AUDITOR, DIRECTOR, CHAIR, GROUP)
