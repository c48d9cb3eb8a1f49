"""Codes of applications and campaigns. The domain has the same lists; a test holds them together."""

from __future__ import annotations

TYPES = ("LIVING", "MEDICAL", "STUDENT", "FESTIVAL", "TEMPORARY", "TRAINING", "LEGAL_COST", "GOODS", "ACCIDENT")
WHOM = ("DEEP", "RELATIVE", "ACCIDENT", "UNFILED")
FILED = WHOM[:3]
TIERS = ("EMERGENCY", "SAFEGUARD", "ROOT_CAUSE")
SCHOOL_LEVELS = ("KINDERGARTEN", "COMPULSORY", "SENIOR_HIGH", "VOCATIONAL", "HIGHER", "SPECIAL")
STUDENT_KINDS = ("ORDINARY", "MILITARY_ACADEMY", "FREE_TEACHER_TRAINING", "DIRECTED")
FESTIVALS = ("NEW_YEAR", "SPRING_FESTIVAL", "MID_AUTUMN")
OCCASIONS = (*FESTIVALS, "BIRTHDAY", "ILLNESS", "BEREAVEMENT")
PERIODS = ("HOUSEHOLD_YEAR", "PERSON_YEAR", "STUDENT_YEAR", "HOUSEHOLD_EVER", "STUDENT_EVER", "OCCASION")
BASES = ("own_paid_fen", "cost_fen", "hardship_fen")
PAYERS = ("CIVIL_AFFAIRS", "MEDICAL_INSURANCE", "MUTUAL_AID", "EDUCATION", "OTHER_UNION", "SOCIETY", "OTHER")
AID_FORMS = ("MONEY", "TUITION_WAIVER", "GOODS")
FACTS = ("bill_no", "bill_fen", "own_paid_fen", "cost_fen", "hardship_fen", "happened_on", "illness", "student_no",
         "student_kind", "school_level", "semester", "admission_no", "fee_no", "certificate_no", "occasion", "goods",
         "receipts")
STATES = ("SUBMITTED", "RETURNED", "COMPLETE", "COMPUTED", "PROPOSED", "APPROVED", "RESERVED", "PAID", "CLOSED",
          "RECOVERING", "RECOVERED", "WRITTEN_OFF", "REJECTED", "WITHDRAWN")
GROUNDS = ("HARDSHIP", "FRONT_LINE", "MODEL_WORKER", "SICK", "MIGRANT")
NAMED_GROUNDS = GROUNDS[1:]
CAMPAIGN_TYPES = ("FESTIVAL", "LIVING")
CAMPAIGN_STATES = ("DRAFT", "RESERVING", "RESERVED", "PAID", "CANCELLED")
CAMPAIGN_LINE_STATES = ("LISTED", "EXCLUDED", "SKIPPED", "RESERVED", "PAID", "RECOVERED", "RELEASED")
