"""The real-name list (实名制名册): whom a batch or a fund has paid what, for what and when.

依档帮扶、实名制 (总工发〔2015〕20号); the list goes up with the yearly statement (海南 2016). Names come from
membership for this list only, IDs masked; relief keeps neither. Whole IDs are for those who enter the list into the
national system or file it with the accounts, who say what for, each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select

from services.relief.adapters.applications import campaign_lines
from services.relief.adapters.funds import funds
from services.relief.adapters.payments import payment_batches, payment_lines
from services.relief.application.funds.ledger_file import period_of
from services.relief.domain.applications.campaign import ABOUT as CAMPAIGN
from services.relief.domain.applications.kinds import GROUNDS
from services.relief.domain.funds.names import PURPOSES_ZH
from services.relief.domain.payments.batch import PaymentBatch
from services.relief.domain.payments.refusals import BatchNotSettled, NamesInParts
from services.relief.domain.payments.states import TOLD
from shared.kernel.slices import slices
from shared.service.dispatch import Asked
from shared.sheets import csv_file, xlsx
from shared.sheets.sheet import Sheet, Yuan
from shared.store.reading import Reading

#: more in one file would take longer than a caller waits
MOST_LINES = 5_000
#: workers asked for at once
MOST_ASKED = 1_000
HEADINGS = ("序号", "姓名", "身份证号", "金额(元)", "其中已追回(元)", "用途", "依据文号", "发放日期",
            "资金账户", "发放批次", "慰问对象")
WIDTHS = (8, 14, 22, 14, 16, 12, 24, 12, 22, 22, 12)
PURPOSE = "实名制名册 {number}"


@dataclass(frozen=True)
class Naming:
    """How people are named: whom membership is asked by, its field of the ID, what the trail calls the list, and how
    its file begins."""

    question: str
    id_field: str
    action: str
    prefix: str


MASKED = Naming("name_payees", "id_number_masked", "download_real_names", "SMZ")
WHOLE = Naming("identify_payees", "id_number", "download_identified_names", "SMZ-ZJ")
#: format → the function, the media type
WRITERS: Mapping[str, tuple[Callable[[Sheet], bytes], str]] = {
    "XLSX": (xlsx.workbook, xlsx.MEDIA_TYPE), "CSV": (csv_file.csv_file, "text/csv; charset=utf-8")}
L = payment_lines.c


def download_batch_names(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Raises BatchNotSettled, NamesInParts."""
    return _of_batch(reading, asked, MASKED)


def download_batch_identities(reading: Reading, asked: Asked) -> dict[str, Any]:
    """With whole IDs. Raises BatchNotSettled, NamesInParts."""
    return _of_batch(reading, asked, WHOLE)


def download_fund_names(reading: Reading, asked: Asked) -> dict[str, Any]:
    """What a fund paid in a period, by the day of payment. Raises PeriodBackwards, NamesInParts."""
    return _of_fund(reading, asked, MASKED)


def download_fund_identities(reading: Reading, asked: Asked) -> dict[str, Any]:
    """The same with whole IDs. Raises PeriodBackwards, NamesInParts."""
    return _of_fund(reading, asked, WHOLE)


def _of_batch(reading: Reading, asked: Asked, naming: Naming) -> dict[str, Any]:
    batch = reading.record(PaymentBatch, asked.path["batch_id"])
    if batch.state not in TOLD:
        raise BatchNotSettled(batch_no=batch.batch_no, state=batch.state)
    return _list(reading, asked, ("PaymentBatch", batch.id, batch.org_path), batch.batch_no, [L.batch_id == batch.id],
                 naming)


def _of_fund(reading: Reading, asked: Asked, naming: Naming) -> dict[str, Any]:
    fund = reading.row(funds, asked.path["fund_id"])
    first, last = period_of(asked.query)
    return _list(reading, asked, ("FundAccount", fund["id"], fund["org_path"]), f"{fund['fund_no']}-{first}-{last}",
                 [L.fund_id == fund["id"], L.paid_on >= first, L.paid_on <= last], naming)


