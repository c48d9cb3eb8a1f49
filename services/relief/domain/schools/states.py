"""The states of a school in a term (学期学校名额) and of a request for a place (入学申请)."""

from __future__ import annotations

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

DESK = (Role.WINDOW_CLERK, Role.GRASSROOTS_OFFICER)
FAMILY = (*DESK, Role.WORKER)

STAGES = ("PRIMARY", "JUNIOR")
BASES = ("HARDSHIP", "MIGRANT")
#: requests that hold a place of the school's quota
HOLDING = ("OFFERED", "ACCEPTED", "ENROLLED")
#: requests that stand in the way of another one for the same child and term
OPEN = ("REQUESTED", "CONSENTED", "OFFERED", "ACCEPTED", "DECLINED", "ENROLLED")

TERM_SCHOOL = Machine("OPEN", [
    Move(("OPEN",), "change_quota", "OPEN", (Role.CENTRE_DIRECTOR,)),
    Move(("OPEN",), "close", "CLOSED", (Role.CENTRE_DIRECTOR,)),
])

PLACEMENT = Machine("REQUESTED", [
    Move(("REQUESTED",), "consent", "CONSENTED", FAMILY),
    Move(("CONSENTED", "DECLINED"), "offer", "OFFERED", DESK),
    Move(("OFFERED",), "accept", "ACCEPTED", FAMILY),
    Move(("OFFERED",), "decline", "DECLINED", FAMILY),
    Move(("OFFERED",), "lapse", "DECLINED"),
    Move(("ACCEPTED",), "enrol", "ENROLLED", DESK),
    Move(("ENROLLED",), "leave", "WITHDRAWN", DESK),
    Move(("REQUESTED", "CONSENTED", "OFFERED", "ACCEPTED", "DECLINED"), "withdraw", "WITHDRAWN", FAMILY),
])
