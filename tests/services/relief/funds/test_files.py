"""Files for the auditor: numbers that are the ledger's, in yuan, and text that never runs as a formula."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from services.relief.application.funds import ledger_file
from services.relief.domain.funds import names
from services.relief.domain.funds.ledger import ACCOUNTS, KINDS
from services.relief.domain.funds.purposes import PURPOSES, SOURCES
from services.relief.domain.funds.statement import IN, OUT
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Answer, Request
from shared.sheets.xlsx import MEDIA_TYPE
from tests.services.desks import Desk, caller
from tests.services.relief.funds.money import THIS, book, budget, correct, due, settle
from tests.services.relief.payments.bank import filled, lines
from tests.services.relief.samples import AUDITOR, CASHIER, fund, get_fund, receive


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@dataclass
class File:
    """A workbook as Excel reads it: sheet → rows of values."""

    name: str
    sheets: dict[str, list[tuple[Any, ...]]]


def read(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(BytesIO(content))
    return {page.title: [tuple(cell.value for cell in row) for row in page.iter_rows()] for page in book}


def download(relief: Desk, operation: str, fund_id: str = "", **query: object) -> File:
    answer = ask(relief, operation, fund_id, **query)
    assert (answer.status, answer.headers["Content-Type"]) == (200, MEDIA_TYPE)
    return File(unquote(answer.headers["Content-Disposition"].partition("''")[2]), read(answer.body))


def ask(relief: Desk, operation: str, fund_id: str = "", **query: object) -> Answer:
    path = {"fund_id": fund_id} if fund_id else {}
    return relief.answer(Request(operation, AUDITOR, path, {name: str(value) for name, value in query.items()}))


def fen(value: Any) -> int:
    """A cell's yuan in fen; exact."""
    scaled = Decimal(str(value)) * 100
    assert scaled == int(scaled)
    return int(scaled)


def test_everything_has_a_name_on_paper() -> None:
    assert (set(names.KINDS_ZH), set(names.ACCOUNTS_ZH)) == (set(KINDS), set(ACCOUNTS))
    assert (set(names.SOURCES_ZH), set(names.PURPOSES_ZH)) == (set(SOURCES), set(PURPOSES))


@pytest.mark.parametrize(("part", "words"), [
    ("request 2", "第2次提交的明细"), ("release 0192", "移出的明细(自 0192)"), ("write-off", "核销"), ("L-1", "L-1")])
def test_an_auditor_reads_what_part_an_entry_is_about(part: str, words: str) -> None:
    assert names.part_zh(part) == words


def test_the_sheet_says_in_chinese_what_an_entry_is_about(relief: Desk) -> None:
    money = fund(relief)
    filled(relief, money, lines([new_id()]))
    sheet = download(relief, "download_fund_ledger", money["id"]).sheets["明细账"]
    assert [(row[12], row[14]) for row in sheet if row[3] == "预占"] == [("发放批次(名册)", "第1次提交的明细")]


def test_a_ledger_file_adds_up_to_the_ledger(relief: Desk) -> None:
    money, dues = fund(relief, fen=0), [due(30_001), due(20_050), due(999)]
    wrong = receive(relief, money["id"], 5_000_001, "=HYPERLINK(\"x\")")
    correct(relief, wrong)
    receive(relief, money["id"], 100_099, "-2+3")
    book(relief, money["id"], dues)
    settle(relief, money["id"], dues[:2])
    settle(relief, money["id"], dues[:1], "RETURNED", "RESERVED")
    file = download(relief, "download_fund_ledger", money["id"])
    assert file.name == f"{money['fund_no']}-{THIS}-01-01-{today()}.xlsx"
    heading, opening, *rows, total = file.sheets["明细账"]
    assert heading[:4] == ("序号", "时间", "年度", "类型")
    entries = relief.must("list_ledger_entries", AUDITOR, path={"fund_id": money["id"]}, query={"sort": "number"})
    assert [(row[0], fen(row[7]), row[3]) for row in rows] == [
        (entry["number"], entry["amount_fen"], names.KINDS_ZH[entry["kind"]]) for entry in entries["items"]]
    after = get_fund(relief, money["id"])
    came = sum(e["amount_fen"] for e in entries["items"] if e["kind"] in IN)
    went = sum(e["amount_fen"] for e in entries["items"] if e["kind"] in OUT)
    assert (fen(opening[10]), fen(total[8]), fen(total[9])) == (0, came, went)
    assert fen(total[10]) == fen(rows[-1][10]) == after["available_fen"] + after["reserved_fen"] == came - went
    assert [row[11] for row in rows][:3] == ["'=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")", "'-2+3"]
    by_kind = {row[0]: (row[1], fen(row[2])) for row in file.sheets["汇总"][1:-1]}
    assert by_kind["到账"] == (2, 5_100_100)
    assert file.sheets["汇总"][-1][1] == len(entries["items"])


