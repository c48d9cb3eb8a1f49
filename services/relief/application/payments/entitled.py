"""Whether the household behind a line may have its money still (依档帮扶): looked at when a batch is checked, again
when its bank files are made, and a last time when they leave the house.

What was approved for a file waits while that is suspended and is not paid once it is cancelled; nobody is paid who has
died; of lines of lists it is asked what the source of their money asks, and whether they stay within the caps. What was
approved for two files that were merged (合并档案) since is held to the one cap that the household has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, func, or_, select, union_all
from sqlalchemy.orm import aliased

from services.relief.adapters.applications import campaign_lines, relief_applications
from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.funds import funds
from services.relief.adapters.mutual_aid import mutual_aid_enrolments, mutual_aid_union_shares
from services.relief.adapters.payments import payment_lines
from services.relief.application.applications import by_file, payment_caps
from services.relief.application.applications.by_file import Look
from services.relief.application.watch.deaths import is_deceased
from services.relief.domain.applications import application, campaign
from services.relief.domain.applications.kinds import TYPES
from services.relief.domain.applications.programme import CENTRAL_SET
from services.relief.domain.applications.refusals import NotAMember, SourceNotForFile
from services.relief.domain.funds.purposes import money_code
from services.relief.domain.mutual_aid.union_share import ABOUT as UNION_SHARE
from services.relief.domain.payments.batch import LIST_MATTER
from services.relief.domain.payments.line import Fault
from shared.kernel.errors import Refusal
from shared.store.work import Work

#: why a source of money is not for a household → the fault of its line; whatever else rules it out is about the cap
FAULT_OF: Mapping[type[Refusal], str] = {SourceNotForFile: "FILE_UNFIT", NotAMember: "NOT_A_MEMBER"}
ABOVE_CAP, NOT_IN_FORCE, FEE_NOT_PAID = "ABOVE_CAP", "FILE_NOT_IN_FORCE", "FEE_NOT_PAID"
DECEASED = "PAYEE_DECEASED"
#: fraud is suspected (暂停), or the file was cancelled (注销): death, fraud, moved away
BARRED = ("SUSPENDED", "CANCELLED")
#: what was held to the cap of a file when it was approved
APPROVED = (application.ABOUT, campaign.ABOUT)
#: lines of a list looked at together
CHUNK = 1_000
#: and named in a refusal
MOST_NAMED = 20
#: characters of what a rule says of a line
MOST_NOTE = 1_000
A, C, F, L = relief_applications.c, campaign_lines.c, hardship_files.c, payment_lines.c
Lines = Sequence[Row[Any]]


def faults(work: Work, rows: Lines) -> dict[str, Fault]:
    """Line id → why its household may not have it; asked before the transaction begins, of lines of one batch."""
    known = _not_in_force(work.peek, _among(rows), hold=False) | _unpaid_fees(work.peek, rows)
    found = {line_id: Fault(code) for line_id, code in known.items()}
    why = _why(work, _lists(rows)) | {line_id: refusal for line_id, refusal in _above_merged(
        work.peek, _among(rows)).items() if line_id not in found}
    found |= {line_id: Fault(_code(refusal), told(refusal)) for line_id, refusal in why.items()}
    return found | {line_id: Fault(code) for line_id, code in _of_the_dead(work.peek, _among(rows)).items()}


def told(refusal: Refusal) -> str:
    """A rule's words for people."""
    return f"{refusal.text('zh')} {refusal.text('en')}"[:MOST_NOTE]


def lost(look: Look, rows: Lines, *, hold: bool = False) -> dict[str, str]:
    """What has changed with the files since the check: line id → fault. `hold` keeps the files as they are until the
    commit, so that none is suspended between this look and the bank's file."""
    among = _among(rows)
    found = _lost_of_merged(look, among) | _not_in_force(look, among, hold=hold)
    return found | _lost_of_lists(look, _lists(rows), hold=hold) | _of_the_dead(look, among)


