"""What relief does when other services tell it something: the reactions of its parts, in this order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from services.relief.application.advances.reactions import REACTIONS as ADVANCES
from services.relief.application.files.deaths import REACTIONS as DEATHS
from services.relief.application.files.reactions import REACTIONS as FILES
from services.relief.application.plans.reactions import REACTIONS as PLANS
from services.relief.application.platforms.deaths import REACTIONS as CARDS
from services.relief.application.watch.reactions import REACTIONS as WATCH
from shared.contracts.referrals import VISIT_ROUTED
from shared.service import referrals
from shared.service.react import Reaction, Told
from shared.store.work import Work


def together(parts: Iterable[Mapping[str, Reaction]]) -> dict[str, Reaction]:
    """One reaction for each event: every part's, in one transaction."""
    found: dict[str, list[Reaction]] = {}
    for part in parts:
        for kind, reaction in part.items():
            found.setdefault(kind, []).append(reaction)
    return {kind: _all(reactions) for kind, reactions in found.items()}


def _all(reactions: list[Reaction]) -> Reaction:
    def react(work: Work, told: Told) -> None:
        for reaction in reactions:
            reaction(work, told)

    return reactions[0] if len(reactions) == 1 else react


REACTIONS = together((
    {VISIT_ROUTED: referrals.keep_referrals},
    ADVANCES,
    FILES,
    PLANS,
    WATCH,
    CARDS,
    # by what the watch knows
    DEATHS,
))
