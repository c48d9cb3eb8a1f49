"""The state tables of legal aid (法律援助) and of recovery (追偿)."""

from __future__ import annotations

from collections.abc import Iterable

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

OFFICER = (Role.LEGAL_AID_OFFICER,)
LAWYER = (Role.LAWYER, Role.LEGAL_AID_OFFICER)
APPLICANT = (Role.WORKER, Role.WINDOW_CLERK)
DIRECTOR = (Role.CENTRE_DIRECTOR,)
RECOVERY = (Role.LEGAL_AID_OFFICER, Role.CENTRE_DIRECTOR)


def stay(states: Iterable[str], command: str, by: tuple[Role, ...]) -> list[Move]:
    """Rows of a command that leaves the state as it is."""
    return [Move((state,), command, state, by) for state in states]


AID = Machine("RECEIVED", [
    Move(("RECEIVED",), "ask_supplement", "INCOMPLETE", OFFICER),
    Move(("INCOMPLETE",), "supplement", "RECEIVED", APPLICANT),
    Move(("RECEIVED", "INCOMPLETE"), "withdraw", "WITHDRAWN", APPLICANT),
    Move(("RECEIVED", "INCOMPLETE"), "grant_urgent", "GRANTED", OFFICER),
    Move(("RECEIVED",), "grant", "GRANTED", OFFICER),
    *stay(("GRANTED", "ASSIGNED", "IN_PROGRESS"), "verify_means", OFFICER),
    Move(("RECEIVED",), "refuse", "REFUSED", OFFICER),
    Move(("REFUSED",), "object", "OBJECTED", APPLICANT),
    Move(("OBJECTED",), "uphold_objection", "GRANTED", DIRECTOR),
    Move(("OBJECTED",), "dismiss_objection", "REFUSED", DIRECTOR),
    # an applicant may ask for another lawyer with good reason (法律援助法 art. 55)
    Move(("GRANTED", "ASSIGNED", "IN_PROGRESS"), "assign", "ASSIGNED", OFFICER),
    Move(("ASSIGNED",), "start", "IN_PROGRESS", LAWYER),
    *stay(("IN_PROGRESS",), "report", LAWYER),
    Move(("GRANTED", "ASSIGNED", "IN_PROGRESS"), "terminate", "TERMINATED", OFFICER),
    Move(("IN_PROGRESS",), "close", "CLOSED", LAWYER),
    Move(("CLOSED",), "follow_up", "FOLLOWED_UP", OFFICER),
])

RECOVERIES = Machine("OPEN", [
    Move(("OPEN",), "seek_order", "ORDER_SOUGHT", RECOVERY),
    Move(("ORDER_SOUGHT",), "issue_order", "ORDER_ISSUED", RECOVERY),
    *stay(("OPEN", "ORDER_SOUGHT", "ORDER_ISSUED"), "receive", ()),
    Move(("OPEN", "ORDER_SOUGHT", "ORDER_ISSUED"), "recover", "RECOVERED", RECOVERY),
    Move(("OPEN", "ORDER_SOUGHT", "ORDER_ISSUED"), "close", "CLOSED", RECOVERY),
])

DUTY_CALLS = Machine("OPEN", [
    Move(("OPEN", "ASSIGNED"), "assign", "ASSIGNED", (Role.LEGAL_AID_OFFICER, Role.CENTRE_DIRECTOR)),
    Move(("ASSIGNED",), "attend", "ATTENDED", LAWYER),
    Move(("OPEN", "ASSIGNED"), "cancel", "CANCELLED", (Role.LEGAL_AID_OFFICER, Role.CENTRE_DIRECTOR)),
])
