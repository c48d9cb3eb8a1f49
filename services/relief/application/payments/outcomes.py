"""Who wants to hear what became of a payment line, by the kind of its matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from services.relief.application.applications.money import hear_applications
from services.relief.application.applications.reserving import hear_campaigns
from services.relief.application.mutual_aid import paid as mutual_aid
from services.relief.application.mutual_aid import union_shares
from services.relief.application.platforms import paying as platforms
from services.relief.domain.mutual_aid.union_share import ABOUT as UNION_SHARE
from services.relief.domain.payments.line import Outcome
from services.relief.domain.platforms.settlement import ABOUT as CARE_SETTLEMENT
from shared.store.work import Work

Hearing = Callable[[Work, Sequence[Outcome]], None]

#: about_kind → the function of the part that owns the matter, called in the transaction of the line's change
HEARINGS: Mapping[str, Hearing] = {
    CARE_SETTLEMENT: platforms.hear,
    "ReliefApplication": hear_applications,
    "ReliefCampaign": hear_campaigns,
    "MutualAidClaim": mutual_aid.hear,
    UNION_SHARE: union_shares.hear,
}


def tell(work: Work, outcomes: Sequence[Outcome]) -> None:
    """Let every matter hear of its lines."""
    by_kind: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_kind.setdefault(outcome.about_kind, []).append(outcome)
    for kind, of_kind in by_kind.items():
        if kind in HEARINGS:
            HEARINGS[kind](work, of_kind)
