"""The states of a hardship file (困难职工档案), from draft to exit and to the end of its keeping."""

from __future__ import annotations

from collections.abc import Iterable

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

OFFICER = (Role.GRASSROOTS_OFFICER,)
APPLICANT = (Role.GRASSROOTS_OFFICER, Role.WORKER)
SURVEYOR, TOWNSHIP, COUNTY = (Role.SURVEYOR,), (Role.TOWNSHIP_REVIEWER,), (Role.COUNTY_REVIEWER,)
DIRECTOR, CHAIR = (Role.CENTRE_DIRECTOR,), (Role.CHAIR,)
EXCHANGE = (Role.EXCHANGE_OFFICER,)
ANYONE = (Role.WINDOW_CLERK, Role.GRASSROOTS_OFFICER, Role.TOWNSHIP_REVIEWER, Role.COUNTY_REVIEWER, Role.WORKER)

BEFORE_APPROVAL = ("DRAFT", "SUBMITTED", "SURVEYED", "VERIFYING", "VERIFIED", "GRADED", "NOTICED")
AFTER_APPROVAL = ("ACTIVE", "REVIEWING", "EXITING", "SUSPENDED")
TEMPORARY, TAKEN_OVER = "TEMPORARY", "TAKEN_OVER"
#: one person may be in one file of these states (DUP-1)
OPEN = (*BEFORE_APPROVAL, *AFTER_APPROVAL, TEMPORARY, TAKEN_OVER)
CLOSED = ("REFUSED", "OUT_OF_HARDSHIP", "CANCELLED")
#: grades of 2016-2019 (低保户、低保边缘户), which only a paper file that was taken over has, until its first review
LEGACY_GRADES = ("LEGACY_DIBAO", "LEGACY_BORDERLINE")


def _stay(states: Iterable[str], command: str, by: tuple[Role, ...] = ()) -> list[Move]:
    """A change that leaves the state as it is."""
    return [Move((state,), command, state, by) for state in states]


HARDSHIP_FILE = Machine("DRAFT", [
    *_stay(("DRAFT", "SUBMITTED", "ACTIVE", "REVIEWING", TEMPORARY), "fill_form", APPLICANT),
    Move(("DRAFT",), "submit", "SUBMITTED", APPLICANT),
    Move(("SUBMITTED",), "survey_first", "SUBMITTED", SURVEYOR),
    Move(("SUBMITTED",), "survey_second", "SURVEYED", SURVEYOR),
    Move(("SURVEYED",), "request_verification", "VERIFYING", (*TOWNSHIP, *EXCHANGE)),
    Move(("VERIFYING",), "receive_report", "VERIFIED", EXCHANGE),
    Move(("VERIFIED",), "assess", "GRADED", COUNTY),
    Move(("GRADED",), "post_notice", "NOTICED", (*OFFICER, *TOWNSHIP)),
    Move(("NOTICED",), "raise_objection", "NOTICED"),
    Move(("NOTICED",), "object", "SURVEYED", ANYONE),
    Move(("NOTICED",), "approve_step", "NOTICED", (*COUNTY, *DIRECTOR, *CHAIR)),
    Move(("NOTICED",), "approve", "ACTIVE", (*COUNTY, *DIRECTOR, *CHAIR)),
    Move(("GRADED", "NOTICED"), "refuse", "REFUSED", (*COUNTY, *DIRECTOR, *CHAIR)),
    Move(("ACTIVE",), "update_facts", "ACTIVE", OFFICER),
    *_stay(AFTER_APPROVAL, "confirm_paper", OFFICER),
    # births, deaths, marriages: who lives together changes while the file lives (动态管理)
    *_stay(("DRAFT", "ACTIVE", "REVIEWING", TEMPORARY), "change_household", OFFICER),
    # a file that is being decided keeps its household, but for the dead; one that has its grade is graded anew
    *_stay(("SUBMITTED", "SURVEYED", "VERIFYING", "VERIFIED", TAKEN_OVER), "lose_member", OFFICER),
    Move(("GRADED", "NOTICED"), "lose_member", "SURVEYED", OFFICER),
    Move(("ACTIVE",), "start_review", "REVIEWING", (*COUNTY, *DIRECTOR)),
    Move(("REVIEWING",), "keep", "ACTIVE", COUNTY),
    Move(("REVIEWING",), "propose_exit", "EXITING", COUNTY),
    Move(("EXITING",), "confirm_exit", "OUT_OF_HARDSHIP", DIRECTOR),
    Move(("EXITING",), "contest_exit", "REVIEWING", APPLICANT),
    Move(("ACTIVE", "REVIEWING"), "suspend", "SUSPENDED", COUNTY),
    # suspicion must end one way or the other: a review, or cancellation
    Move(("SUSPENDED",), "resume", "REVIEWING", COUNTY),
    # who lives together has changed, so the means have: an active file is reviewed
    Move(("ACTIVE", "REVIEWING"), "split", "REVIEWING", COUNTY),
    Move(("DRAFT",), "take_in", "DRAFT", COUNTY),
    Move(("ACTIVE", "REVIEWING"), "take_in", "REVIEWING", COUNTY),
    *_stay(("DRAFT", "ACTIVE", "REVIEWING", TEMPORARY), "change_unit", OFFICER),
    # a paper file from before the product (旧档案接收): who proposes it and who confirms it are two
    Move(("DRAFT",), "take_over", TAKEN_OVER, COUNTY),
    Move((TAKEN_OVER,), "confirm_take_over", "ACTIVE", DIRECTOR),
    Move((TAKEN_OVER,), "decline_take_over", "REFUSED", DIRECTOR),
    Move(("DRAFT",), "open_temporary", TEMPORARY, COUNTY),
    Move((TEMPORARY,), "make_permanent", "DRAFT", OFFICER),
    Move((TEMPORARY,), "lapse", "CANCELLED"),
    Move(OPEN, "cancel", "CANCELLED", DIRECTOR),
    Move(("OUT_OF_HARDSHIP",), "flag_relapse", "OUT_OF_HARDSHIP"),
    Move(CLOSED, "destroy", "DESTROYED", CHAIR),
])
