"""F5: a list of relief is paid through the bank by two cashiers, and reconciled (名册代发—回盘—对账)."""

from __future__ import annotations

import csv
import io
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from shared.kernel.clock import today
from shared.kernel.roles import Role
from shared.runtime.demo.api import Person, until
from shared.runtime.demo.cast import DISTRICT, Cast, hire

BATCHES, FEN = "/v1/relief/payment-batches", 120_000


def second_cashier(cast: Cast) -> Person:
    """Whoever wrote a list does not check it; whoever checked it does not send it."""
    cast.open_account("r11-second-cashier", "出纳乙", [(Role.CASHIER, DISTRICT)])
    return cast.named("r11-second-cashier")


def waited(cast: Cast, path: str, state: str) -> Any:
    """The batch as soon as no step goes on any more and it has come to `state`."""

    def look() -> Any:
        found = cast["R11"].reads(path)
        return found if found["state"] == state and found["job"] is None else None

    return until(f"{path} {state}", look)


def drafted(cast: Cast, number: int) -> Any:
    """A list of three workers for which the money is reserved."""
    first = 500_000 + 10 * number
    workers = hire(cast, None, range(first, first + 3))
    fund = cast["R11"].does("/v1/relief/funds", {"source": "UNION", "name": "工会帮扶资金"},
                            key=f"demo payments fund {number}")
    path = f"/v1/relief/funds/{fund['id']}"
    if cast["R11"].reads(path)["account_tail"] is None:
        cast["R11"].changes(path, "account", {
            "account_name": "示范区总工会", "bank_name": "示范农商银行", "bank_code": "402452000012",
            "number": f"3702001122{number:08d}"})
    cast["R11"].does(f"{path}/receipts", {
        "amount_fen": 1_000_000, "receipt_no": f"FF-SJ-{number}"}, key=f"demo payments receipt {number}")
    batch = cast["R11"].does(BATCHES, {
        "fund_id": fund["id"], "purpose": "LIVING", "kind": "LIST", "document_no": f"帮扶会议纪要{number}号",
        "declared_count": 3, "declared_fen": 3 * FEN}, key=f"demo payments batch {number}")
    cast["R11"].does(f"{BATCHES}/{batch['id']}/lines", {"lines": [
        {"key": f"SH-{number}-{n}", "worker_id": one["id"], "amount_fen": FEN} for n, one in enumerate(workers)]},
        key=f"demo payments lines {number}")
    return batch


def sent(cast: Cast, path: str) -> Any:
    """Checked by another cashier than wrote the list, approved by the chair, handed to the bank; the file for it."""
    second_cashier(cast).changes(path, "check")
    waited(cast, path, "CHECKED")
    cast["R9"].changes(path, "approve")
    batch = waited(cast, path, "APPROVED")
    (file,) = cast["R11"].reads("/v1/relief/payment-files", batch_id=batch["id"])["items"]
    content = cast["R11"].reads(f"/v1/relief/payment-files/{file['id']}/content")
    cast["R11"].changes(path, "send", {"receipt_no": "代发受理001"})
    waited(cast, path, "SENT")
    return bytes(content)


def answered(bank_file: bytes) -> bytes:
    """The bank's return file: everybody but the last has the money."""
    rows = list(csv.reader(io.StringIO(bank_file.decode("utf-8-sig"), newline="")))[1:]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["报文号", "明细编号", "金额(元)", "结果", "日期", "原因"])
    writer.writerows([row[0], row[1], row[5], *said] for row, said in zip(
        rows, [("成功", str(today()), "")] * (len(rows) - 1) + [("失败", str(today()), "账户状态异常")], strict=True))
    return text.getvalue().encode()


def tell(cast: Cast, _shift_clock: Callable[[int], None], number: int) -> Any:
    """The whole of it; the reconciled batch."""
    batch = drafted(cast, number)
    path, cashier = f"{BATCHES}/{batch['id']}", cast["R11"]
    if cashier.reads(path)["state"] == "RECONCILED":  # told before
        return batch
    content = answered(sent(cast, path))
    cashier.does("/v1/relief/payment-returns", {"batch_id": batch["id"], "file_format": "CSV",
                                                "content": b64encode(content).decode()})
    waited(cast, path, "PARTLY_SETTLED")
    cashier.changes(path, "reconcile", {"statement_no": f"DZD-{number}", "debited_fen": 2 * FEN})
    line = cashier.reads("/v1/relief/payment-lines", batch_id=batch["id"])["items"][0]
    for part, fen in enumerate((FEN // 4, None), 1):  # a quarter first, then all that is left
        recovery = cast["R8"].does("/v1/relief/payment-recoveries", {
            "line_id": line["id"], "document_no": f"TH-{number}-{part}", "on": str(today()), "amount_fen": fen,
            "reason": "重复享受,本人分期退回"}, key=f"demo payments recovery {number} {part}")
        cast["R12"].changes(f"/v1/relief/payment-corrections/{recovery['id']}", "confirm")
    return cashier.reads(path)
