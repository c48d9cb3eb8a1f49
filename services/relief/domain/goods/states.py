"""The states of a lot of donated goods (捐赠批次), of an issue (发放单) and of an adjustment (库存调整单)."""

from __future__ import annotations

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

KEEPERS = (Role.WINDOW_CLERK, Role.GRASSROOTS_OFFICER)
CONFIRMERS = (Role.COUNTY_REVIEWER, Role.CENTRE_DIRECTOR)

CLASSES = ("CLOTHES", "NECESSITY", "FOOD", "BOOK", "APPLIANCE", "OTHER")
INTENTS = ("ANY", "HARDSHIP_HOUSEHOLDS", "MIGRANT_WORKERS")
STORED = ("RECEIVED", "DISINFECTED", "SORTED", "SHELVED")

LOT = Machine("RECEIVED", [
    Move(("RECEIVED",), "disinfect", "DISINFECTED", KEEPERS),
    # classes that need no disinfection are sorted as they come; the aggregate guards it by the dated rule
    Move(("RECEIVED", "DISINFECTED"), "sort", "SORTED", KEEPERS),
    Move(("SORTED",), "shelve", "SHELVED", KEEPERS),
    Move(STORED, "expire", "EXPIRED"),
    Move(("SHELVED",), "release", "SHELVED", KEEPERS),
])

ISSUE = Machine("ISSUED", [
    Move(("ISSUED", "PARTLY_RETURNED"), "return_part", "PARTLY_RETURNED", KEEPERS),
    Move(("ISSUED", "PARTLY_RETURNED"), "return_all", "RETURNED", KEEPERS),
])

ADJUSTMENT = Machine("PROPOSED", [
    Move(("PROPOSED",), "confirm", "CONFIRMED", CONFIRMERS),
    Move(("PROPOSED",), "reject", "REJECTED", CONFIRMERS),
])

DRAFTERS, APPROVERS = CONFIRMERS, (Role.CENTRE_DIRECTOR, Role.CHAIR, Role.LEADING_GROUP)
#: what a campaign in kind may be for: the festivals, and the cabbages of early winter (冬储菜)
OCCASIONS = ("NEW_YEAR", "SPRING_FESTIVAL", "MID_AUTUMN", "WINTER_STORES")

GOODS_CAMPAIGN = Machine("DRAFT", [
    Move(("DRAFT",), "exclude", "DRAFT", DRAFTERS),
    Move(("DRAFT",), "cancel", "CANCELLED", APPROVERS),
    # every package is reserved with the approval, or the approval is refused
    Move(("DRAFT",), "approve", "HANDING_OUT", APPROVERS),
    Move(("HANDING_OUT",), "hand_over", "HANDING_OUT", KEEPERS),
    # by hand, or by itself with the last package; what is reserved becomes free
    Move(("HANDING_OUT",), "finish", "FINISHED", APPROVERS),
])
