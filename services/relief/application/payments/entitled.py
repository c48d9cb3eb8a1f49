"""Whether the household behind a line may have its money still (依档帮扶): looked at when a batch is checked, and again
when its bank files are made.

What was approved for a file waits while that is suspended and is not paid once it is cancelled; of lines of lists it is
asked what the source of their money asks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from services.relief.adapters.applications import campaign_lines, relief_applications
from services.relief.adapters.files import hardship_files
from services.relief.adapters.funds import funds
from services.relief.application.applications import by_file, central_caps
from services.relief.application.applications.by_file import Look
from services.relief.domain.applications import application, campaign
from services.relief.domain.applications.refusals import NotAMember, SourceNotForFile
from services.relief.domain.payments.batch import LIST_MATTER
from shared.kernel.errors import Refusal
from shared.store.work import Work

#: why a source of money is not for a household → the fault of its line; whatever else rules it out is about the cap
FAULT_OF: Mapping[type[Refusal], str] = {SourceNotForFile: "FILE_UNFIT", NotAMember: "NOT_A_MEMBER"}
ABOVE_CAP, NOT_IN_FORCE = "ABOVE_CAP", "FILE_NOT_IN_FORCE"
#: fraud is suspected (暂停), or the file was cancelled (注销): death, fraud, moved away
BARRED = ("SUSPENDED", "CANCELLED")
A, C, F = relief_applications.c, campaign_lines.c, hardship_files.c
Lines = Sequence[Row[Any]]


def faults(work: Work, rows: Lines) -> dict[str, str]:
    """Line id → why its household may not have it; asked before the transaction begins, of lines of one batch."""
    found, lists = _not_in_force(work.peek, rows, hold=False), _lists(rows)
    fund = _asking_fund(work.peek, lists)
    return found if fund is None else found | _codes(_why(work, fund, lists))


def lost(look: Look, rows: Lines, *, hold: bool = False) -> dict[str, str]:
    """What has changed with the files since the check: line id → fault. `hold` keeps the files as they are until the
    commit, so that none is suspended between this look and the bank's file."""
    found, lists = _not_in_force(look, rows, hold=hold), _lists(rows)
    fund = _asking_fund(look, lists)
    if fund is None:
        return found
    recipients = _recipients(look, lists)
    if hold:
        _states(look, {one.file_id for one in recipients.values() if one.file_id}, hold=True)
    return found | _codes(by_file.refusals(look, fund.source, fund.org_path, recipients, None))


def _lists(rows: Lines) -> Lines:
    return [row for row in rows if row.about_kind == LIST_MATTER]


def _codes(why: Mapping[str, Refusal]) -> dict[str, str]:
    return {line_id: FAULT_OF.get(type(refusal), ABOVE_CAP) for line_id, refusal in why.items()}


# -- what the source asks ----------------------------------------------------------------------------------------


def _asking_fund(look: Look, lists: Lines) -> Row[Any] | None:
    """The fund of the lines, if its source asks anything of households."""
    if not lists:
        return None
    [fund] = look(select(funds.c.source, funds.c.org_path).where(funds.c.id == lists[0].fund_id))
    return None if by_file.condition_of(fund.source, fund.org_path) is None else fund


def _recipients(look: Look, lists: Lines) -> dict[str, by_file.Recipient]:
    file_of = by_file.active_files(look, {line.payee_id for line in lists})
    return {line.id: by_file.Recipient(line.payee_id, file_of.get(line.payee_id)) for line in lists}


def _why(work: Work, fund: Row[Any], lists: Lines) -> dict[str, Refusal]:
    """First whom the money is not for, then who would get too much of it."""
    recipients = _recipients(work.peek, lists)
    told = by_file.told_of(work, fund.source, [one.worker_id for one in recipients.values() if one.file_id])
    found = by_file.refusals(work.peek, fund.source, fund.org_path, recipients, told)
    payments = {line.id: central_caps.Payment(recipients[line.id].file_id, line.amount_fen, is_reserved=True)
                for line in lists if line.id not in found}
    return found | central_caps.refusals(work.peek, fund.source, lists[0].purpose, payments)


# -- what has become of the file ---------------------------------------------------------------------------------


def _of_applications(look: Look, lines: Lines) -> dict[str, str]:
    found = look(select(A.id, A.file_id).where(A.id.in_({line.about_id for line in lines}), A.file_id.is_not(None)))
    file_of = {row.id: row.file_id for row in found}
    return {line.id: file_of[line.about_id] for line in lines if line.about_id in file_of}


def _of_campaigns(look: Look, lines: Lines) -> dict[str, str]:
    found = look(select(C.id, C.file_id).where(C.id.in_({line.about_part for line in lines})))
    file_of = {row.id: row.file_id for row in found}
    return {line.id: file_of[line.about_part] for line in lines if line.about_part in file_of}


#: about_kind → line id → the file that its money was approved for
FILES_OF: Mapping[str, Callable[[Look, Lines], dict[str, str]]] = {
    application.ABOUT: _of_applications, campaign.ABOUT: _of_campaigns}


def _not_in_force(look: Look, rows: Lines, *, hold: bool) -> dict[str, str]:
    file_of = dict[str, str]()
    for kind, files_of in FILES_OF.items():
        mine = [row for row in rows if row.about_kind == kind]
        file_of |= files_of(look, mine) if mine else {}
    barred = _barred(look, set(file_of.values()), hold=hold)
    return {line_id: NOT_IN_FORCE for line_id, file_id in file_of.items() if file_id in barred}


def _barred(look: Look, file_ids: Collection[str], *, hold: bool) -> set[str]:
    """A file that was cancelled because another took its household in stands as the other does."""
    files = _states(look, file_ids, hold=hold)
    heirs = _states(look, {row.merged_into_id for row in files.values() if row.merged_into_id}, hold=hold)
    return {row.id for row in files.values() if heirs.get(row.merged_into_id, row).state in BARRED}


def _states(look: Look, file_ids: Collection[str], *, hold: bool) -> dict[str, Row[Any]]:
    """The files by id, held in one order if asked."""
    if not file_ids:
        return {}
    found = select(F.id, F.state, F.merged_into_id).where(F.id.in_(file_ids)).order_by(F.id)
    return {row.id: row for row in look(found.with_for_update(read=True) if hold else found)}
