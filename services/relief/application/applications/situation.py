"""What an application is computed from as things stand now, the same wherever a cap is asked for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from services.relief.adapters.applications import relief_applications
from services.relief.application.applications.earlier import earlier_of, people_of
from services.relief.application.mutual_aid.granted import paid_claims
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.applications.caps import Situation
from services.relief.domain.applications.mutual_aid import KnownClaim
from services.relief.domain.applications.programme import Programme
from services.relief.domain.applications.states import DECIDED
from services.relief.rules import means
from shared.kernel.clock import today
from shared.kernel.org import division_of
from shared.store.work import Work


def situation_of(work: Work, application: ReliefApplication, programme: Programme) -> Situation:
    """Facts, standard, earlier relief, and what others gave."""
    on = today()
    standard = means.standards().on(on, division_of(application.org_path))
    return Situation(application.need, standard.dibao_fen, earlier_of(work, application, programme, on.year),
                     application.same_need_aid, _claims(work, application, programme, on))


def _claims(work: Work, application: ReliefApplication, programme: Programme, on: date) -> tuple[KnownClaim, ...]:
    """The claims of the household that mutual aid paid for the need: of a medical one, from the first day of the year
    on, or from the day it happened if that was earlier. No number ties a claim to a bill, so each claim counts against
    one bill: what a decided application of the household has counted is left out."""
    if application.relief_type != "MEDICAL" and programme.base != "own_paid_fen":
        return ()
    first = date(min(application.year, on.year), 1, 1)
    since = min(first, application.need.get("happened_on") or first)
    counted = _counted(work, application)
    found = paid_claims(work.session.connection(), people_of(application), since)
    return tuple(KnownClaim(row.claim_no, row.amount_fen, row.paid_on) for row in found
                 if row.claim_no not in counted)


def _counted(work: Work, application: ReliefApplication) -> set[str]:
    a = relief_applications.c
    decided = select(a.counted_claims).where(a.household_id == application.household_id, a.id != application.id,
                                             a.state.in_(DECIDED))
    return {claim_no for claims in work.session.scalars(decided) for claim_no in claims}
