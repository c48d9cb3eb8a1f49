"""The states of a relief application (救助申请) and of a campaign (集中慰问)."""

from __future__ import annotations

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

APPLICANT = (Role.GRASSROOTS_OFFICER, Role.WORKER)
TOWNSHIP, COUNTY, OFFICER = (Role.TOWNSHIP_REVIEWER,), (Role.COUNTY_REVIEWER,), (Role.GRASSROOTS_OFFICER,)
DIRECTOR, AUDITOR = (Role.CENTRE_DIRECTOR,), (Role.AUDITOR,)
APPROVERS = (Role.CENTRE_DIRECTOR, Role.CHAIR, Role.LEADING_GROUP)

BEFORE_DECISION = ("SUBMITTED", "RETURNED", "COMPLETE", "COMPUTED", "PROPOSED")
#: money is or was on its way
DECIDED = ("APPROVED", "RESERVED", "PAID", "CLOSED", "RECOVERING", "WRITTEN_OFF")
#: the need is free for another application
GIVEN_UP = ("REJECTED", "WITHDRAWN", "RECOVERED")

APPLICATION = Machine("SUBMITTED", [
    Move(("SUBMITTED",), "return_once", "RETURNED", TOWNSHIP),
    Move(("RETURNED",), "supplement", "SUBMITTED", APPLICANT),
    Move(("SUBMITTED",), "complete", "COMPLETE", TOWNSHIP),
    Move(("COMPLETE", "COMPUTED"), "compute", "COMPUTED", COUNTY),
    Move(("COMPUTED",), "propose", "PROPOSED", COUNTY),
    Move(("PROPOSED",), "post_notice", "PROPOSED", (*OFFICER, *TOWNSHIP)),
    Move(("PROPOSED",), "object", "COMPLETE", (*OFFICER, *TOWNSHIP, *COUNTY)),
    # aid that turns up later changes what may be given: computed anew
    *[Move((state,), "add_other_aid", state, TOWNSHIP) for state in ("SUBMITTED", "RETURNED")],
    Move(("COMPLETE", "COMPUTED", "PROPOSED"), "add_other_aid", "COMPLETE", TOWNSHIP),
    Move(("PROPOSED",), "approve", "APPROVED", APPROVERS),
    Move(("SUBMITTED", "COMPLETE", "COMPUTED", "PROPOSED"), "reject", "REJECTED", (*COUNTY, *APPROVERS)),
    Move(("APPROVED",), "reserve", "RESERVED"),
    Move(("APPROVED",), "hand_over", "CLOSED", OFFICER),
    Move(("RESERVED",), "pay", "PAID"),
    Move(("RESERVED",), "fail", "RESERVED"),
    # instalments: paid when the last one is, or when the others are stopped
    Move(("RESERVED",), "pay_part", "RESERVED"),
    Move(("RESERVED",), "return_part", "RESERVED"),
    Move(("RESERVED",), "stop", "PAID", (*APPLICANT, *DIRECTOR)),
    Move(("PAID", "CLOSED", "RECOVERING"), "return_payment", "RESERVED"),
    Move(("PAID",), "confirm_receipt", "CLOSED", APPLICANT),
    Move(("PAID",), "propose_recovery", "PAID", DIRECTOR),
    Move(("CLOSED",), "propose_recovery", "CLOSED", DIRECTOR),
    Move(("PAID", "CLOSED"), "confirm_recovery", "RECOVERING", AUDITOR),
    Move(("PAID", "CLOSED", "RECOVERING"), "recover_part", "RECOVERING"),
    Move(("PAID", "CLOSED", "RECOVERING"), "recover", "RECOVERED"),
    # the rest will never come back: the household has had it
    Move(("RECOVERING",), "write_off", "WRITTEN_OFF"),
    Move((*BEFORE_DECISION, "APPROVED", "RESERVED"), "withdraw", "WITHDRAWN", (*APPLICANT, *DIRECTOR)),
])

CAMPAIGN = Machine("DRAFT", [
    Move(("DRAFT",), "exclude", "DRAFT", (*COUNTY, *DIRECTOR)),
    Move(("DRAFT",), "cancel", "CANCELLED", APPROVERS),
    Move(("DRAFT",), "approve", "RESERVING", APPROVERS),
    Move(("RESERVING",), "reserve_some", "RESERVING"),
    Move(("RESERVING",), "stall", "RESERVING"),
    Move(("RESERVING",), "finish", "RESERVED"),
    # the rest is not reserved any more; what is reserved will be paid
    Move(("RESERVING",), "stop", "RESERVED", APPROVERS),
    *[Move((state,), "hear", state) for state in ("RESERVING", "RESERVED", "PAID")],
    # households that cannot be paid any more: their money goes back
    Move(("RESERVED",), "release", "RESERVED", APPROVERS),
    Move(("RESERVED",), "release_all", "CANCELLED"),
    Move(("RESERVED",), "pay_all", "PAID"),
    Move(("PAID",), "reopen", "RESERVED"),
])

STUDENT_AID = Machine("RECORDED", [
    Move(("RECORDED",), "cancel", "CANCELLED", (Role.GRASSROOTS_OFFICER, Role.COUNTY_REVIEWER)),
])
