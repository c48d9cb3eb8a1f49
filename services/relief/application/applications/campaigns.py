"""Campaigns: the list, its approval, and what became of its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select, update

from services.relief.adapters.applications import campaign_lines, relief_campaigns
from services.relief.adapters.bulk import inserting
from services.relief.application.applications.applying import year_of
from services.relief.application.applications.listing import free_households, require_somebody
from services.relief.application.applications.named import AIDED, check_named, named_lines
from services.relief.application.applications.occasions import free_occasion
from services.relief.application.applications.reserving import (
    is_short,
    look_ahead,
    require_fund,
    reserve_chunk,
)
from services.relief.application.applications.who import is_collective, require_level
from services.relief.application.payments.reserving import release
from services.relief.application.workers import listed_workers
from services.relief.domain.applications.campaign import ABOUT, ReliefCampaign
from services.relief.domain.applications.kinds import NAMED_GROUNDS, UNFILED
from services.relief.domain.applications.need import masked
from services.relief.domain.applications.refusals import (
    GradeWithoutAmount,
    LinesNotFree,
    NotOnTheList,
    ProgrammeMissing,
)
from services.relief.domain.funds.fund import FundAccount
from services.relief.rules import means
from services.relief.rules.programmes import programmes
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.money import total
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work

MOST_HOUSEHOLDS = 20_000
LINE = campaign_lines.c


def draft_campaign(work: Work, asked: Asked) -> ReliefCampaign:
    body = asked.body
    facts = listed_workers(work, [one["worker_id"] for one in body["workers"]])
    check_named(body["relief_type"], body["amounts_fen"], body["workers"], facts)
    path = place_of(work.caller, body.get("org_path"))
    filters = {**body["filters"], "within": place_of(work.caller, body["filters"]["within"] or path, "/filters/within")}
    campaign = ReliefCampaign(
        new_id(), path, work.next_number("WW", path), body["title"], body["relief_type"], body["occasion"],
        year_of(body["year"]), "EMERGENCY", work.caller.account_id, now(), dict(body["amounts_fen"]), filters)
    _check_amounts(campaign, is_named_only=bool(body["workers"]) and not body["filters"]["file_ids"])
    _list(work, campaign, body["workers"])
    campaign.tell_drafted()
    return work.add(campaign)


def _check_amounts(campaign: ReliefCampaign, *, is_named_only: bool) -> None:
    """Of each grade and ground; whoever is named is held to the programme for people without a file. `is_named_only`
    allows that no file is listed. Raises GradeWithoutAmount, ProgrammeMissing, AboveReliefCap."""
    filed = [one for one in campaign.amounts_fen if one not in NAMED_GROUNDS]
    grades = campaign.filters["grades"] or filed
    campaign.filters["grades"] = grades
    for grade in grades or (() if is_named_only else ("DEEP",)):
        if grade not in campaign.amounts_fen:
            raise GradeWithoutAmount(pointer="/amounts_fen", grade=grade)
    on, division = today(), division_of(campaign.org_path)
    dibao_fen = means.standards().on(on, division).dibao_fen
    for one in campaign.amounts_fen:
        whom = one if one in filed else UNFILED
        rule = programmes().find(campaign.relief_type, whom, None, on, division)
        if rule is None:
            raise ProgrammeMissing(pointer="/relief_type", relief_type=campaign.relief_type, whom=whom,
                                   school_level="-", possible=", ".join(programmes().possible(whom, on, division)))
        campaign.check_amount(one, rule, dibao_fen)


def _list(work: Work, campaign: ReliefCampaign, workers: Sequence[Mapping[str, str]]) -> None:
    """Set-based: the files are selected in one statement and the lines put in by thousands, files first.
    Raises FileUnknown, NobodyListed, ListTooLong, SumTooLarge."""
    free, aided_count = free_households(work, campaign.filters, campaign.year, campaign.occasion, MOST_HOUSEHOLDS)
    lines = [*(_line_of(campaign, row) for row in free),
             *named_lines(work, campaign, workers, {row.id for row in free})]
    listed = [line for line in lines if line["state"] == "LISTED"]
    campaign.already_aided_count = aided_count + sum(line["reason"] == AIDED for line in lines)
    require_somebody(len(listed), campaign.already_aided_count)
    campaign.listed_count = len(listed)
    campaign.total_fen = total((f"/amounts_fen/{line['grade'] or line['ground']}", line["amount_fen"])
                               for line in listed)
    common = {"campaign_id": campaign.id, "org_path": campaign.org_path, "created_at": campaign.created_at}
    work.at_the_end(inserting(campaign_lines, [{"id": new_id(), "number": number, **common, **line}
                                               for number, line in enumerate(lines, 1)]))


def _line_of(campaign: ReliefCampaign, row: Row[Any]) -> dict[str, Any]:
    return {"file_id": row.id, "file_no": row.file_no, "household_id": row.id, "worker_id": row.head_worker_id,
            "grade": row.grade, "ground": "HARDSHIP", "amount_fen": campaign.amounts_fen[row.grade], "state": "LISTED",
            "reason": None}


def get_campaign(reading: Reading, asked: Asked) -> ReliefCampaign:
    return reading.record(ReliefCampaign, asked.path["campaign_id"])


def list_campaigns(reading: Reading, asked: Asked) -> dict[str, Any]:
    c = relief_campaigns.c
    where = [c[name] == asked.query[name] for name in ("state", "occasion", "year") if name in asked.query]
    return reading.page(relief_campaigns, asked.query, sort=[c.created_at, c.total_fen], where=where)


def list_campaign_lines(reading: Reading, asked: Asked) -> dict[str, Any]:
    campaign = reading.record(ReliefCampaign, asked.path["campaign_id"])
    where = [LINE.campaign_id == campaign.id]
    where += [LINE[name] == asked.query[name] for name in ("state", "grade", "ground") if name in asked.query]
    page = reading.page(campaign_lines, asked.query, sort=[LINE.number, LINE.amount_fen], where=where)
    return {**page, "items": [_shown(row) for row in page["items"]]}


def _shown(row: Row[Any]) -> dict[str, Any]:
    """Whoever was listed by the file is not named."""
    return {**row._mapping, "file_no": row.file_no and masked(row.file_no),
            "worker_id": None if row.ground == "HARDSHIP" else row.worker_id}


def exclude_from_campaign(work: Work, asked: Asked) -> ReliefCampaign:
    campaign = target(work, asked)
    line_id = asked.body["line_id"]
    of_campaign = (LINE.id == line_id, LINE.campaign_id == campaign.id, LINE.state == "LISTED")
    amount_fen = work.session.execute(select(LINE.amount_fen).where(*of_campaign)).scalar()
    campaign.machine.next(campaign.state, "exclude")
    if amount_fen is None:
        raise NotOnTheList(pointer="/line_id", line_id=line_id)
    work.session.execute(update(campaign_lines).where(*of_campaign).values(state="EXCLUDED",
                                                                           reason=asked.body["reason"]))
    work.note("exclude_from_campaign", "CampaignLine", line_id, {"campaign_no": campaign.campaign_no,
                                                                 "reason": asked.body["reason"]})
    campaign.take_off(amount_fen)
    return campaign


def approve_campaign(work: Work, asked: Asked) -> ReliefCampaign:
    """A list of some hundreds is reserved at once, a longer one by and by (see `ticks`). The fund must have the money
    for the whole list now."""
    ahead = look_ahead(work, asked.path["campaign_id"], asked.body["fund_id"])
    campaign = target(work, asked)
    campaign.machine.next(campaign.state, "approve")
    require_level(work, campaign.org_path, campaign.total_fen, "campaign")
    fund = work.load(FundAccount, asked.body["fund_id"], lock=True)
    require_fund(fund, campaign.relief_type, campaign.total_fen, is_collective=is_collective(work))
    campaign.approve(fund.id, fund.source, asked.body["document_no"], is_collective(work), work.caller.account_id,
                     today())
    if is_short(campaign):
        reserve_chunk(work, campaign, fund, ahead)
    return campaign


def cancel_campaign(work: Work, asked: Asked) -> ReliefCampaign:
    campaign = target(work, asked)
    campaign.cancel(asked.body["reason"])
    return campaign


def stop_campaign(work: Work, asked: Asked) -> ReliefCampaign:
    campaign = target(work, asked)
    waiting = (LINE.campaign_id == campaign.id, LINE.state == "LISTED")
    campaign.machine.next(campaign.state, "stop")
    reason = asked.body["reason"]
    left = update(campaign_lines).where(*waiting).values(state="SKIPPED", reason=reason).returning(LINE.id)
    campaign.stop(len(work.session.execute(left).all()), reason)
    return campaign


def release_campaign_lines(work: Work, asked: Asked) -> ReliefCampaign:
    """All of the named households or none; each may then have something else for the occasion. Raises LinesNotFree,
    also when a batch has taken one meanwhile."""
    campaign, line_ids, reason = target(work, asked), set(asked.body["line_ids"]), asked.body["reason"]
    campaign.machine.next(campaign.state, "release")
    stuck = line_ids - set(release(work, ABOUT, campaign.id, str(campaign.document_no), line_ids))
    if stuck:
        raise LinesNotFree(pointer="/line_ids", count=len(stuck), line_id=min(stuck))
    gone = update(campaign_lines).where(LINE.id.in_(line_ids)).values(state="RELEASED", reason=reason)
    rows = work.session.execute(gone.returning(LINE.household_id, LINE.amount_fen)).all()
    free_occasion(work, campaign, [row.household_id for row in rows])
    work.note("release_campaign_lines", "ReliefCampaign", campaign.id, {
        "campaign_no": campaign.campaign_no, "reason": reason, "line_ids": sorted(line_ids)})
    campaign.release(len(rows), sum(row.amount_fen for row in rows))
    return campaign


def target(work: Work, asked: Asked) -> ReliefCampaign:
    return work.target(ReliefCampaign, asked.path["campaign_id"])
