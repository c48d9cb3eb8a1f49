"""Reserves a campaign's money, some hundreds of households in one transaction, and hears what the bank paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from services.relief.adapters.applications import campaign_lines
from services.relief.application.applications import by_file, payment_caps
from services.relief.application.applications.holding import hold_households
from services.relief.application.applications.named import AIDED, homes_of
from services.relief.application.applications.occasions import active_files, hold_occasion
from services.relief.application.applications.payment_caps import Asked
from services.relief.application.funds.accounts import purpose_rule
from services.relief.application.payments.reserving import reserve
from services.relief.application.watch.deaths import dead_among
from services.relief.domain.applications.campaign import ABOUT, MOST_REASON, ReliefCampaign
from services.relief.domain.applications.programme import CENTRAL_SET
from services.relief.domain.funds.fund import ACCOUNTS_ZH, FundAccount, FundFrozen, NotEnough
from services.relief.domain.payments.line import Due, Outcome
from shared.kernel.money import format_yuan
from shared.store.work import Work

CHUNK = 300
LINE = campaign_lines.c
ABOVE_CAP = "超过本户年度标准 / above the household's cap of the year"
DEAD = "职工已去世 / the worker has died"
NOT_ACTIVE = "档案已不在档 / the file is not active any more"


def require_fund(fund: FundAccount, purpose: str, total_fen: int, *, is_collective: bool) -> None:
    """Everything the fund could refuse, before anything is written. Raises PurposeDenied, NeedsCollectiveApproval,
    FundFrozen, NotEnough."""
    purpose_rule(fund, purpose).require(is_collective=is_collective)
    if fund.is_frozen:
        raise FundFrozen(fund_no=fund.fund_no)
    if fund.available_fen < total_fen:
        raise NotEnough(fund_no=fund.fund_no, account="AVAILABLE", account_zh=ACCOUNTS_ZH["AVAILABLE"],
                        balance=format_yuan(fund.available_fen), wanted=format_yuan(total_fen),
                        balance_fen=fund.available_fen)


def is_short(campaign: ReliefCampaign) -> bool:
    """Whether the whole list is one chunk."""
    return campaign.listed_count <= CHUNK


def next_lines(look: by_file.Look, campaign_id: str) -> Sequence[Row[Any]]:
    """The next households whose money is not reserved."""
    waiting = select(LINE.id, LINE.file_id, LINE.household_id, LINE.worker_id, LINE.amount_fen).where(
        LINE.campaign_id == campaign_id, LINE.state == "LISTED")
    return look(waiting.order_by(LINE.number).limit(CHUNK))


@dataclass(frozen=True)
class Ahead:
    """The chunk as it was before the transaction began, when membership was asked about its people."""

    line_ids: frozenset[str]
    told: by_file.Told


def look_ahead(work: Work, campaign_id: str, fund_id: str) -> Ahead | None:
    """None where the source of the money asks nothing."""
    source = by_file.source_of(work, fund_id)
    if source is None or not by_file.asks(source):
        return None
    lines = next_lines(work.peek, campaign_id)
    told = by_file.told_of(work, source, [line.worker_id for line in lines])
    return Ahead(frozenset(line.id for line in lines), told)


def reserve_chunk(work: Work, campaign: ReliefCampaign, fund: FundAccount, ahead: Ahead | None) -> None:
    """The next chunk: each household is reserved, or skipped with the reason. Counters and lines change together, so
    a process that dies in the middle leaves the chunk as if it had not begun. Raises what `require_fund` raises."""
    lines = next_lines(by_file.inside(work), campaign.id)
    if ahead and any(line.id not in ahead.line_ids for line in lines):
        return  # another process has done the chunk meanwhile: nobody has asked about these
    require_fund(fund, campaign.relief_type, sum(line.amount_fen for line in lines),
                 is_collective=campaign.is_collective)
    reasons = _reasons(work, campaign, fund, lines, ahead.told if ahead else by_file.Told())
    fitting = [line for line in lines if line.id not in reasons]
    taken = _take(work, campaign, fitting)
    reasons |= dict.fromkeys({line.id for line in fitting} - {line.id for line in taken}, AIDED)
    if taken:
        reserve(work, fund.id, campaign.relief_type, [_due(campaign, line) for line in taken],
                is_collective=campaign.is_collective)
    _set(work, [line.id for line in taken], state="RESERVED")
    for reason in sorted(set(reasons.values())):
        _set(work, [line_id for line_id, why in reasons.items() if why == reason], state="SKIPPED", reason=reason)
    campaign.reserve_some(len(taken), sum(line.amount_fen for line in taken), len(lines) - len(taken))
    if campaign.done_count == campaign.listed_count:
        campaign.finish()


def _reasons(work: Work, campaign: ReliefCampaign, fund: FundAccount, lines: Sequence[Any],
             told: by_file.Told) -> dict[str, str]:
    """Line → why its household gets nothing: death, the file, the source of the money, or the cap."""
    dead = dead_among(by_file.inside(work), {line.worker_id for line in lines})
    active = active_files(work, [line.file_id for line in lines if line.file_id])
    found = {line.id: NOT_ACTIVE for line in lines if line.file_id and line.file_id not in active}
    found |= {line.id: DEAD for line in lines if line.worker_id in dead}
    found |= _unfit(work, campaign, fund, [line for line in lines if line.id not in found], told)
    too_much = _above_cap(work, campaign, fund, [line for line in lines if line.id not in found])
    return found | dict.fromkeys(too_much, ABOVE_CAP)


def _take(work: Work, campaign: ReliefCampaign, lines: Sequence[Any]) -> list[Any]:
    """The lines whose household had nothing for the occasion: one of each. Whoever was named without a file may have
    one by now, and then the need is the household's."""
    homes = homes_of(work, [line.worker_id for line in lines if line.file_id is None])
    household_of = {line.id: line.file_id or homes[line.worker_id].household_id for line in lines}
    first_of = {household_of[line.id]: line for line in reversed(lines)}
    held = hold_occasion(work, campaign, ABOUT, first_of)
    taken = [line for line in lines if household_of[line.id] in held and first_of[household_of[line.id]] is line]
    moved = [{"line": line.id, "household": household_of[line.id]} for line in taken
             if household_of[line.id] != line.household_id]
    if moved:
        move = update(campaign_lines).where(LINE.id == bindparam("line")).values(household_id=bindparam("household"))
        work.session.connection().execute(move, moved)
    return taken


