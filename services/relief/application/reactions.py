"""What relief does when other services tell it something."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.tables import hardship_files, hardship_members
from services.relief.application.advances import draft, policy_of, require_free_claims
from services.relief.domain.hardship_file import HardshipFile
from services.relief.domain.wage_advance import WageAdvance
from shared.contracts.referrals import VISIT_ROUTED
from shared.contracts.relief.codes import ALTERNATIVES
from shared.kernel.errors import Refusal
from shared.service import referrals
from shared.service.react import Told
from shared.store.work import Work

REVIEW_REASON = "就业安置已确认 / placement confirmed"


def propose_requested_advance(work: Work, told: Told) -> None:
    """Mediation asks for an advance. One that the rules forbid is refused at once, so that the mediator hears why."""
    if work.find(WageAdvance, request_id=told.id):
        return
    advance = draft(work, told.org_path, told.data, told.data["requested_by"])
    advance.request_id = told.id
    against = _against(work, advance)
    if against:
        advance.refuse(f"{against.text('zh')} / {against.text('en')}"[:500], ALTERNATIVES)
    else:
        advance.tell_proposed()
    work.add(advance)


def _against(work: Work, advance: WageAdvance) -> Refusal | None:
    try:
        advance.check(policy_of(advance))
        require_free_claims(work, advance)
    except Refusal as refusal:
        return refusal
    return None


def review_file_of_placed(work: Work, told: Told) -> None:
    """A member of an active household has found work: the file is reviewed, once for a placement."""
    m = hardship_members.c
    of_worker = select(m.file_id).where(m.worker_id == told.data["worker_id"], m.is_open)
    for file in work.all(select(HardshipFile).where(hardship_files.c.id.in_(of_worker))):
        if file.state == "ACTIVE" and told.data["placement_id"] not in file.reviewed_placements:
            file.start_review(REVIEW_REASON, told.data["placement_id"])


REACTIONS = {
    "mediation.wage_advance_requested.v1": propose_requested_advance,
    "jobs.placement_confirmed.v1": review_file_of_placed,
    VISIT_ROUTED: referrals.keep_referrals,
}
