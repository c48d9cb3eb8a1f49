"""The states of an enrolment (参保批次) and of a claim (理赔申报)."""

from __future__ import annotations

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

OFFICER, CASHIER, COUNTY = (Role.GRASSROOTS_OFFICER,), (Role.CASHIER,), (Role.COUNTY_REVIEWER,)
DIRECTOR, GROUP = (Role.CENTRE_DIRECTOR,), (Role.LEADING_GROUP,)

#: a worker of such an enrolment has cover on the days of the term
COVERING = ("FEE_PAID", "WAITING", "IN_FORCE", "EXPIRED", "RENEWED")

ENROLMENT = Machine("LISTED", [
    Move(("LISTED",), "pay_fee", "FEE_PAID", CASHIER),
    Move(("LISTED",), "cancel", "CANCELLED", OFFICER),
    # the first day of the term has passed without the fee
    Move(("LISTED",), "lapse", "CANCELLED"),
    Move(("FEE_PAID",), "begin_waiting", "WAITING"),
    Move(("FEE_PAID", "WAITING"), "begin", "IN_FORCE"),
    Move(("WAITING", "IN_FORCE"), "expire", "EXPIRED"),
    Move(("WAITING", "IN_FORCE", "EXPIRED"), "renew", "RENEWED"),
])

#: the union bears its share once: reserved, or paid
BORNE = ("RESERVED", "PAID")

UNION_SHARE = Machine("RESERVED", [
    Move(("RESERVED",), "pay", "PAID"),
    # the bank sent the money back; it waits to be paid again
    Move(("PAID",), "return", "RESERVED"),
    Move(("RESERVED",), "release", "RELEASED", (*DIRECTOR, *GROUP)),
    # paid by mistake and taken back from the scheme
    Move(("PAID",), "recover", "RECOVERED"),
])

#: not declined: nothing else is claimed for the same
STANDING = ("FILED", "DOCS_CHECKED", "SUBMITTED_TO_SCHEME", "APPROVED", "PAID")
#: counts against the cap and the days of the term
GRANTED = ("APPROVED", "PAID")

CLAIM = Machine("FILED", [
    Move(("FILED",), "check_docs", "DOCS_CHECKED", COUNTY),
    Move(("DOCS_CHECKED",), "submit", "SUBMITTED_TO_SCHEME", COUNTY),
    Move(("SUBMITTED_TO_SCHEME",), "approve", "APPROVED", (*DIRECTOR, *GROUP)),
    Move(("APPROVED",), "pay", "PAID"),
    # the bank sent the money back; it waits to be paid again
    Move(("PAID",), "return", "APPROVED"),
    Move(("FILED", "DOCS_CHECKED", "SUBMITTED_TO_SCHEME", "APPROVED"), "decline", "DECLINED", (*COUNTY, *DIRECTOR)),
    # paid by mistake and taken back
    Move(("PAID",), "recover", "DECLINED"),
])
