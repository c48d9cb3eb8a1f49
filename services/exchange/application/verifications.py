"""Households to be verified: the list for the agencies, and the report that comes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from services.exchange.adapters.tables import authorisations, verifications
from services.exchange.application.blind import index_of
from services.exchange.domain.authorisation import Authorisation
from services.exchange.domain.verification import (
    CATEGORIES,
    ReportRowsWrong,
    ReportUnreadable,
    TooManyVerifications,
    Verification,
)
from shared.kernel.clock import now, today
from shared.kernel.errors import Refusal
from shared.kernel.ids import new_id
from shared.kernel.org import is_within
from shared.service.dispatch import Asked
from shared.service.react import Told
from shared.sheets import xlsx
from shared.sheets.reading import Unreadable, named, read_rows
from shared.sheets.sheet import Sheet
from shared.store.reading import Reading, within
from shared.store.work import Work

#: files in one list, rows of one report, faults that a refusal names
MOST_FILES, MOST_ROWS, MOST_NAMED = 1_000, 20_000, 20
HEADINGS = ("档案号", "授权书号", "姓名", "身份证号", "核对类别", "不符类别")
WITHOUT = ("档案号", "授权书号", "原因")
COLUMNS = {"file_no": ("档案号", "file_no"), "id_number": ("身份证号", "id_number"), "hits": ("不符类别", "hits")}
CODES = {**{zh: code for code, zh in CATEGORIES.items()}, **{code: code for code in CATEGORIES}}
V, A = verifications.c, authorisations.c


# -- what relief tells -------------------------------------------------------------------------------------------


def request_verification(work: Work, told: Told) -> None:
    """One for each request; an older one of the file is closed, and one that is told late does not count."""
    data = told.data
    known = work.all(select(Verification).where(V.file_id == data["file_id"]))
    if any(one.request >= told.sequence for one in known):
        return
    for one in known:
        if one.state == "REQUESTED":
            one.close()
    work.add(Verification(new_id(), told.org_path, data["file_id"], data["file_no"], data["authorisation_no"],
                          told.sequence, today(), now()))


def close_verification(work: Work, told: Told) -> None:
    """The report was entered by hand, or the file was cancelled."""
    open_ones = select(Verification).where(V.file_id == told.data["file_id"], V.state == "REQUESTED",
                                           V.request < told.sequence)
    for one in work.all(open_ones):
        one.close()


# -- the list ----------------------------------------------------------------------------------------------------


def list_verifications(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [V[name] == asked.query[name] for name in ("state", "file_id", "report_no") if name in asked.query]
    return reading.page(verifications, asked.query, sort=[V.created_at, V.file_no], where=where)


def download_verification_list(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Everybody who signed for a household that waits, with whole IDs; who took the list, and what for, is kept.
    A household without a paper in force is named on the second sheet, and nobody of it is listed.

    Raises TooManyVerifications.
    """
    where = [within(verifications, reading.caller), V.state == "REQUESTED"]
    where += [V.org_path.startswith(asked.query["org_path"], autoescape=True)] if "org_path" in asked.query else []
    [counted] = reading.all(select(func.count().label("files")).where(*where))
    if counted.files > MOST_FILES:
        raise TooManyVerifications(count=counted.files, most=MOST_FILES)
    waiting = reading.session.scalars(select(Verification).where(*where).order_by(V.file_no)).all()
    papers = _papers_of(reading.session, waiting)
    listed = [one for one in waiting if one.id in papers]
    reading.note("download_verification_list", "Verification", reading.caller.account_id, {
        "purpose": asked.query["purpose"], "file_nos": [one.file_no for one in listed]})
    without = [(one.file_no, one.authorisation_no, "没有在有效期内的授权书 / no authorisation in force")
               for one in waiting if one.id not in papers]
    return xlsx.download(f"核对名单-{today()}", Sheet("核对名单", HEADINGS, _people(listed, papers)),
                         Sheet("无有效授权书", WITHOUT, without))


def _people(listed: Sequence[Verification], papers: Mapping[str, Authorisation]) -> Iterator[Sequence[str]]:
    for one in listed:
        categories = "、".join(CATEGORIES[code] for code in papers[one.id].categories)
        for signer in papers[one.id].signers:
            yield one.file_no, one.authorisation_no, signer.name, signer.id_number, categories, ""


def _papers_of(session: Any, ones: Collection[Verification]) -> dict[str, Authorisation]:
    """Verification → the paper in force of the file's unit, or of the nearest one above it; asked for all at once."""
    in_force = select(Authorisation).where(
        A.paper_no.in_({one.authorisation_no for one in ones}), A.state == "VALID", A.valid_from <= today(),
        A.valid_to >= today())
    by_number: defaultdict[str, list[Authorisation]] = defaultdict(list)
    for paper in session.scalars(in_force.order_by(A.org_path)):
        by_number[paper.paper_no].append(paper)
    return {one.id: paper for one in ones for paper in by_number[one.authorisation_no]
            if is_within(one.org_path, paper.org_path)}  # the nearest comes last


