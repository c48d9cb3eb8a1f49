"""The states of a catalogue period (目录期间), of an offer in it (目录商品), and of an order (订单)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

DIRECTOR, CLERK = (Role.CENTRE_DIRECTOR,), (Role.WINDOW_CLERK,)
DESK = (Role.WINDOW_CLERK, Role.HOTLINE_AGENT)
STORE = (Role.WINDOW_CLERK, Role.PARTNER_CLERK)

CATALOGUES = ("ALWAYS", "CARE_DELIVERY", "WINTER_VEGETABLES", "NEW_YEAR_GOODS")
SOURCES = ("DONATED", "PARTNER")
#: orders are of the care supermarket: its card pays, and its quotas count
CARD_PLATFORM = "SUPERMARKET"
#: what of a partner an order needs: how it is taken, and that it comes to the door
CAPABILITY_OF_CHANNEL: Mapping[str, str] = {"ONLINE": "WEB", "PHONE": "CALL"}
TO_THE_DOOR = "LOGISTICS"
#: orders that count against a household's limits
TAKING = ("ORDERED", "CONFIRMED", "PACKED", "DISPATCHED", "DELIVERED")
BEFORE_DISPATCH = ("ORDERED", "CONFIRMED", "PACKED")
BEFORE_DELIVERY = (*BEFORE_DISPATCH, "DISPATCHED")

CATALOGUE = Machine("PLANNED", [
    Move(("PLANNED",), "open", "OPEN", DIRECTOR),
    # a period that was never opened passes as well
    Move(("PLANNED", "OPEN"), "close", "CLOSED", DIRECTOR),
])

OFFER = Machine("OFFERED", [
    Move(("OFFERED",), "withdraw", "WITHDRAWN", (*CLERK, *DIRECTOR)),
])

ORDER = Machine("ORDERED", [
    Move(("ORDERED",), "confirm", "CONFIRMED", DESK),
    Move(("CONFIRMED",), "pack", "PACKED", STORE),
    Move(("PACKED",), "dispatch", "DISPATCHED", STORE),
    Move(("DISPATCHED",), "deliver", "DELIVERED", STORE),
    Move(("DISPATCHED",), "bring_back", "RETURNED", STORE),
    Move(BEFORE_DISPATCH, "cancel", "CANCELLED", (*DESK, Role.WORKER)),
])
