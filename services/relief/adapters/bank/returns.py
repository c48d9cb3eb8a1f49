"""Return files (回盘文件) as CSV, XLSX and ISO 20022 pain.002."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from xml.etree import ElementTree as ET

from services.relief.domain.payments.bank import ReturnTold, ToldLine, fen_of, line_id_of
from services.relief.domain.payments.refusals import ReturnUnreadable
from shared.sheets.reading import Unreadable, named, read_rows

MOST_ROWS = 100_000
#: the columns, by the names that may head them
COLUMNS = {"message_id": ("报文号", "message_id"), "line": ("明细编号", "line_id"), "amount": ("金额(元)", "amount"),
           "outcome": ("结果", "outcome"), "on": ("日期", "date"), "reason": ("原因", "reason")}
REQUIRED = ("message_id", "line", "amount", "outcome")
OUTCOMES = {"成功": "ACCEPTED", "ACCEPTED": "ACCEPTED", "失败": "REJECTED", "REJECTED": "REJECTED",
            "退汇": "RETURNED", "RETURNED": "RETURNED"}
#: final status codes of pain.002 (ISO external code sets)
STATUSES = {"ACSC": "ACCEPTED", "ACCC": "ACCEPTED", "RJCT": "REJECTED"}
#: by these the bank says that it is still at it
UNDER_WAY = ("ACCP", "ACFC", "ACIS", "ACPD", "ACSP", "ACTC", "ACWC", "ACWP", "PART", "PATC", "PDNG", "PRES", "RCVD")
#: for a line that was not paid, or came back, when the bank says no more
NOT_TOLD = "银行未说明原因 / no reason told by the bank"


def read_return(file_format: str, content: bytes) -> ReturnTold:
    """What a return file tells. Raises ReturnUnreadable, naming the row."""
    readers: dict[str, Callable[[bytes], ReturnTold]] = {
        "CSV": _sheet("CSV"), "XLSX": _sheet("XLSX"), "PAIN002": _pain002}
    return readers[file_format](content)


def _unreadable(row: int, zh: str, en: str) -> ReturnUnreadable:
    return ReturnUnreadable(pointer="/content", row=row, why_zh=zh, why_en=en)


def _sheet(file_format: str) -> Callable[[bytes], ReturnTold]:
    def read(content: bytes) -> ReturnTold:
        try:
            return _table(named(read_rows(file_format, content, MOST_ROWS), COLUMNS, REQUIRED))
        except Unreadable as wrong:
            raise _unreadable(wrong.row, wrong.zh, wrong.en) from None

    return read


def _table(rows: Iterable[tuple[int, dict[str, str]]]) -> ReturnTold:
    messages: set[str] = set()
    lines: list[ToldLine] = []
    for number, row in rows:
        lines.append(_told(number, row, messages))
        if len(messages) > 1 or len(lines) > MOST_ROWS:
            raise _unreadable(number, "有多个报文号,或行数过多", "there are several message ids, or too many rows")
    if not lines:
        raise _unreadable(1, "没有明细", "there are no lines")
    return ReturnTold(messages.pop(), lines)


def _told(number: int, row: dict[str, str], messages: set[str]) -> ToldLine:
    messages.add(row["message_id"].strip())
    outcome = OUTCOMES.get(row["outcome"].strip().upper())
    if outcome is None:
        known = "、".join(OUTCOMES)
        raise _unreadable(number, f"结果“{row['outcome'].strip()[:20]}”无法识别,只能是:{known}",
                          f"the outcome {row['outcome'].strip()[:20]!r} is not known; it is one of {known}")
    try:
        line_id = line_id_of(row["line"])
    except ValueError:
        raise _unreadable(number, f"明细编号“{row['line'].strip()[:40]}”有误,请原样回填银行文件中的编号",
                          f"{row['line'].strip()[:40]!r} is no line number; give those of the bank file") from None
    try:
        on = date.fromisoformat(row["on"].strip()) if row.get("on", "").strip() else None
        return ToldLine(number, line_id, outcome, on, fen_of(row["amount"]),
                        _why(outcome, row.get("reason", "").strip()[:300]))
    except ValueError:
        raise _unreadable(number, "日期或金额有误,日期写作 2026-05-08,金额写作 123.45",
                          "the date or the amount is wrong; write 2026-05-08 and 123.45") from None


def _why(outcome: str, reason: str | None) -> str | None:
    return reason or (None if outcome == "ACCEPTED" else NOT_TOLD)


# -- ISO 20022 -------------------------------------------------------------------------------------------------


def _pain002(content: bytes) -> ReturnTold:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _unreadable(0, "含有 DTD,不予读取", "it holds a DTD, which is not read")
    try:
        root = ET.fromstring(content)  # noqa: S314  no DTD, so no entities
    except (ET.ParseError, ValueError, LookupError):
        raise _unreadable(0, "不是规范的 XML", "it is no proper XML") from None
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    group = root.find("CstmrPmtStsRpt/OrgnlGrpInfAndSts")
    if group is None:
        raise _unreadable(0, "不是 pain.002 报文", "it is no pain.002 message")
    return _report(root, group)


def _report(root: ET.Element, group: ET.Element) -> ReturnTold:
    lines = list(_transactions(root))
    whole = _status(0, _text(group, "GrpSts")) if _text(group, "GrpSts") else None
    _require_one_story(root, whole, lines)
    if root.find(".//TxInfAndSts") is not None:
        whole = None
    made = _day(_text(root, "CstmrPmtStsRpt/GrpHdr/CreDtTm"))
    try:
        count, total = _text(group, "OrgnlNbOfTxs"), _text(group, "OrgnlCtrlSum")
        return ReturnTold(_text(group, "OrgnlMsgId"), lines, whole, made,
                          _why(whole, _reason(group)) if whole else None,
                          int(count) if count else None, fen_of(total) if total else None)
    except ValueError:
        raise _unreadable(0, "控制数有误", "the control figures are wrong") from None


def _status(place: int, code: str) -> str | None:
    """The outcome; None while the bank is still at it."""
    if code not in STATUSES and code not in UNDER_WAY:
        known = f"{', '.join(STATUSES)}; {', '.join(UNDER_WAY)}"
        raise _unreadable(place, f"状态码“{code[:20]}”无法识别。结果:{known}(在途)",
                          f"the status {code[:20]!r} is not known. Final and under way: {known}")
    return STATUSES.get(code)


def _require_one_story(root: ET.Element, whole: str | None, lines: Sequence[ToldLine]) -> None:
    """The message tells of its transactions, or as a whole (GrpSts), and never both ways at once."""
    blocks = [_text(one, "PmtInfSts") for one in root.iter("OrgnlPmtInfAndSts") if _text(one, "PmtInfSts")]
    has_transactions = root.find(".//TxInfAndSts") is not None
    if not has_transactions and (blocks or not _text(root, "CstmrPmtStsRpt/OrgnlGrpInfAndSts/GrpSts")):
        raise _unreadable(0, "没有逐笔结果(TxInfAndSts/TxSts),也没有整批结果(GrpSts);PmtInfSts 单独不作结果",
                          "there is neither an outcome of transactions (TxInfAndSts/TxSts) nor one of the whole "
                          "message (GrpSts); PmtInfSts alone is none")
    for outcome in {whole, *(_status(0, code) for code in blocks)} - {None}:
        other = next((line for line in lines if line.outcome != outcome), None)
        if other is not None:
            raise _unreadable(other.row, "整批状态(GrpSts 或 PmtInfSts)与逐笔结果(TxSts)相互矛盾",
                              "the status of the whole (GrpSts or PmtInfSts) contradicts that of the transaction")


def _transactions(root: ET.Element) -> Iterator[ToldLine]:
    for number, one in enumerate(root.iter("TxInfAndSts"), 1):
        outcome = _status(number, _text(one, "TxSts"))
        if outcome is None:
            continue
        try:
            amount = _text(one, "OrgnlTxRef/Amt/InstdAmt")
            yield ToldLine(number, line_id_of(_text(one, "OrgnlEndToEndId")), outcome,
                           _day(_text(one, "AccptncDtTm")), fen_of(amount) if amount else None,
                           _why(outcome, _reason(one)))
        except ValueError as error:
            raise _unreadable(number, f"内容有误:{str(error)[:60]}", f"wrong content: {str(error)[:60]}") from None


def _text(element: ET.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        return None


def _reason(element: ET.Element) -> str | None:
    told = [_text(element, f"StsRsnInf/{path}") for path in ("Rsn/Cd", "Rsn/Prtry", "AddtlInf")]
    return " ".join(filter(None, told))[:300] or None
