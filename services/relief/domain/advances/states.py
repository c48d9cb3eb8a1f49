"""The states of a wage advance (工资垫付), from proposal to repayment or write-off."""

from __future__ import annotations

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

DIRECTOR, CHAIR, GROUP = (Role.CENTRE_DIRECTOR,), (Role.CHAIR,), (Role.LEADING_GROUP,)
CASHIER, AUDITOR = (Role.CASHIER,), (Role.AUDITOR,)

#: states in which the employer owes money
OWED = ("DISBURSED", "PARTLY_REPAID", "OVERDUE", "RECOVERING")
#: the undertaken day is still to come
RUNNING = ("DISBURSED", "PARTLY_REPAID")
#: no money has left the fund
UNPAID = ("PROPOSED", "APPROVED", "SECURED")
AFTER_PAYMENT = (*OWED, "REPAID", "WRITTEN_OFF")
#: an emergency approval can be ratified in any of them
APPROVED = ("APPROVED", "SECURED", *OWED, "REPAID", "WRITTEN_OFF")


def counts(state: str) -> bool:
    """Whether an advance takes room of the limits of its dispute: until it is refused or the money is back."""
    return state not in ("REFUSED", "REPAID")


def is_alone(state: str, *, is_emergency: bool, is_ratified: bool) -> bool:
    """Whether it takes room of what one person may approve alone: until it is refused, or ratified and either repaid or
    written off, which others decided."""
    return is_emergency and state != "REFUSED" and not (state in ("REPAID", "WRITTEN_OFF") and is_ratified)


ADVANCE = Machine("PROPOSED", [
    Move(("PROPOSED",), "approve_emergency", "APPROVED", CHAIR),
    Move(("PROPOSED",), "approve", "APPROVED", GROUP),
    # an employer who will not sign must not block the claims for ever: refusal stays open until money is paid
    Move(("PROPOSED", "APPROVED", "SECURED"), "refuse", "REFUSED", (*DIRECTOR, *CHAIR, *GROUP)),
    *[Move((state,), "ratify", state, GROUP) for state in APPROVED],
    Move(("APPROVED",), "sign_undertaking", "SECURED", DIRECTOR),
    Move(("SECURED",), "disburse", "DISBURSED", CASHIER),
    Move(("DISBURSED", "PARTLY_REPAID"), "repay_part", "PARTLY_REPAID", CASHIER),
    Move(("OVERDUE",), "repay_part", "OVERDUE", CASHIER),
    Move(("RECOVERING",), "repay_part", "RECOVERING", CASHIER),
    Move(OWED, "repay_full", "REPAID", CASHIER),
    Move(("DISBURSED", "PARTLY_REPAID"), "pass_due", "OVERDUE"),
    *[Move((state,), "remind", state) for state in RUNNING],
    *[Move((state,), "extend", state, GROUP) for state in RUNNING],
    # a day that was mistyped would else lock the advance until it comes
    *[Move((state,), "propose_earlier_day", state, DIRECTOR) for state in ("SECURED", *RUNNING)],
    *[Move((state,), "confirm_earlier_day", state, GROUP) for state in ("SECURED", *RUNNING)],
    # a day agreed anew after the first was missed
    Move(("OVERDUE",), "extend", "DISBURSED", GROUP),
    Move(("OVERDUE",), "extend_part", "PARTLY_REPAID", GROUP),
    *[Move((state,), "note_employer_payment", state, (*DIRECTOR, *CASHIER)) for state in (*UNPAID, *OWED)],
    # a wrong entry is put right whatever has become of the advance: the next one for the claim looks at it
    *[Move((state,), "reverse_employer_payment", state, (*DIRECTOR, *CASHIER))
      for state in (*UNPAID, *AFTER_PAYMENT, "REFUSED")],
    *[Move((state,), "note_recovery", state) for state in AFTER_PAYMENT],
    Move(("OVERDUE",), "start_recovery", "RECOVERING", DIRECTOR),
    Move(("RECOVERING",), "propose_write_off", "RECOVERING", GROUP),
    Move(("RECOVERING",), "confirm_write_off", "WRITTEN_OFF", AUDITOR),
    # what was given up is still owed; money that comes all the same goes back to the fund
    Move(("WRITTEN_OFF",), "repay_late", "WRITTEN_OFF", CASHIER),
])
