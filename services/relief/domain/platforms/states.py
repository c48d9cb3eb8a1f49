"""The states of partners, outlets, agreements, cards, redemptions and settlements."""

from __future__ import annotations

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

DIRECTOR, CHAIR, CASHIER = (Role.CENTRE_DIRECTOR,), (Role.CHAIR,), (Role.CASHIER,)
PARTNER_CLERK = (Role.PARTNER_CLERK,)
ISSUER = (Role.COUNTY_REVIEWER, Role.CENTRE_DIRECTOR)
COUNTER = (Role.WINDOW_CLERK, Role.GRASSROOTS_OFFICER)
HOLDER = (*COUNTER, Role.WORKER)
BANK: tuple[Role, ...] = ()

PARTNER = Machine("ACTIVE", [
    Move(("ACTIVE",), "suspend", "SUSPENDED", DIRECTOR),
    Move(("SUSPENDED",), "resume", "ACTIVE", DIRECTOR),
    Move(("ACTIVE", "SUSPENDED"), "end", "ENDED", DIRECTOR),
])

OUTLET = Machine("OPEN", [
    Move(("OPEN",), "close", "CLOSED", DIRECTOR),
    Move(("CLOSED",), "reopen", "OPEN", DIRECTOR),
])

AGREEMENT = Machine("DRAFTED", [
    Move(("DRAFTED",), "sign", "SIGNED", CHAIR),
    Move(("DRAFTED",), "withdraw", "WITHDRAWN", DIRECTOR),
    Move(("SIGNED",), "supersede", "SIGNED"),
    Move(("SIGNED",), "terminate", "TERMINATED", DIRECTOR),
])

CARD = Machine("REQUESTED", [
    Move(("REQUESTED",), "issue", "ISSUED", ISSUER),
    Move(("ISSUED",), "activate", "ACTIVE", HOLDER),
    Move(("ACTIVE",), "freeze", "FROZEN", HOLDER),
    Move(("FROZEN",), "unfreeze", "ACTIVE", COUNTER),
    Move(("ISSUED", "ACTIVE", "FROZEN"), "replace", "REPLACED", ISSUER),
    Move(("ISSUED",), "end_with_file", "ISSUED"),
    Move(("ACTIVE",), "end_with_file", "ACTIVE"),
    Move(("FROZEN",), "end_with_file", "FROZEN"),
    Move(("ISSUED", "ACTIVE", "FROZEN"), "expire", "EXPIRED"),
    Move(("REQUESTED", "ISSUED", "ACTIVE", "FROZEN"), "cancel", "CANCELLED", DIRECTOR),
])

REDEMPTION = Machine("RECORDED", [
    Move(("RECORDED", "REVERSAL_PROPOSED"), "reverse", "REVERSED", PARTNER_CLERK),
    Move(("RECORDED",), "propose_reversal", "REVERSAL_PROPOSED", (*PARTNER_CLERK, *CASHIER)),
    Move(("REVERSAL_PROPOSED",), "confirm_reversal", "REVERSED", (*CASHIER, *DIRECTOR)),
    Move(("REVERSAL_PROPOSED",), "reject_reversal", "RECORDED", (*CASHIER, *DIRECTOR)),
])

SETTLEMENT = Machine("DRAFTED", [
    Move(("DRAFTED", "DISPUTED"), "dispute", "DISPUTED", PARTNER_CLERK),
    Move(("DISPUTED",), "resolve", "DISPUTED", (*CASHIER, *DIRECTOR)),
    Move(("DISPUTED",), "resolve_last", "DRAFTED", (*CASHIER, *DIRECTOR)),
    Move(("DRAFTED",), "confirm", "PARTNER_CONFIRMED", PARTNER_CLERK),
    Move(("PARTNER_CONFIRMED",), "approve", "APPROVED", (*DIRECTOR, *CHAIR)),
    Move(("APPROVED",), "reserve", "RESERVED", CASHIER),
    Move(("RESERVED",), "release", "APPROVED", CASHIER),
    Move(("RESERVED",), "fail", "RESERVED", BANK),
    Move(("RESERVED",), "pay", "PAID", BANK),
    Move(("PAID",), "come_back", "RESERVED", BANK),
    Move(("PAID",), "recover", "RECOVERED", BANK),
    Move(("DRAFTED", "DISPUTED", "PARTNER_CONFIRMED", "APPROVED"), "cancel", "CANCELLED", (*CASHIER, *DIRECTOR)),
])