def _unfit(work: Work, campaign: ReliefCampaign, fund: FundAccount, lines: Sequence[Any],
           told: by_file.Told) -> dict[str, str]:
    """Line → why the source of the money is not for its household."""
    recipients = {line.id: by_file.Recipient(line.worker_id, line.file_id) for line in lines}
    found = by_file.refusals(by_file.inside(work), fund.money, campaign.org_path, recipients, told)
    return {line_id: f"{no.text('zh')} / {no.text('en')}"[:MOST_REASON] for line_id, no in found.items()}


def _above_cap(work: Work, campaign: ReliefCampaign, fund: FundAccount, lines: Sequence[Any]) -> set[str]:
    """The ids of the lines that would take their household above its cap of the place or, where central money pays,
    above that of central money. Consolation money has no cap of the year: its ceiling is for each occasion, and an
    occasion is held once."""
    look, relief_type, found = by_file.inside(work), campaign.relief_type, set[str]()
    payments = {line.id: payment_caps.Payment(line.worker_id, line.file_id, line.amount_fen)
                for line in lines if line.file_id}
    if relief_type != "FESTIVAL":
        hold_households(work, {line.file_id for line in lines})
        found.update(payment_caps.refusals(look, Asked(relief_type, campaign.org_path, is_wanted=True), payments))
    if fund.source == CENTRAL_SET:
        found.update(payment_caps.refusals(look, Asked(relief_type, campaign.org_path, (CENTRAL_SET,)), payments))
    return found


def _due(campaign: ReliefCampaign, line: Row[Any]) -> Due:
    return Due(ABOUT, campaign.id, line.id, "WORKER", line.worker_id, line.amount_fen, str(campaign.document_no),
               tier=campaign.tier)


def _set(work: Work, line_ids: Sequence[str], **values: str) -> None:
    if line_ids:
        work.session.execute(update(campaign_lines).where(LINE.id.in_(line_ids)).values(**values))


def hear_campaigns(work: Work, outcomes: Sequence[Outcome]) -> None:
    """What the bank said of campaigns' lines."""
    for campaign_id in sorted({outcome.about_id for outcome in outcomes}):
        _hear(work, campaign_id, [one for one in outcomes if one.about_id == campaign_id])


def _hear(work: Work, campaign_id: str, outcomes: Sequence[Outcome]) -> None:
    campaign = work.load(ReliefCampaign, campaign_id, lock=True)
    line_ids = [outcome.about_part for outcome in outcomes]
    payees = select(LINE.id, LINE.worker_id).where(LINE.id.in_(line_ids))
    for told, state in (("PAID", "PAID"), ("RETURNED", "RESERVED"), ("RECOVERED", "RECOVERED")):
        _set(work, [one.about_part for one in outcomes if one.state == told], state=state)
    for outcome in outcomes:
        if outcome.state in ("FAILED", "RETURNED"):
            _set(work, [outcome.about_part], reason=outcome.reason[:500])
    campaign.hear(outcomes, {row.id: row.worker_id for row in work.session.execute(payees)})
