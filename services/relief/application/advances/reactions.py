"""What other services tell that concerns wage advances."""

from __future__ import annotations

from services.relief.application.advances.advances import draft, policy_of, require_free_claims
from services.relief.domain.advances.wage_advance import WageAdvance
from shared.contracts.relief.advances.codes import ALTERNATIVES
from shared.kernel.errors import Refusal
from shared.service.react import Told
from shared.store.work import Work


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


REACTIONS = {"mediation.wage_advance_requested.v1": propose_requested_advance}
