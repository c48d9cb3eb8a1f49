"""Bank files as ISO 20022 customer credit transfer initiation, pain.001.001.09."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from services.relief.domain.payments.bank import BankLine, FileHead, reference, yuan

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
CURRENCY = "CNY"


def pain001_file(head: FileHead, lines: Iterable[BankLine]) -> bytes:
    """One payment information block; a transaction a line, its end-to-end id the line's own."""
    lines = list(lines)
    count, total = str(len(lines)), yuan(sum(line.amount_fen for line in lines))
    document = ET.Element("Document", xmlns=NAMESPACE)
    message = ET.SubElement(document, "CstmrCdtTrfInitn")
    _add(message, "GrpHdr", [
        ("MsgId", head.message_id), ("CreDtTm", head.made_at.isoformat(timespec="seconds")), ("NbOfTxs", count),
        ("CtrlSum", total), ("InitgPty/Nm", head.payer_name[:140])])
    block = _add(message, "PmtInf", [
        ("PmtInfId", head.message_id), ("PmtMtd", "TRF"), ("BtchBookg", "true"), ("NbOfTxs", count),
        ("CtrlSum", total), ("ReqdExctnDt/Dt", head.made_at.date().isoformat()), ("Dbtr/Nm", head.payer_name[:140]),
        ("DbtrAcct/Id/Othr/Id", head.payer_account), ("DbtrAcct/Ccy", CURRENCY),
        ("DbtrAgt/FinInstnId/Othr/Id", "NOTPROVIDED")])
    for line in lines:
        _transaction(block, head, line)
    return bytes(ET.tostring(document, encoding="utf-8", xml_declaration=True))


def _transaction(block: ET.Element, head: FileHead, line: BankLine) -> None:
    one = ET.SubElement(block, "CdtTrfTxInf")
    ET.SubElement(ET.SubElement(one, "PmtId"), "EndToEndId").text = reference(line.line_id)
    ET.SubElement(ET.SubElement(one, "Amt"), "InstdAmt", Ccy=CURRENCY).text = yuan(line.amount_fen)
    for path, text in (("CdtrAgt/FinInstnId/Nm", line.bank_name[:140]), ("Cdtr/Nm", line.holder[:140]),
                       ("CdtrAcct/Id/Othr/Id", line.number), ("RmtInf/Ustrd", head.purpose[:140])):
        _put(one, path, text)


def _add(parent: ET.Element, name: str, parts: list[tuple[str, str]]) -> ET.Element:
    made = ET.SubElement(parent, name)
    for path, text in parts:
        _put(made, path, text)
    return made


def _put(parent: ET.Element, path: str, text: str) -> None:
    """The element at `path`, made on the way where it is not the last one there."""
    *folders, name = path.split("/")
    for folder in folders:
        last = parent[-1] if len(parent) else None
        parent = last if last is not None and last.tag == folder else ET.SubElement(parent, folder)
    ET.SubElement(parent, name).text = text
