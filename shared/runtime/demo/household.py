"""An invented household, as the national form of a hardship file (困难职工档案表) asks for it."""

from __future__ import annotations

from typing import Any

FORM: dict[str, Any] = {
    "political_status": "MASSES", "marital_status": "MARRIED", "model_worker": "NONE", "housing": "PRIVATE_RENTAL",
    "housing_area_m2": 42, "registration": "OUTSIDE_RURAL", "registration_division": "379901", "industry": "C",
    "ownership": "PRIVATE", "employer_state": "NO_EMPLOYER", "start_work_on": "2006-03-01", "own_month_income_fen": 0,
    "other_year_income_fen": 0, "is_single_parent": False, "can_self_help": True, "is_zero_employment": True}
HOME = {"address": "示范市示范区示范路1号", "postcode": "266000"}
FILLED = {"form": FORM, "home": HOME}


def member(worker_id: str | None, relation: str, *, is_adult: bool = True) -> dict[str, Any]:
    """A member with all that the form asks; a child goes to school."""
    of_age = {"status": "UNEMPLOYED", "education": "JUNIOR"}
    child = {"status": "STUDENT", "education": "PRIMARY", "school": "示范小学", "entry_year": 2022}
    details = {"ethnicity": "HA", "sex": "female", "income12_fen": 0, "insurance": "RESIDENT",
               **(of_age if is_adult else child)}
    return {"worker_id": worker_id, "relation": relation, "is_adult": is_adult, "details": details,
            "health": {"health": "GOOD"}}