def lost_of_batch(look: Look, batch_id: str) -> dict[str, str]:
    """`lost` of all lines of a batch. A file that is suspended after this look is suspended after the sending: both
    may be."""
    mine, cursor = L.batch_id == batch_id, ""
    found = _lost_of_merged(look, mine) | _not_in_force(look, mine, hold=False) | _of_the_dead(look, mine)
    lists = select(payment_lines).where(mine, L.about_kind == LIST_MATTER).order_by(L.id)
    if _asking_fund(look, look(lists.limit(1))) is None:
        return found
    while rows := look(lists.where(L.id > cursor).limit(CHUNK)):
        found |= _lost_of_lists(look, rows, hold=False)
        cursor = rows[-1].id
    return found


def some_of(found: Mapping[str, str]) -> str:
    """For people: the first lines."""
    return ", ".join(sorted(found)[:MOST_NAMED]) + ("…" if len(found) > MOST_NAMED else "")


def _among(rows: Lines) -> ColumnElement[bool]:
    return L.id.in_([row.id for row in rows])


def _lost_of_lists(look: Look, lists: Lines, *, hold: bool) -> dict[str, str]:
    fund = _asking_fund(look, lists)
    if fund is None:
        return {}
    recipients = _recipients(look, lists)
    if hold:
        _hold(look, F.id.in_({one.file_id for one in recipients.values() if one.file_id}))
    why = by_file.refusals(look, fund.money, fund.org_path, recipients, None)
    return {line_id: _code(refusal) for line_id, refusal in why.items()}


def _of_the_dead(look: Look, which: ColumnElement[bool]) -> dict[str, str]:
    """Lines whose payee has died. Whether that is told after the look at an earlier step, the next one sees it."""
    return {row.id: DECEASED for row in look(select(L.id).where(which, L.payee_kind == "WORKER",
                                                                is_deceased(L.payee_id)))}


def _lists(rows: Lines) -> Lines:
    return [row for row in rows if row.about_kind == LIST_MATTER]


def _code(refusal: Refusal) -> str:
    return FAULT_OF.get(type(refusal), ABOVE_CAP)


def _unpaid_fees(look: Look, rows: Lines) -> dict[str, str]:
    """The union's shares of fees whose other part no unit has paid yet; once it has, that stands."""
    shares = [row.about_id for row in rows if row.about_kind == UNION_SHARE]
    if not shares:
        return {}
    e, s = mutual_aid_enrolments.c, mutual_aid_union_shares.c
    unpaid = select(L.id).join(mutual_aid_union_shares, s.id == L.about_id).join(
        mutual_aid_enrolments, e.id == s.enrolment_id).where(_among(rows), L.about_kind == UNION_SHARE,
                                                             e.state == "LISTED")
    return {row.id: FEE_NOT_PAID for row in look(unpaid)}


# -- what the source asks, and the caps --------------------------------------------------------------------------


@dataclass(frozen=True)
class Money:
    """A fund: what rules call its money, and where it lies."""

    money: str
    org_path: str


def _fund(look: Look, lists: Lines) -> Money:
    columns = select(funds.c.source, funds.c.fiscal_level, funds.c.org_path)
    [fund] = look(columns.where(funds.c.id == lists[0].fund_id))
    return Money(money_code(fund.source, fund.fiscal_level), fund.org_path)


def _asking_fund(look: Look, lists: Lines) -> Money | None:
    """The fund of the lines, if its money asks anything of households."""
    found = _fund(look, lists) if lists else None
    return found if found and by_file.condition_of(found.money, found.org_path) else None


def _recipients(look: Look, lists: Lines) -> dict[str, by_file.Recipient]:
    file_of = by_file.active_files(look, {line.payee_id for line in lists})
    return {line.id: by_file.Recipient(line.payee_id, file_of.get(line.payee_id)) for line in lists}


def _why(work: Work, lists: Lines) -> dict[str, Refusal]:
    """First whom the money is not for, then who would get too much."""
    if not lists:
        return {}
    fund = _fund(work.peek, lists)
    found = _not_for(work, fund, lists)
    return found | _above_caps(work.peek, fund, [line for line in lists if line.id not in found])


