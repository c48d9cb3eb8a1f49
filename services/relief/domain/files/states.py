"""The states of a hardship file (困难职工档案), from draft to exit."""

from __future__ import annotations

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

OFFICER = (Role.GRASSROOTS_OFFICER,)
APPLICANT = (Role.GRASSROOTS_OFFICER, Role.WORKER)
SURVEYOR, TOWNSHIP, COUNTY = (Role.SURVEYOR,), (Role.TOWNSHIP_REVIEWER,), (Role.COUNTY_REVIEWER,)
DIRECTOR = (Role.CENTRE_DIRECTOR,)
EXCHANGE = (Role.EXCHANGE_OFFICER,)
ANYONE = (Role.WINDOW_CLERK, Role.GRASSROOTS_OFFICER, Role.TOWNSHIP_REVIEWER, Role.COUNTY_REVIEWER, Role.WORKER)

BEFORE_APPROVAL = ("DRAFT", "SUBMITTED", "SURVEYED", "VERIFYING", "VERIFIED", "GRADED", "NOTICED")
AFTER_APPROVAL = ("ACTIVE", "REVIEWING", "EXITING", "SUSPENDED")
#: one person may be in one file of these states (DUP-1)
OPEN = (*BEFORE_APPROVAL, *AFTER_APPROVAL)
CLOSED = ("REFUSED", "OUT_OF_HARDSHIP", "CANCELLED")

HARDSHIP_FILE = Machine("DRAFT", [
    Move(("DRAFT",), "submit", "SUBMITTED", APPLICANT),
    Move(("SUBMITTED",), "survey_first", "SUBMITTED", SURVEYOR),
    Move(("SUBMITTED",), "survey_second", "SURVEYED", SURVEYOR),
    Move(("SURVEYED",), "request_verification", "VERIFYING", (*TOWNSHIP, *EXCHANGE)),
    Move(("VERIFYING",), "receive_report", "VERIFIED", EXCHANGE),
    Move(("VERIFIED",), "assess", "GRADED", COUNTY),
    Move(("GRADED",), "post_notice", "NOTICED", (*OFFICER, *TOWNSHIP)),
    Move(("NOTICED",), "object", "SURVEYED", ANYONE),
    Move(("NOTICED",), "approve", "ACTIVE", (*COUNTY, *DIRECTOR)),
    Move(("GRADED", "NOTICED"), "refuse", "REFUSED", COUNTY),
    Move(("ACTIVE",), "update_facts", "ACTIVE", OFFICER),
    Move(("ACTIVE",), "start_review", "REVIEWING", (*COUNTY, *DIRECTOR)),
    Move(("REVIEWING",), "keep", "ACTIVE", COUNTY),
    Move(("REVIEWING",), "propose_exit", "EXITING", COUNTY),
    Move(("EXITING",), "confirm_exit", "OUT_OF_HARDSHIP", DIRECTOR),
    Move(("EXITING",), "contest_exit", "REVIEWING", APPLICANT),
    Move(("ACTIVE", "REVIEWING"), "suspend", "SUSPENDED", COUNTY),
    # suspicion must end one way or the other: a review, or cancellation
    Move(("SUSPENDED",), "resume", "REVIEWING", COUNTY),
    Move(OPEN, "cancel", "CANCELLED", DIRECTOR),
])
