"""One household, one occasion: whoever comes first holds the need, be it a campaign of money or of goods."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from sqlalchemy import delete, select

from services.relief.adapters.applications import held_needs
from services.relief.adapters.files import hardship_files
from services.relief.domain.applications.need import festival_key
from shared.store.work import Work


class Occasion(Protocol):
    """A campaign, as far as the need of a household is concerned."""

    id: str
    campaign_no: str
    year: int
    occasion: str


def active_files(work: Work, file_ids: Collection[str]) -> set[str]:
    f = hardship_files.c
    return set(work.session.scalars(select(f.id).where(f.id.in_(file_ids), f.state == "ACTIVE")))


def hold_occasion(work: Work, campaign: Occasion, about: str, file_ids: Collection[str]) -> set[str]:
    """The files whose need for this occasion was still free, and is the campaign's now. In one order, so that two
    campaigns wait for one another and never both."""
    keys = {festival_key(file_id, campaign.year, campaign.occasion): file_id for file_id in sorted(file_ids)}
    if not keys:
        return set()
    rows = [{"need_key": key, "about_kind": about, "about_id": campaign.id, "about_no": campaign.campaign_no}
            for key in keys]
    taking = work.database.insert(held_needs).values(rows).on_conflict_do_nothing(index_elements=["need_key"])
    return {keys[key] for key in work.session.execute(taking.returning(held_needs.c.need_key)).scalars()}


def free_occasion(work: Work, campaign: Occasion, file_ids: Collection[str]) -> None:
    """The households may have something else for this occasion."""
    keys = [festival_key(file_id, campaign.year, campaign.occasion) for file_id in file_ids]
    if keys:
        work.session.execute(delete(held_needs).where(held_needs.c.about_id == campaign.id,
                                                      held_needs.c.need_key.in_(keys)))