def _not_for(work: Work, fund: Money, lists: Lines) -> dict[str, Refusal]:
    if by_file.condition_of(fund.money, fund.org_path) is None:
        return {}
    recipients = _recipients(work.peek, lists)
    facts = by_file.told_of(work, fund.money, [one.worker_id for one in recipients.values() if one.file_id])
    return by_file.refusals(work.peek, fund.money, fund.org_path, recipients, facts)


def _above_caps(look: Look, fund: Money, lists: Lines, *, is_of_household: bool = False) -> dict[str, Refusal]:
    """Whatever money pays, the caps of the household's place; and those of central money where that pays. Purposes
    that are no relief of a household have none."""
    if not lists or lists[0].purpose not in TYPES:
        return {}
    file_of = payment_caps.graded_files(look, {line.payee_id for line in lists})
    payments = {line.id: payment_caps.Payment(line.payee_id, file_of.get(line.payee_id), line.amount_fen,
                                              is_reserved=True) for line in lists}
    found: dict[str, Refusal] = {}
    for sets in (None, (CENTRAL_SET,)) if fund.money == CENTRAL_SET else (None,):
        asked = payment_caps.Asked(lists[0].purpose, fund.org_path, sets, lists[0].about_id,
                                   is_of_household=is_of_household)
        found |= payment_caps.refusals(look, asked, payments)
    return found


# -- households that are one now ---------------------------------------------------------------------------------


def _above_merged(look: Look, which: ColumnElement[bool]) -> dict[str, Refusal]:
    """Each file had its cap when money was approved for it; merged, the household has one, whatever is on its way."""
    heirs = select(F.merged_into_id).where(F.merged_into_id.is_not(None))
    m = hardship_members.c
    people = select(m.worker_id).where(m.is_open, m.file_id.in_(heirs))
    lines = look(select(payment_lines).where(which, L.about_kind.in_(APPROVED), L.payee_id.in_(people)))
    return _above_caps(look, _fund(look, lines), lines, is_of_household=True) if lines else {}


def _lost_of_merged(look: Look, which: ColumnElement[bool]) -> dict[str, str]:
    return {line_id: _code(refusal) for line_id, refusal in _above_merged(look, which).items()}


# -- what has become of the file ---------------------------------------------------------------------------------


def _files_of(which: ColumnElement[bool]) -> CompoundSelect[Any]:
    """Line and the file that its money was approved for."""
    of_applications = select(L.id.label("line_id"), A.file_id).join(relief_applications, A.id == L.about_id).where(
        which, L.about_kind == application.ABOUT, A.file_id.is_not(None))
    of_campaigns = select(L.id.label("line_id"), C.file_id).join(campaign_lines, C.id == L.about_part).where(
        which, L.about_kind == campaign.ABOUT)
    return union_all(of_applications, of_campaigns)


def _not_in_force(look: Look, which: ColumnElement[bool], *, hold: bool) -> dict[str, str]:
    """In one statement, however many lines. A file that was cancelled because another took its household in stands as
    the other does."""
    of, heirs = _files_of(which).subquery(), aliased(hardship_files)
    if hold:
        mine = select(of.c.file_id)
        heirs_of = select(F.merged_into_id).where(F.id.in_(mine), F.merged_into_id.is_not(None))
        _hold(look, or_(F.id.in_(mine), F.id.in_(heirs_of)))
    barred = select(of.c.line_id).join(hardship_files, F.id == of.c.file_id).outerjoin(
        heirs, heirs.c.id == F.merged_into_id).where(func.coalesce(heirs.c.state, F.state).in_(BARRED))
    return {row.line_id: NOT_IN_FORCE for row in look(barred)}


def _hold(look: Look, which: ColumnElement[bool]) -> None:
    """Keep files as they are until the commit, in one order."""
    look(select(F.id).where(which).order_by(F.id).with_for_update(read=True))