def test_a_later_period_opens_with_what_was_there(relief: Desk, on_day: Callable[[int], None]) -> None:
    money = fund(relief, fen=700)
    on_day(3)
    receive(relief, money["id"], 55)
    file = download(relief, "download_fund_ledger", money["id"], date_from=today())
    _, opening, row, total = file.sheets["明细账"]
    assert (fen(opening[10]), fen(row[7]), fen(total[10])) == (700, 55, 755)
    empty = download(relief, "download_fund_ledger", money["id"], date_from=today() + timedelta(days=1),
                     date_to=today() + timedelta(days=2))
    assert [fen(row[10]) for row in empty.sheets["明细账"][1:]] == [755, 755]
    backwards = ask(relief, "download_fund_ledger", money["id"], date_from="2026-02-02", date_to="2026-02-01")
    assert (backwards.status, json.loads(backwards.body)["code"]) == (422, "period-backwards")


def test_a_long_ledger_comes_in_parts_that_join(relief: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_file, "MOST_ENTRIES", 3)
    monkeypatch.setattr(ledger_file, "PAGE", 2)
    money = fund(relief, fen=0)
    for n in range(1, 8):
        receive(relief, money["id"], n)
    for part in (None, 4, 0):
        answer = ask(relief, "download_fund_ledger", money["id"], **({} if part is None else {"part": part}))
        assert answer.status == 422
        assert part == 0 or "7 entries, which make 3 files" in answer.body.decode()
    parts = [download(relief, "download_fund_ledger", money["id"], part=n).sheets["明细账"]
             for n in (1, 2, 3)]
    assert [fen(row[7]) for rows in parts for row in rows[2:-1]] == [1, 2, 3, 4, 5, 6, 7]
    assert [(fen(rows[1][10]), fen(rows[-1][10])) for rows in parts] == [(0, 6), (6, 21), (21, 28)]


def test_the_trail_knows_who_took_a_ledger_away(relief: Desk) -> None:
    money = fund(relief, fen=1)
    download(relief, "download_fund_ledger", money["id"])
    trail = relief.must("list_audit_entries", caller(Role.SYSTEM_ADMIN), query={"subject_id": money["id"]})["items"]
    assert trail[0]["action"] == "download_fund_ledger"
    assert ask(relief, "download_fund_ledger", new_id()).status == 404


def test_the_year_of_all_funds_adds_up(relief: Desk) -> None:
    one, two, dues = fund(relief, fen=10_000), fund(relief, "SPONSOR", fen=5_000), [due(1_234), due(4)]
    for money, mine, purpose in ((one, dues[:1], "LIVING"), (two, dues[1:], "STUDENT")):
        book(relief, money["id"], mine, purpose)
        settle(relief, money["id"], mine)
    file = download(relief, "download_yearly_statement", year=THIS)
    heading, first, second, total = file.sheets["年度决算"]
    column = {title: n for n, title in enumerate(heading)}
    assert [fen(row[column["期末(元)"]]) for row in (first, second, total)] == [8_766, 4_996, 13_762]
    assert [fen(row[column["发放(元)"]]) for row in (first, second, total)] == [1_234, 4, 1_238]
    for n in range(5, len(heading)):
        assert fen(first[n]) + fen(second[n]) == fen(total[n]), heading[n]
    assert [(row[2], fen(row[3])) for row in file.sheets["发放按用途"][1:]] == [
        ("生活救助", 1_234), ("助学", 4), (None, 1_238)]
    told = relief.must("get_yearly_statement", AUDITOR)
    assert fen(total[column["期末(元)"]]) == told["total"]["closing_fen"]


def test_budget_execution_adds_up(relief: Desk) -> None:
    money, free = fund(relief, fen=10_000), fund(relief, "SPONSOR", fen=10_000)
    budget(relief, money["id"], living=4_000, medical=1_000)
    book(relief, money["id"], [due(1_000)])
    book(relief, free["id"], [due(70)])
    file = download(relief, "download_budget_execution")
    rows = [(row[4], row[5], *(fen(cell) for cell in row[6:10]), row[10]) for row in file.sheets["预算执行"][1:]]
    assert rows == [("生活救助", "是", 4_000, 1_000, 0, 3_000, 0.25), ("医疗救助", "是", 1_000, 0, 0, 1_000, 0),
                    ("生活救助", "否", 0, 70, 0, 0, None), (None, None, 5_000, 1_070, 0, 4_000, 0.2)]
    told = relief.must("get_budget_execution", CASHIER)["total"]
    assert (told["approved_fen"], told["committed_fen"], told["remaining_fen"]) == (5_000, 1_070, 4_000)
