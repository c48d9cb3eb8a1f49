"""One household, one occasion: whoever comes first holds the need, be it a campaign of money or of goods."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from sqlalchemy import ColumnElement, delete, exists, literal, or_, select

from services.relief.adapters.applications import held_needs
from services.relief.adapters.files import hardship_files, hardship_members
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


def is_held(household_id: ColumnElement[str], year: int, occasion: str) -> ColumnElement[bool]:
    """Whether a household has something for the occasion: by its file, or one of its people by themselves, who had it
    before there was a file."""
    before, after = festival_key("*", year, occasion).split("*")
    h, m = held_needs.c, hardship_members.c
    of_member = h.need_key == literal(before) + m.worker_id + literal(after)
    return or_(exists().where(h.need_key == literal(before) + household_id + literal(after)),
               exists().where(m.file_id == household_id, of_member))


def aided_members(work: Work, campaign: Occasion, household_ids: Collection[str]) -> set[str]:
    """The files one of whose people has something for the occasion by themselves."""
    before, after = festival_key("*", campaign.year, campaign.occasion).split("*")
    h, m = held_needs.c, hardship_members.c
    query = select(m.file_id).join(held_needs, h.need_key == literal(before) + m.worker_id + literal(after))
    return set(work.session.scalars(query.where(m.file_id.in_(household_ids))))


def aided(work: Work, campaign: Occasion, household_ids: Collection[str]) -> set[str]:
    """The households, with a file or without, that have something for the occasion already."""
    keys = {festival_key(one, campaign.year, campaign.occasion): one for one in household_ids}
    held = work.session.scalars(select(held_needs.c.need_key).where(held_needs.c.need_key.in_(keys)))
    return {keys[key] for key in held} | aided_members(work, campaign, household_ids)


def hold_occasion(work: Work, campaign: Occasion, about: str, household_ids: Collection[str]) -> set[str]:
    """The households, by the id of their file or of the worker who has none, whose need for this occasion was still
    free, and is the campaign's now. In one order, so that two campaigns wait for one another and never both."""
    free = set(household_ids) - aided_members(work, campaign, household_ids)
    keys = {festival_key(one, campaign.year, campaign.occasion): one for one in sorted(free)}
    if not keys:
        return set()
    rows = [{"need_key": key, "about_kind": about, "about_id": campaign.id, "about_no": campaign.campaign_no}
            for key in keys]
    taking = work.database.insert(held_needs).values(rows).on_conflict_do_nothing(index_elements=["need_key"])
    return {keys[key] for key in work.session.execute(taking.returning(held_needs.c.need_key)).scalars()}


def free_occasion(work: Work, campaign: Occasion, household_ids: Collection[str]) -> None:
    """The households may have something else for this occasion."""
    keys = [festival_key(one, campaign.year, campaign.occasion) for one in household_ids]
    if keys:
        work.session.execute(delete(held_needs).where(held_needs.c.about_id == campaign.id,
                                                      held_needs.c.need_key.in_(keys)))
