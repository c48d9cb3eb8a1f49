"""The moves of payment batches, their lines and corrections, as tables."""

from __future__ import annotations

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

CASHIER, DIRECTOR, CHAIR, AUDITOR = Role.CASHIER, Role.CENTRE_DIRECTOR, Role.CHAIR, Role.AUDITOR
GROUP = Role.LEADING_GROUP

BATCH = Machine("DRAFTED", [
    Move(("DRAFTED",), "pass_check", "CHECKED", (CASHIER,)),  # once every line has passed
    Move(("CHECKED",), "reopen", "DRAFTED", (CASHIER, DIRECTOR)),
    Move(("CHECKED",), "approve", "APPROVED", (DIRECTOR, CHAIR, GROUP)),
    Move(("DRAFTED", "CHECKED", "APPROVED"), "cancel", "CANCELLED", (CASHIER, DIRECTOR, CHAIR)),
    Move(("APPROVED",), "send", "SENT", (CASHIER,)),
    Move(("SENT", "PARTLY_SETTLED"), "settle", "SETTLED"),
    Move(("SENT", "PARTLY_SETTLED"), "settle_partly", "PARTLY_SETTLED"),
    Move(("SETTLED", "PARTLY_SETTLED"), "reconcile", "RECONCILED", (CASHIER, AUDITOR)),
    Move(("RECONCILED",), "archive", "ARCHIVED", (AUDITOR, DIRECTOR)),
])

#: the bank has told of every line, or its term is over
TOLD = ("SETTLED", "PARTLY_SETTLED", "RECONCILED", "ARCHIVED")

#: an outcome that the bank did not tell is UNKNOWN and never sent again by itself
LINE = Machine("RESERVED", [
    Move(("RESERVED",), "batch", "BATCHED"),
    Move(("BATCHED",), "remove", "RESERVED"),
    Move(("RESERVED", "BATCHED"), "release", "RELEASED"),
    Move(("BATCHED",), "send", "SENT"),
    Move(("SENT",), "miss", "UNKNOWN"),
    Move(("SENT", "UNKNOWN"), "pay", "PAID"),
    Move(("SENT", "UNKNOWN"), "fail", "RESERVED"),
    Move(("PAID",), "return", "RESERVED"),
    # what is partly back stays PAID for the rest
    Move(("PAID",), "recover_part", "PAID"),
    Move(("PAID",), "recover", "RECOVERED"),
    # the payee keeps what will never come back: it stays PAID
    Move(("PAID",), "write_off", "PAID"),
])

CORRECTION = Machine("PROPOSED", [
    Move(("PROPOSED",), "confirm", "CONFIRMED", (CASHIER, AUDITOR)),
    Move(("PROPOSED",), "refuse", "REFUSED", (CASHIER, AUDITOR)),
])

#: outcome → the command of the line's table
COMMANDS = {"PAID": "pay", "FAILED": "fail", "RETURNED": "return", "RECOVERED": "recover"}
#: a part of a wrong payment is no outcome yet, nor is a rest that is given up: the line stays PAID
STEPS = {**COMMANDS, "PARTLY_RECOVERED": "recover_part", "WRITTEN_OFF": "write_off"}
