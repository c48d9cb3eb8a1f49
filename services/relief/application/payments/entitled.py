"""Whether the household behind a line may have its money (依档帮扶): looked at when a batch is checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from services.relief.adapters.funds import funds
from services.relief.application.applications import by_file, central_caps
from services.relief.domain.applications.refusals import NotAMember, SourceNotForFile
from services.relief.domain.payments.batch import LIST_MATTER
from shared.kernel.errors import Refusal
from shared.store.work import Work

#: why a source of money is not for a household → the fault of its line; whatever else rules it out is about the cap
FAULT_OF: Mapping[type[Refusal], str] = {SourceNotForFile: "FILE_UNFIT", NotAMember: "NOT_A_MEMBER"}
ABOVE_CAP = "ABOVE_CAP"


def faults(work: Work, rows: Sequence[Row[Any]]) -> dict[str, str]:
    """Line id → why its household may not have it; asked before the transaction begins, of the lines of one batch.

    What was approved case by case was asked then; lines of lists are asked here.
    """
    listed = [row for row in rows if row.about_kind == LIST_MATTER]
    if not listed:
        return {}
    [fund] = work.peek(select(funds.c.source, funds.c.org_path).where(funds.c.id == listed[0].fund_id))
    if by_file.condition_of(fund.source, fund.org_path) is None:
        return {}
    return {line_id: FAULT_OF.get(type(why), ABOVE_CAP) for line_id, why in _why(work, fund, listed).items()}


def _why(work: Work, fund: Row[Any], lines: Sequence[Row[Any]]) -> dict[str, Refusal]:
    """First whom the money is not for, then who would get too much of it."""
    file_of = by_file.active_files(work.peek, {line.payee_id for line in lines})
    told = by_file.told_of(work, fund.source, file_of)
    recipients = {line.id: by_file.Recipient(line.payee_id, file_of.get(line.payee_id)) for line in lines}
    found = by_file.refusals(work.peek, fund.source, fund.org_path, recipients, told)
    payments = {line.id: central_caps.Payment(file_of.get(line.payee_id), line.amount_fen, is_reserved=True)
                for line in lines if line.id not in found}
    return found | central_caps.refusals(work.peek, fund.source, lines[0].purpose, payments)
