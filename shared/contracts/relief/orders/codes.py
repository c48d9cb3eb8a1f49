"""Codes of the care supermarket (爱心超市). The domain has the same lists; a test holds them together."""

from __future__ import annotations

CATALOGUE_STATES = ("PLANNED", "OPEN", "CLOSED")
OFFER_STATES = ("OFFERED", "WITHDRAWN")
ORDER_STATES = ("ORDERED", "CONFIRMED", "PACKED", "DISPATCHED", "DELIVERED", "RETURNED", "CANCELLED")
CATALOGUES = ("ALWAYS", "CARE_DELIVERY", "WINTER_VEGETABLES", "NEW_YEAR_GOODS")
SOURCES = ("DONATED", "PARTNER")
QUOTA_UNITS, QUOTA_PERIODS = ("GRAM", "PIECE"), ("DAY", "CAMPAIGN")
CHANNELS = ("ONLINE", "PHONE")
TIERS = ("MEMBER", "HARDSHIP")
#: the most of one item that can be ordered or offered
MOST_ORDERED, MOST_OFFERED = 1_000, 1_000_000
