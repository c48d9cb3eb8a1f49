"""Codes of assistance plans and pair-ups. The domain has the same lists; a test holds them together."""

from __future__ import annotations

PLAN_STATES = ("PLANNED", "RUNNING", "ACHIEVED", "REVISED", "ENDED")
STEP_STATES = ("OPEN", "DONE", "DROPPED")
STEP_KINDS = ("SCHOOLING", "SHOPFRONT", "REFERRAL", "HOUSING", "TRAINING", "LOAN", "PLACEMENT", "MEDICAL", "LEGAL",
              "LIVING", "OTHER")
REFERRED_TO, REFERRAL_RESULTS = ("DIBAO", "OTHER"), ("ADMITTED", "REFUSED")
#: 应急、保障、根本
TIERS = ("EMERGENCY", "SAFEGUARD", "ROOT_CAUSE")
PAIR_STATES = ("ACTIVE", "HANDED_OVER", "ENDED")
#: 科级、处级、厅局级
RANKS = ("SECTION", "DIVISION", "BUREAU")
CONTACT_KINDS = ("VISIT", "PHONE", "MESSAGE", "MEETING", "GOODS")
