"""Which households of a campaign may have its money within the cap of their year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.files import hardship_members
from services.relief.application.applications.earlier import earlier_of
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.applications.campaign import ReliefCampaign
from services.relief.domain.applications.caps import Situation, compute
from services.relief.domain.applications.programme import CENTRAL_SET
from services.relief.domain.applications.states import DECIDED
from services.relief.rules import means
from services.relief.rules.programmes import programmes
from shared.kernel.clock import now, today
from shared.kernel.errors import Refusal
from shared.kernel.org import division_of
from shared.store.work import Work


def above_cap(work: Work, campaign: ReliefCampaign, lines: Sequence[Any], source: str) -> set[str]:
    """The ids of the lines that would take their household above its cap of the place or, where central money pays,
    above that of central money. Consolation money has no cap of the year: its ceiling is for each occasion, and an
    occasion is held once."""
    if campaign.relief_type == "FESTIVAL":
        return set()
    _hold(work, relief_applications.c.household_id.in_([line.file_id for line in lines]))
    people = _people(work, [line.file_id for line in lines])
    too_much = {line.id for line in lines if not _fits(work, campaign, line, people.get(line.file_id, []), None)}
    if source == CENTRAL_SET:
        too_much |= {line.id for line in lines
                     if not _fits(work, campaign, line, people.get(line.file_id, []), (CENTRAL_SET,))}
    return too_much


def hold_related(work: Work, application: ReliefApplication) -> None:
    """Hold what counts together with an application: of its household, its person and its student."""
    a = relief_applications.c
    related = [a.household_id == application.household_id, a.person_id == application.person_id]
    if application.student_key:
        related.append(a.student_key == application.student_key)
    _hold(work, or_(*related))


def _hold(work: Work, which: ColumnElement[bool]) -> None:
    """Two decisions on money that counts together take turns: each holds the applications until its commit."""
    a = relief_applications.c
    found = select(a.id).where(which, a.state.in_((*DECIDED, "PROPOSED")))
    work.session.execute(found.order_by(a.id).with_for_update())


def _people(work: Work, file_ids: Sequence[str]) -> dict[str, list[str]]:
    m, found = hardship_members.c, dict[str, list[str]]()
    for row in work.session.execute(select(m.file_id, m.worker_id).where(m.file_id.in_(file_ids),
                                                                         m.worker_id.isnot(None))):
        found.setdefault(row.file_id, []).append(row.worker_id)
    return found


def _fits(work: Work, campaign: ReliefCampaign, line: Any, people: list[str], sets: Sequence[str] | None) -> bool:
    """Whether what the line gives is within what an application of the household could still have, by the rule sets
    of the place or by those named."""
    on, division = today(), division_of(campaign.org_path)
    rule = programmes().find(campaign.relief_type, line.grade, None, on, division, sets)
    asked = ReliefApplication(line.id, campaign.org_path, "-", campaign.relief_type, line.grade, campaign.tier,
                              line.worker_id, line.worker_id, line.file_id, on.year, campaign.drafted_by, now(),
                              household=people)
    if rule is None:
        return sets is not None
    situation = Situation({}, means.standards().on(on, division).dibao_fen, earlier_of(work, asked, rule, on.year))
    try:
        return bool(line.amount_fen <= compute(rule, situation).cap_fen)
    except Refusal:
        return False
