"""Codes of findings (比对发现). The domain has the same lists; a test holds them together."""

from __future__ import annotations

FINDING_CODES = ("DUP-1", "DUP-2", "DUP-3", "DUP-4", "FRD-1", "DEC-1", "BLD-1", "BLD-2", "BLD-3", "BLD-4",
                 "BLD-5", "BLD-6")
FINDING_STATES = ("OPEN", "ASSIGNED", "CONFIRMED", "DISMISSED", "RESOLVED")
SUBJECT_KINDS = ("FILE", "WORKER")
ACTIONS = ("MERGED", "REVIEWED", "REDUCED", "RECOVERED", "HELPED_TO_APPLY", "FOLLOWED_UP", "INVITED",
           "HELPED_INTO_WORK", "ENDED")
#: which households come first
ORDERS = ("MOST", "LEAST")
SIGNALS = ("FESTIVAL_BUNCHING", "CONCENTRATED", "SESAME")
