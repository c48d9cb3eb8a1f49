"""The need behind an application: which facts make two of them the same (同一需求、同一时期)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from services.relief.domain.applications.kinds import VISITS, VISITS_BY_DAY
from services.relief.domain.applications.refusals import OwnPaidAboveBill
from shared.kernel.errors import DayInFuture
from shared.kernel.money import format_yuan

#: hashes what must not lie open in an index; the same text gives the same hash
Hash = Callable[[str], str]
SEMESTER = re.compile(r"20[0-9]{2}-(AUTUMN|SPRING)")
#: the fact that tells one need from the next; types without one have one open application at a time
IDENTITY = {"MEDICAL": "bill_no", "LEGAL_COST": "bill_no", "TRAINING": "certificate_no"}


def check_facts(need: Mapping[str, Any], on: date) -> None:
    """Facts that cannot be true together, or not yet. Raises OwnPaidAboveBill, DayInFuture."""
    own_fen, bill_fen, happened_on = (need.get(name) for name in ("own_paid_fen", "bill_fen", "happened_on"))
    if own_fen and bill_fen and own_fen > bill_fen:
        raise OwnPaidAboveBill(pointer="/need/own_paid_fen", own=format_yuan(own_fen), bill=format_yuan(bill_fen))
    if happened_on and happened_on > on:
        raise DayInFuture(pointer="/need/happened_on", day=str(happened_on))


def school_year(semester: str) -> int:
    """The year in which the school year of a semester began: 2027-SPRING belongs to 2026."""
    year, term = semester.split("-")
    return int(year) if term == "AUTUMN" else int(year) - 1


def need_key(relief_type: str, household_id: str, person_id: str, year: int, need: Mapping[str, Any],
             hashed: Hash) -> str:
    """What no two applications, and no campaign and application, may share."""
    if relief_type == "STUDENT" and need.get("student_no"):
        return f"STUDENT|{hashed(need['student_no'])}|{need.get('semester') or year}"
    if relief_type == "FESTIVAL":
        return _occasion_key(household_id, person_id, year, need)
    if relief_type == "ACCIDENT" and need.get("happened_on"):
        return f"ACCIDENT|{household_id}|{need['happened_on']}"
    mark = need.get(IDENTITY.get(relief_type, ""))
    # a bill is one need whoever brings it
    return f"{relief_type}|{hashed(str(mark))}" if mark else f"{relief_type}|{household_id}"


def _occasion_key(household_id: str, person_id: str, year: int, need: Mapping[str, Any]) -> str:
    """A festival (节日) is the household's, a visit (生日、病、丧慰问) the person's: of a year or of its day."""
    occasion = str(need.get("occasion"))
    if occasion not in VISITS:
        return festival_key(household_id, year, occasion)
    day = need.get("happened_on") if occasion in VISITS_BY_DAY else None
    return f"FESTIVAL|{person_id}|{day or year}|{occasion}"


def festival_key(household_id: str, year: int, occasion: str) -> str:
    return f"FESTIVAL|{household_id}|{year}|{occasion}"


def is_lasting(key: str) -> bool:
    """Whether the need stays met after the matter is closed; otherwise the household may come again."""
    return key.count("|") > 1 or not _is_household_key(key)


def _is_household_key(key: str) -> bool:
    return re.fullmatch(r"[A-Z_]+\|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", key) is not None


def masked(number: str) -> str:
    """A case number as it may hang in public: its serial is hidden, but for the end."""
    return f"{number[:12]}****{number[-3:]}"
