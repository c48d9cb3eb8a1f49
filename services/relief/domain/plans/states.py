"""The states of an assistance plan (帮扶计划) and of a pair-up (结对帮扶)."""

from __future__ import annotations

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

MAKERS = (Role.GRASSROOTS_OFFICER, Role.COUNTY_REVIEWER, Role.CENTRE_DIRECTOR)
DIRECTOR = (Role.CENTRE_DIRECTOR,)
STEP_KINDS = ("SCHOOLING", "SHOPFRONT", "REFERRAL", "HOUSING", "TRAINING", "LOAN", "PLACEMENT", "MEDICAL", "LEGAL",
              "LIVING", "OTHER")
#: to whom a step of the kind REFERRAL refers the household (民政低保、其他), and what came of it
REFERRED_TO, REFERRAL_RESULTS = ("DIBAO", "OTHER"), ("ADMITTED", "REFUSED")
TIERS = ("EMERGENCY", "SAFEGUARD", "ROOT_CAUSE")
STEP_STATES = ("OPEN", "DONE", "DROPPED")

PLAN = Machine("PLANNED", [
    Move(("PLANNED",), "add_step", "PLANNED", MAKERS),
    Move(("RUNNING",), "add_step", "RUNNING", MAKERS),
    Move(("PLANNED",), "start", "RUNNING", MAKERS),
    Move(("RUNNING",), "finish_step", "RUNNING", MAKERS),
    Move(("PLANNED",), "drop_step", "PLANNED", MAKERS),
    Move(("RUNNING",), "drop_step", "RUNNING", MAKERS),
    Move(("RUNNING",), "mark_overdue", "RUNNING"),
    Move(("RUNNING",), "achieve", "ACHIEVED", DIRECTOR),
    Move(("PLANNED", "RUNNING"), "revise", "REVISED", MAKERS),
    Move(("PLANNED", "RUNNING"), "end", "ENDED", DIRECTOR),
])

RANKS = ("SECTION", "DIVISION", "BUREAU")
CONTACT_KINDS = ("VISIT", "PHONE", "MESSAGE", "MEETING", "GOODS")

PAIR_UP = Machine("ACTIVE", [
    Move(("ACTIVE",), "contact", "ACTIVE"),
    Move(("ACTIVE",), "miss_contact", "ACTIVE"),
    Move(("ACTIVE",), "hand_over", "HANDED_OVER", DIRECTOR),
    Move(("ACTIVE",), "end", "ENDED", DIRECTOR),
])
