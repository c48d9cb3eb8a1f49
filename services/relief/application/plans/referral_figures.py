"""What became of referrals (转介), for example how many households were helped into dibao (协助纳入低保)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, select

from services.relief.adapters.plans import assistance_plans, assistance_steps
from services.relief.domain.plans.states import REFERRED_TO
from shared.kernel.clock import today
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading

P, S = assistance_plans.c, assistance_steps.c
#: steps of a plan that was revised stand again in the plan that took its place
STANDING = ("PLANNED", "RUNNING")


def get_referral_figures(reading: Reading, asked: Asked) -> dict[str, Any]:
    year, org_path = asked.query.get("year") or today().year, place_of(reading.caller, asked.query.get("org_path"))
    in_year = and_(S.state == "DONE", S.done_on.between(date(year, 1, 1), date(year, 12, 31)))
    admitted = and_(in_year, S.result == "ADMITTED")
    query = select(
        S.referred_to, _count(and_(S.state == "OPEN", P.state.in_(STANDING))).label("waiting"),
        _count(admitted).label("admitted"), _count(and_(in_year, S.result == "REFUSED")).label("refused"),
        func.count(distinct(case((admitted, P.file_id)))).label("households"),
    ).join_from(assistance_steps, assistance_plans).where(
        S.kind == "REFERRAL", S.referred_to.is_not(None), P.org_path.like(f"{org_path}%")).group_by(S.referred_to)
    found = {row.referred_to: row._mapping for row in reading.all(query)}
    return {"year": year, "org_path": org_path, "figures": [found[one] for one in REFERRED_TO if one in found]}


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
