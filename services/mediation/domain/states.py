"""The state table of a dispute case (争议案件), read top to bottom like the procedure itself."""

from __future__ import annotations

from collections.abc import Iterable

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

MEDIATOR = (Role.MEDIATOR,)
WINDOW = (Role.MEDIATOR, Role.WINDOW_CLERK)
CLAIMANT = (Role.MEDIATOR, Role.WINDOW_CLERK, Role.WORKER)
ASSIGNER = (Role.MEDIATOR, Role.CENTRE_DIRECTOR)
SYSTEM: tuple[Role, ...] = ()

GATHERING = ("APPLIED", "ACCEPTED", "IN_MEDIATION")
ENDED = ("PERFORMED", "FAILED", "WITHDRAWN", "REFERRED", "REJECTED")


def stay(states: Iterable[str], command: str, by: tuple[Role, ...]) -> list[Move]:
    """Rows of a command that leaves the state as it is."""
    return [Move((state,), command, state, by) for state in states]


DISPUTES = Machine("APPLIED", [
    *stay(GATHERING, "add_claimants", WINDOW),
    *stay(GATHERING, "choose_representatives", WINDOW),
    Move(("APPLIED",), "accept", "ACCEPTED", MEDIATOR),
    Move(("APPLIED",), "reject", "REJECTED", MEDIATOR),
    Move(("ACCEPTED", "IN_MEDIATION"), "assign_mediators", "IN_MEDIATION", ASSIGNER),
    *stay(("IN_MEDIATION",), "hold_session", MEDIATOR),
    *stay(("IN_MEDIATION",), "request_wage_advance", MEDIATOR),
    *stay(("ACCEPTED", "IN_MEDIATION"), "extend", MEDIATOR),
    Move(("IN_MEDIATION",), "agree", "AGREED", MEDIATOR),
    Move(("ACCEPTED", "IN_MEDIATION"), "fail", "FAILED", MEDIATOR),
    Move(GATHERING, "withdraw", "WITHDRAWN", CLAIMANT),
    *stay(("AGREED", "DEFAULTED"), "record_performance", MEDIATOR),
    # a late performance is a performance: it ends the default
    Move(("AGREED", "DEFAULTED"), "perform", "PERFORMED", SYSTEM),
    Move(("AGREED",), "pass_due", "DEFAULTED", SYSTEM),
    Move(("FAILED", "DEFAULTED", "REJECTED"), "refer", "REFERRED", MEDIATOR),
    *stay(ENDED, "close", MEDIATOR),
])
