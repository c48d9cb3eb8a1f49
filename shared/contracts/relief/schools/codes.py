"""Codes of school places (爱心学校). The domain has the same lists; a test holds them together."""

from __future__ import annotations

SCHOOL_STATES = ("OPEN", "CLOSED")
REQUEST_STATES = ("REQUESTED", "CONSENTED", "OFFERED", "ACCEPTED", "DECLINED", "ENROLLED", "WITHDRAWN")
STAGES = ("PRIMARY", "JUNIOR")
BASES = ("HARDSHIP", "MIGRANT")
TERM = r"^20[0-9]{2}-(SPRING|AUTUMN)\Z"
#: a division code of a county or anything below it (GB/T 2260, GB/T 10114)
DIVISION = r"^[1-9][0-9]{5}([0-9]{3}){0,2}\Z"
MOST_PLACES = 10_000
