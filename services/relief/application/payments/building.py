"""Makes the bank files of an approved batch, and hands them out."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, insert, select

from services.relief.adapters.bank.files import FORMATS
from services.relief.adapters.funds import funds
from services.relief.adapters.payments import payment_batches, payment_files
from services.relief.application.applications.by_file import inside
from services.relief.application.payments import entitled, payees
from services.relief.application.payments.jobs import Held, Moved, advance, renew
from services.relief.application.payments.payees import Account
from services.relief.application.payments.payers import payer_of
from services.relief.application.payments.seen import changed_since
from services.relief.application.payments.steps import of_batch, take_out
from services.relief.domain.funds.names import PURPOSES_ZH
from services.relief.domain.payments.bank import BankLine, FileHead, Payer
from services.relief.domain.payments.batch import PaymentBatch
from services.relief.domain.payments.refusals import FileWithdrawn, LinesNotInForce
from services.relief.rules import payments as rules
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.kernel.slices import slices
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

F = payment_files.c
#: the payee has another account than the check saw: nobody has looked at it
CARD_CHANGED = "CARD_CHANGED"
PURPOSE = "发放批次 {batch_no} 的银行代发文件"


def build(held: Held) -> bool:
    """One file a chunk. The numbers come from the vault now, audited there, and lie in the encrypted file only.

    A line whose payee no longer passes or has another card than at the check, or whose file is not in force any more,
    is not put in: it leaves the batch with its reason. When a file was suspended while the bank's file was being made,
    that is made again. Raises FundAccountMissing.
    """
    head = held.tick.peek(select(payment_batches).where(payment_batches.c.id == held.batch_id))[0]
    payer = payer_of(held.tick.peek(select(funds).where(funds.c.id == head.fund_id))[0], head.file_format)
    most = rules.file_most_lines(head.org_path)
    rows = held.tick.peek(of_batch(held.batch_id, held.cursor, most))
    lost = entitled.lost(held.tick.peek, rows)
    accounts = _accounts(held, head.batch_no, [row for row in rows if row.id not in lost])
    for line_id in changed_since(held.tick.peek, rows, accounts):
        lost[line_id] = CARD_CHANGED
        del accounts[line_id]
    good = [row for row in rows if row.id in accounts]
    number = len(held.tick.peek(select(F.id).where(F.batch_id == held.batch_id))) + 1
    made = _file(head, number, payer, [_bank_line(row, accounts[row.id]) for row in good]) if good else None

    def keep(work: Work, batch: PaymentBatch) -> Moved:
        if entitled.lost(inside(work), rows, hold=True).keys() - lost.keys():  # suspended since
            return Moved(held.cursor, 0, False)
        out = {row.id: lost.get(row.id, "PAYEE_CHANGED") for row in rows if row.id not in accounts}
        for reason in sorted(set(out.values())):
            _drop(work, batch, [row for row in rows if out.get(row.id) == reason], reason, held.started_by)
        if made is not None:
            made.update(first_line_id=good[0].id, last_line_id=good[-1].id)
            work.session.execute(insert(payment_files).values(**made))
            if payer is not None:
                work.note("reveal_fund_account", "FundAccount", head.fund_id, {
                    "purpose": PURPOSE.format(batch_no=head.batch_no), "for": held.batch_id}, org_path=head.org_path)
        return Moved(rows[-1].id if rows else held.cursor, len(rows), len(rows) < most)

    return advance(held, keep)


def _accounts(held: Held, batch_no: str, rows: Sequence[Row[Any]]) -> dict[str, Account]:
    """Line id → account, asked some hundred at a time; the lease is kept in between."""
    found: dict[str, Account] = {}
    purpose = PURPOSE.format(batch_no=batch_no)
    for number, some in enumerate(slices(rows, payees.MOST_ASKED)):
        for kind in sorted({row.payee_kind for row in some} & set(payees.PAYEES)):
            mine = [row for row in some if row.payee_kind == kind]
            told: Mapping[str, Account] = payees.PAYEES[kind].reveal(
                held.tick, sorted({row.payee_id for row in mine}), purpose, held.batch_id)
            found |= {row.id: told[row.payee_id] for row in mine if row.payee_id in told}
        if number:
            renew(held)
    return found


def _bank_line(row: Row[Any], account: Account) -> BankLine:
    return BankLine(row.id, account.holder, account.number, account.bank_name, row.amount_fen)


def _file(batch: Row[Any], number: int, payer: Payer | None, lines: Sequence[BankLine]) -> dict[str, Any]:
    """The row of a file: the same lines, the same bytes."""
    render, ending, media_type = FORMATS[batch.file_format]
    message_id = f"{batch.batch_no}-{number:02d}"
    content = render(FileHead(message_id, batch.created_at, payer, PURPOSES_ZH[batch.purpose]), lines)
    return {"id": new_id(), "org_path": batch.org_path, "batch_id": batch.id, "number": number,
            "message_id": message_id, "file_format": batch.file_format, "file_name": f"{message_id}.{ending}",
            "media_type": media_type, "lines_count": len(lines), "total_fen": sum(line.amount_fen for line in lines),
            "sha256": hashlib.sha256(content).hexdigest(), "content": b64encode(content).decode(), "created_at": now()}


def _drop(work: Work, batch: PaymentBatch, rows: Sequence[Row[Any]], reason: str, actor: str) -> None:
    take_out(work, batch, rows, reason, actor)
    batch.give(len(rows), sum(row.amount_fen for row in rows))


def get_bank_file(reading: Reading, asked: Asked) -> Any:
    return reading.row(payment_files, asked.path["file_id"])


def list_bank_files(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [F.batch_id == asked.query["batch_id"]] if "batch_id" in asked.query else []
    return reading.page(payment_files, asked.query, sort=[F.created_at, F.number], where=where)


def download_bank_file(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Who downloads a file is kept before they get it. Raises FileWithdrawn; before it is sent, LinesNotInForce."""
    found = reading.row(payment_files, asked.path["file_id"])
    state = reading.record(PaymentBatch, found["batch_id"]).state
    if state == "CANCELLED":
        raise FileWithdrawn
    lost = entitled.lost_of_batch(reading.all, found["batch_id"]) if state == "APPROVED" else {}
    if lost:
        raise LinesNotInForce(count=len(lost), lines=entitled.some_of(lost))
    reading.note("download_bank_file", "PaymentFile", found["id"], {
        "batch_id": found["batch_id"], "message_id": found["message_id"], "sha256": found["sha256"]},
        org_path=found["org_path"])
    return {"file_name": found["file_name"], "media_type": found["media_type"], "content": b64decode(found["content"])}
