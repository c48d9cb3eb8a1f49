"""Bank files: the same lines give the same bytes, no cell is a formula, and ISO 20022 is what the standard says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from openpyxl import Workbook, load_workbook

from services.relief.adapters.bank.files import FORMATS
from services.relief.adapters.bank.returns import read_return
from services.relief.application.payments import payers
from services.relief.domain.payments.bank import BankLine, FileHead, Payer, fen_of, line_id_of, reference, yuan
from services.relief.domain.payments.refusals import ReturnUnreadable
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.kernel.parameters import Parameters
from tests.services.desks import Desk
from tests.services.relief.payments.bank import (
    APPROVER,
    AUDITOR,
    CHECKER,
    DRAFTER,
    SENDER,
    SPECIAL,
    answer,
    filled,
    lines,
    trail,
    with_account,
    workers,
)
from tests.services.relief.samples import fund

HEAD = FileHead("FF37020220260000012-01", datetime(2026, 5, 8, 9, 30, tzinfo=UTC),
                Payer("某某市总工会", "37020011223344", "示范农商银行", "402452000012"), "LIVING")
LINES = [BankLine(new_id(), holder, f"62220{n:014d}", "示范农商银行", 1_234_567 + n)
         for n, holder in enumerate(["张三", "买买提·阿不都", "=HYPERLINK(1)", "O'Brien, \"Li\" <&>", "+86"])]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_lines_give_the_same_bytes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    render, _, _ = FORMATS[name]
    first = render(HEAD, LINES)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert render(HEAD, iter(LINES)) == first
    assert render(HEAD, LINES[:-1]) != first


def test_csv_is_read_by_everybody() -> None:
    content = FORMATS["CSV"][0](HEAD, LINES)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[1] for row in rows[1:]] == [reference(line.line_id) for line in LINES]
    assert [row[2] for row in rows[1:]] == ["张三", "买买提·阿不都", "'=HYPERLINK(1)", "O'Brien, \"Li\" <&>", "'+86"]
    assert rows[1][5] == "12345.67"
    assert content.count(b"\r\n") == len(LINES) + 1


def test_a_workbook_holds_text_and_numbers_and_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(FORMATS["XLSX"][0](HEAD, LINES))).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    assert {cell.data_type for row in rows for cell in row} == {"s", "n"}
    assert [row[5].value for row in rows] == [pytest.approx(line.amount_fen / 100) for line in LINES]
    assert rows[0][3].value == LINES[0].number


TAG = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"
#: the elements of CdtTrfTxInf that we use, in the order of the standard's schema
ORDER = ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"]


def test_pain001_keeps_the_constraints_of_the_standard() -> None:
    root = ET.fromstring(FORMATS["PAIN001"][0](HEAD, LINES))
    assert root.tag == f"{TAG}Document"
    group = root.find(f"{TAG}CstmrCdtTrfInitn/{TAG}GrpHdr")
    assert group is not None
    assert [child.tag.removeprefix(TAG) for child in group] == ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"]
    assert (group[2].text, group[3].text) == ("5", yuan(sum(line.amount_fen for line in LINES)))
    block = root.find(f"{TAG}CstmrCdtTrfInitn/{TAG}PmtInf")
    assert block is not None
    names = [child.tag.removeprefix(TAG) for child in block]
    assert names[:10] == ["PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "ReqdExctnDt", "Dbtr", "DbtrAcct",
                          "DbtrAgt", "CdtTrfTxInf"]
    for one, line in zip(block.findall(f"{TAG}CdtTrfTxInf"), LINES, strict=True):
        assert [child.tag.removeprefix(TAG) for child in one] == ORDER
        end_to_end, amount = one.find(f"{TAG}PmtId/{TAG}EndToEndId"), one.find(f"{TAG}Amt/{TAG}InstdAmt")
        assert end_to_end is not None
        assert amount is not None
        assert line_id_of(end_to_end.text or "") == line.line_id
        assert re.fullmatch(r"\d{1,13}\.\d{2}", amount.text or "")
        assert amount.attrib == {"Ccy": "CNY"}
    assert [element.text for name in ("Dbtr", "DbtrAcct", "DbtrAgt") for element in
            block.find(f"{TAG}{name}").iter() if element.text] == [
        "某某市总工会", "37020011223344", "CNY", "CNAPS", "402452000012", "示范农商银行"]
    for text in (element.text or "" for element in root.iter()):
        assert len(text) <= 140
    assert all(len(e.text or "") <= 35 for e in root.iter() if e.tag.endswith(("MsgId", "EndToEndId", "PmtInfId")))


# -- what comes back -------------------------------------------------------------------------------------------


def pain002(message_id: str, transactions: str = "", group: str = "") -> bytes:
    return (f'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>'
            f"<GrpHdr><MsgId>B1</MsgId><CreDtTm>2026-05-09T10:00:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts>"
            f"<OrgnlMsgId>{message_id}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{group}"
            f"</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>{message_id}</OrgnlPmtInfId>{transactions}"
            f"</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>").encode()


def transaction(line_id: str, status: str, reason: str = "") -> str:
    return (f"<TxInfAndSts><OrgnlEndToEndId>{reference(line_id)}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
            + (f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else "") + "</TxInfAndSts>")


def test_pain002_tells_final_outcomes_only() -> None:
    ids = [new_id() for _ in range(3)]
    told = read_return("PAIN002", pain002("M-1", transaction(ids[0], "ACSC") + transaction(ids[1], "RJCT", "AC04")
                                          + transaction(ids[2], "PDNG")))
    assert (told.message_id, [(one.line_id, one.outcome, one.reason) for one in told.lines]) == (
        "M-1", [(ids[0], "ACCEPTED", None), (ids[1], "REJECTED", "AC04")])


@pytest.mark.parametrize("content", [
    b"<a", b"<a/>", b"", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", pain002("M", transaction(new_id(), "ACSC")[:-3]),
    pain002("M", "<TxInfAndSts><OrgnlEndToEndId>x</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>"),
    pain002("M", group="<OrgnlNbOfTxs>many</OrgnlNbOfTxs>")])
def test_xml_that_is_no_answer_is_refused(content: bytes) -> None:
    with pytest.raises(ReturnUnreadable):
        read_return("PAIN002", content)


@pytest.mark.parametrize(("body", "words"), [
    ({"transactions": transaction(new_id(), "ZZZZ")}, "ACSC, ACCC, RJCT"), ({"group": "<GrpSts>ZZZZ</GrpSts>"}, "ZZZZ"),
    ({"transactions": "<PmtInfSts>ACSC</PmtInfSts>"}, "PmtInfSts"), ({}, "TxInfAndSts"),
    ({"transactions": transaction(new_id(), "ACSC"), "group": "<GrpSts>RJCT</GrpSts>"}, "contradicts"),
    ({"transactions": "<PmtInfSts>RJCT</PmtInfSts>" + transaction(new_id(), "ACSC")}, "contradicts")])
def test_a_message_that_tells_nothing_or_two_things_says_what_is_understood(body: dict[str, str], words: str) -> None:
    with pytest.raises(ReturnUnreadable, match=words):
        read_return("PAIN002", pain002("M-1", **body))


def test_what_is_under_way_is_no_outcome_whatever_the_whole_is_said_to_be() -> None:
    told = read_return("PAIN002", pain002("M-1", transaction(new_id(), "ACSP"), "<GrpSts>ACSC</GrpSts>"))
    assert (told.lines, told.whole) == ([], None)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip"])
def test_a_broken_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(ReturnUnreadable):
        read_return("XLSX", content)


def test_a_whole_batch_by_iso_20022(desk: Callable[[str], Desk]) -> None:
    relief = desk("relief")
    money = with_account(relief, fund(relief))
    batch = filled(relief, money, lines(workers(desk("membership"), 3)), file_format="PAIN001")
    batch.send()
    (file,) = batch.files()
    root = ET.fromstring(batch.content(file["id"]))
    debtor = root.find(f".//{TAG}DbtrAcct//{TAG}Othr/{TAG}Id")
    assert debtor is not None
    assert debtor.text == SPECIAL["number"]
    assert [one["subject_id"] for one in trail(relief, "reveal_fund_account")] == [money["id"]]
    ids = [line_id_of(e.text or "") for e in root.iter(f"{TAG}EndToEndId")]
    wrong = pain002(file["message_id"], group="<OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>299.99</OrgnlCtrlSum>"
                    "<GrpSts>ACSC</GrpSts>")
    told = batch.load(wrong, "PAIN002")[1]
    assert (told["code"], told["params"]) == ("return-sums-wrong", {"told": "3 笔 / ¥299.99", "sent": "3 笔 / ¥300.00"})
    batch.told(pain002(file["message_id"], transaction(ids[0], "RJCT", "AC04") + transaction(ids[1], "ACSP")),
               "PAIN002")
    assert (batch.now["state"], batch.now["failed_count"]) == ("SENT", 1)
    batch.told(pain002(file["message_id"], group="<GrpSts>ACSC</GrpSts>"), "PAIN002")
    assert (batch.now["state"], batch.now["paid_count"]) == ("PARTLY_SETTLED", 2)


@pytest.mark.parametrize("file_format", ["CSV", "PAIN001"])
def test_the_payees_bank_reads_what_it_is_for(desk: Callable[[str], Desk], file_format: str) -> None:
    relief = desk("relief")
    batch = filled(relief, with_account(relief, fund(relief)), lines(workers(desk("membership"), 1)),
                   file_format=file_format)
    batch.approve()
    content = batch.content(batch.files()[0]["id"]).decode()
    assert "生活救助" in content
    assert "LIVING" not in content


def test_a_fund_without_an_account_pays_by_no_file_that_names_it(
        desk: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    relief, sent = desk("relief"), lines(workers(desk("membership"), 1))
    money = fund(relief)
    body = {"fund_id": money["id"], "purpose": "LIVING", "kind": "COLLECT", "file_format": "PAIN001"}
    assert relief.do("draft_payment_batch", DRAFTER, body=body)[1]["code"] == "fund-account-missing"
    with monkeypatch.context() as patch:  # a batch of before funds had accounts
        patch.setattr(payers, "NAMING", ())
        batch = filled(relief, money, sent, file_format="PAIN001")
        batch.must("check_payment_batch", CHECKER)
    assert batch.refused("approve_payment_batch", APPROVER) == "fund-account-missing"
    with_account(relief, money)
    batch.must("approve_payment_batch", APPROVER)
    assert batch.files()


def test_of_a_special_account_the_tail_shows_and_the_rest_lies_encrypted(desk: Callable[[str], Desk]) -> None:
    relief = desk("relief")
    money = with_account(relief, fund(relief))
    told = {name: money[name] for name in ("account_name", "bank_name", "bank_code", "account_tail")}
    assert told == {**{name: SPECIAL[name] for name in SPECIAL if name != "number"}, "account_tail": "7788"}
    assert SPECIAL["number"] not in str(relief.must("list_funds", AUDITOR))
    with relief.database.read() as connection:
        for stored in ("SELECT account_number FROM funds", "SELECT * FROM audit"):
            assert SPECIAL["number"] not in str(connection.exec_driver_sql(stored).all())


@pytest.mark.parametrize("wrong", [{"number": "12"}, {"number": "6222 0000 0000"}, {"bank_code": "40245200001"},
                                   {"bank_code": "ABCDEFGHIJKL"}, {"account_name": ""}])
def test_what_is_no_account(desk: Callable[[str], Desk], wrong: dict[str, str]) -> None:
    relief = desk("relief")
    money = fund(relief)
    status, _ = relief.do("set_fund_account", DRAFTER, path={"fund_id": money["id"]}, body={**SPECIAL, **wrong},
                          version=money["version"])
    assert status == 422


def test_a_whole_batch_by_workbook(desk: Callable[[str], Desk]) -> None:
    relief = desk("relief")
    batch = filled(relief, fund(relief), lines(workers(desk("membership"), 2)), file_format="XLSX")
    batch.send()
    (file,) = batch.files()
    rows = list(load_workbook(io.BytesIO(batch.content(file["id"]))).worksheets[0].iter_rows(values_only=True))[1:]
    book, raw = Workbook(), io.BytesIO()
    book.active.append(["报文号", "明细编号", "金额(元)", "结果", "日期", "原因"])
    for row in rows:
        book.active.append([row[0], row[1], row[5], "成功", now().replace(tzinfo=None), None])
    book.save(raw)
    batch.told(raw.getvalue(), "XLSX")
    assert batch.now["state"] == "SETTLED"


def test_large_batches_go_in_several_files(desk: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    relief, value = desk("relief"), Parameters.value
    monkeypatch.setattr(Parameters, "value", lambda self, code, *rest: 2 if code == "file_most_lines" else value(
        self, code, *rest))
    batch = filled(relief, fund(relief), lines(workers(desk("membership"), 5)))
    batch.send()
    files = sorted(batch.files(), key=lambda file: file["number"])
    assert [(file["lines_count"], file["total_fen"]) for file in files] == [(2, 20_000), (2, 20_000), (1, 10_000)]
    for file in files:
        assert batch.now["state"] == "SENT"
        batch.told(answer(batch.content(file["id"]), lambda _: "成功"))
    assert batch.now["state"] == "SETTLED"


def test_files_lie_encrypted_and_a_download_is_audited(desk: Callable[[str], Desk]) -> None:
    relief = desk("relief")
    batch = filled(relief, fund(relief), lines(workers(desk("membership"), 1)))
    batch.approve()
    (file,) = batch.files()
    assert "content" not in file
    card = batch.content(file["id"]).decode("utf-8-sig").splitlines()[1].split(",")[3]
    with relief.database.read() as connection:
        (stored,) = connection.exec_driver_sql("SELECT content FROM payment_files").one()
    assert card not in stored
    assert stored.startswith("k1:")
    (entry,) = trail(relief, "download_bank_file")
    assert (entry["actor"], entry["subject_id"]) == (SENDER.account_id, file["id"])
    assert card not in str(relief.told())


@pytest.mark.parametrize("text", ["", "x", "-1", "1.234", "NaN", "Infinity", "1e30", "0x10", "1_0.001"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError):
        fen_of(text)


@pytest.mark.parametrize(("text", "fen"), [("1,234.50", 123_450), ("0", 0), ("7", 700), (" 0.01 ", 1)])
def test_amounts_as_banks_write_them(text: str, fen: int) -> None:
    assert fen_of(text) == fen


def read_rows(rows: list[Any]) -> Any:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return read_return("CSV", text.getvalue().encode("gb18030"))


def test_banks_write_gbk_too() -> None:
    line_id = new_id()
    told = read_rows([["报文号", "明细编号", "金额(元)", "结果"], ["M", line_id, "1.00", "退汇"]])
    assert [(one.line_id, one.outcome, one.amount_fen) for one in told.lines] == [(line_id, "RETURNED", 100)]