# -- the report --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    number: int
    file_no: str
    id_index: str
    hits: tuple[str, ...]


def load_verification_report(work: Work, asked: Asked) -> dict[str, Any]:
    """A row for everybody on the list, the households whole: all of it or nothing. Raises ReportUnreadable,
    ReportRowsWrong."""
    body, faults = asked.body, list[tuple[str, str]]()
    rows = list(_rows(body["file_format"], body["content"], faults))
    file_nos = {row.file_no for row in rows}
    open_ones = select(Verification).where(within(verifications, work.caller), V.state == "REQUESTED",
                                           V.file_no.in_(file_nos)).order_by(V.id).with_for_update()
    waiting = {one.file_no: one for one in work.all(open_ones)}
    faults += _not_waiting(rows, waiting)
    papers, rows_of = _papers_of(work.session, waiting.values()), defaultdict[str, list[Row]](list)
    for row in rows:
        rows_of[row.file_no].append(row)
    for file_no, one in waiting.items():
        faults += _not_whole(file_no, papers.get(one.id), rows_of[file_no])
    if faults:
        raise ReportRowsWrong(pointer="/content", count=len(faults),
                              rows_zh=";".join(zh for zh, _ in faults[:MOST_NAMED]),
                              rows_en="; ".join(en for _, en in faults[:MOST_NAMED]))
    for file_no, one in waiting.items():
        one.report(body["report_no"], [hit for row in rows_of[file_no] for hit in row.hits], today())
    work.note("load_verification_report", "Verification", work.caller.account_id, {
        "report_no": body["report_no"], "file_nos": sorted(waiting)})
    return {"report_no": body["report_no"], "files": len(waiting), "persons": len(rows),
            "files_with_hits": sum(bool(one.hits) for one in waiting.values())}


def _rows(file_format: str, content: bytes, faults: list[tuple[str, str]]) -> Iterator[Row]:
    """What can be read; the rest is told in `faults`. Raises ReportUnreadable."""
    try:
        cells = list(named(read_rows(file_format, content, MOST_ROWS), COLUMNS, list(COLUMNS)))
    except Unreadable as wrong:
        raise ReportUnreadable(pointer="/content", row=wrong.row, why_zh=wrong.zh, why_en=wrong.en) from None
    if not 0 < len(cells) <= MOST_ROWS:
        raise ReportUnreadable(pointer="/content", row=1, why_zh=f"应有 1 至 {MOST_ROWS} 行",
                               why_en=f"it must have 1 to {MOST_ROWS} rows")
    for number, cell in cells:
        told = [one.strip() for one in cell["hits"].replace(",", "、").replace(",", "、").split("、") if one.strip()]
        unknown = [one[:20] for one in told if one not in CODES]
        try:
            index = index_of(cell["id_number"].strip())
        except Refusal as refusal:
            faults.append((f"第 {number} 行 {refusal.text('zh')}", f"row {number}: {refusal.text('en')}"))
            continue
        if unknown:
            faults.append((f"第 {number} 行的类别未知:{'、'.join(unknown)}",
                           f"row {number} names unknown categories: {', '.join(unknown)}"))
        yield Row(number, cell["file_no"].strip()[:40], index, tuple(CODES[one] for one in told if one in CODES))


def _not_waiting(rows: Sequence[Row], waiting: Mapping[str, Verification]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if row.file_no not in waiting:
            yield (f"第 {row.number} 行的档案 {row.file_no} 不在待核对之列",
                   f"the file {row.file_no} of row {row.number} does not wait for a report")


def _not_whole(no: str, paper: Authorisation | None, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Only people of the paper, each once, and all of them: half a household was not verified."""
    if paper is None:
        yield f"档案 {no} 没有在有效期内的授权书", f"there is no authorisation in force for the file {no}"
        return
    signed, seen = {signer.id_index for signer in paper.signers}, set[str]()
    for row in rows:
        if row.id_index not in signed:
            yield (f"第 {row.number} 行的人未在档案 {no} 的授权书上签字",
                   f"the person of row {row.number} did not sign for the file {no}")
        elif row.id_index in seen:
            yield f"第 {row.number} 行与前面重复", f"row {row.number} repeats an earlier one"
        seen.add(row.id_index)
    if signed - seen:
        yield f"档案 {no} 缺少 {len(signed - seen)} 人", f"{len(signed - seen)} person(s) of the file {no} are missing"