def _list(reading: Reading, asked: Asked, subject: tuple[str, str, str], number: str,
          where: Sequence[ColumnElement[bool]], naming: Naming) -> dict[str, Any]:
    """Who takes a list away, and what for where they say it, is kept before they get it."""
    kind, subject_id, org_path = subject
    part, file_format = asked.query.get("part"), asked.query.get("format", "XLSX")
    rows = _lines(reading, where, part)
    purpose = asked.query.get("purpose")
    why = PURPOSE.format(number=number) + (f":{purpose}" if purpose else "")
    names = _names(reading, [row.payee_id for row in rows], naming, why, subject_id)
    reading.note(naming.action, kind, subject_id, {
        "list": number, "part": part, "lines_count": len(rows), **({"purpose": purpose} if purpose else {})},
        org_path=org_path)
    render, media_type = WRITERS[file_format]
    name = f"{naming.prefix}-{number}{f'-{part}' if part else ''}"
    return {"file_name": f"{name}.{file_format.lower()}", "media_type": media_type,
            "content": render(Sheet("实名制名册", HEADINGS, _rows(rows, names), WIDTHS))}


def _lines(reading: Reading, where: Sequence[ColumnElement[bool]], part: int | None) -> list[Row[Any]]:
    """What people were paid, also what came back later: both are told. Raises NamesInParts."""
    paid = [*where, L.state.in_(("PAID", "RECOVERED")), L.payee_kind == "WORKER"]
    [counted] = reading.all(select(func.count().label("lines")).where(*paid))
    parts = max(1, -(-counted.lines // MOST_LINES))
    if (part is None and parts > 1) or (part is not None and part > parts):
        raise NamesInParts(pointer="/part", count=counted.lines, parts=parts, most=MOST_LINES)
    b, f = payment_batches.c, funds.c
    query = select(L.payee_id, L.amount_fen, L.recovered_fen, L.purpose, L.document_no, L.paid_on, b.batch_no,
                   f.fund_no, campaign_lines.c.ground).join_from(payment_lines, funds).outerjoin(
        payment_batches, b.id == L.batch_id).outerjoin(
        campaign_lines, and_(L.about_kind == CAMPAIGN, campaign_lines.c.id == L.about_part))
    return reading.all(query.where(*paid).order_by(L.paid_on, L.id).offset(((part or 1) - 1) * MOST_LINES)
                       .limit(MOST_LINES))


def _names(reading: Reading, worker_ids: Sequence[str], naming: Naming, purpose: str,
           subject_id: str) -> dict[str, tuple[str, str]]:
    """Worker id → name and ID."""
    found: dict[str, tuple[str, str]] = {}
    for some in slices(sorted(set(worker_ids)), MOST_ASKED):
        told = reading.ask("membership", naming.question, worker_ids=some, purpose=purpose, subject_id=subject_id)
        found |= {one["worker_id"]: (one["name"], one[naming.id_field]) for one in told["payees"]}
    return found


def _rows(rows: Sequence[Row[Any]], names: Mapping[str, tuple[str, str]]) -> Iterator[Sequence[Any]]:
    """Every line, and what they come to."""
    for n, row in enumerate(rows, 1):
        name, id_number = names.get(row.payee_id, ("(会员库中无此人)", row.payee_id))
        yield (n, name, id_number, Yuan(row.amount_fen), Yuan(row.recovered_fen), PURPOSES_ZH[row.purpose],
               row.document_no, row.paid_on, row.fund_no, row.batch_no or "", GROUNDS.get(row.ground, ""))
    yield (None, "合计", f"{len({row.payee_id for row in rows})} 人", Yuan(sum(row.amount_fen for row in rows)),
           Yuan(sum(row.recovered_fen for row in rows)), "", "", "", "", "", "")
