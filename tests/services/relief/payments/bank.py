"""A payments desk with workers and money, and a bank that answers files."""

from __future__ import annotations

import csv
import io
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.samples import get_fund, give_card

DRAFTER, CHECKER, SENDER = caller(Role.CASHIER), caller(Role.CASHIER), caller(Role.CASHIER)
APPROVER, AUDITOR, DIRECTOR = caller(Role.CHAIR), caller(Role.AUDITOR), caller(Role.CENTRE_DIRECTOR)


#: a fund's account at its bank
SPECIAL = {"account_name": "某某市总工会", "bank_name": "示范农商银行", "bank_code": "402452000012",
           "number": "370200112233447788"}


def with_account(relief: Desk, money: Mapping[str, Any]) -> dict[str, Any]:
    """The fund, its special account entered."""
    changed: dict[str, Any] = relief.must("set_fund_account", DRAFTER, path={"fund_id": money["id"]}, body=SPECIAL,
                                          version=get_fund(relief, money["id"])["version"])
    return changed


def trail(relief: Desk, action: str) -> list[dict[str, Any]]:
    """The audit entries of one action."""
    found = relief.must("list_audit_entries", AUDITOR, query={"limit": "200"})["items"]
    return [one for one in found if one["action"] == action]


def workers(membership: Desk, count: int) -> list[str]:
    """Workers with cards of their own."""
    ids = [people.worker(membership, None) for _ in range(count)]
    for worker_id in ids:
        give_card(membership, worker_id)
    return ids


def lines(worker_ids: Iterable[str], fen: int = 10_000, first: int = 1) -> list[dict[str, Any]]:
    return [{"key": f"L-{number}", "worker_id": worker_id, "amount_fen": fen}
            for number, worker_id in enumerate(worker_ids, first)]


class Batch:
    """One batch on a desk, driven by commands; it remembers the record as it stands."""

    def __init__(self, relief: Desk, record: dict[str, Any]) -> None:
        self.relief, self.now = relief, record

    @property
    def path(self) -> dict[str, str]:
        return {"batch_id": self.now["id"]}

    def read(self) -> dict[str, Any]:
        self.now = self.relief.must("get_payment_batch", AUDITOR, path=self.path)
        return self.now

    def do(self, operation: str, who: Any, **body: Any) -> tuple[int, Any]:
        return self.relief.do(operation, who, path=self.path, body=body, version=self.read()["version"])

    def must(self, operation: str, who: Any, **body: Any) -> dict[str, Any]:
        status, data = self.do(operation, who, **body)
        assert status < 300, (operation, data)
        return self.settle()

    def refused(self, operation: str, who: Any, **body: Any) -> str:
        status, data = self.do(operation, who, **body)
        assert status >= 400, (operation, data)
        return str(data["code"])

    def add(self, sent: list[dict[str, Any]], who: Any = DRAFTER) -> tuple[int, Any]:
        return self.relief.do("add_payment_lines", who, path=self.path, body={"lines": sent})

    def settle(self) -> dict[str, Any]:
        """Let the steps go on to their end."""
        self.relief.tick()
        return self.read()

    def rows(self, **query: Any) -> list[dict[str, Any]]:
        return all_of(self.relief, "list_payment_lines", batch_id=self.now["id"], **query)

    def approve(self) -> None:
        self.must("check_payment_batch", CHECKER)
        assert self.now["state"] == "CHECKED", self.now
        self.must("approve_payment_batch", APPROVER)

    def send(self) -> None:
        self.approve()
        self.must("send_payment_batch", SENDER, receipt_no="YH-1")
        assert (self.now["state"], self.now["job"]) == ("SENT", None)

    def files(self) -> list[dict[str, Any]]:
        return all_of(self.relief, "list_bank_files", batch_id=self.now["id"])

    def content(self, file_id: str) -> bytes:
        return bytes(self.relief.must("download_bank_file", SENDER, path={"file_id": file_id}))

    def load(self, content: bytes, file_format: str = "CSV") -> tuple[int, Any]:
        body = {"batch_id": self.now["id"], "file_format": file_format, "content": b64encode(content).decode()}
        return self.relief.do("load_bank_return", SENDER, body=body)

    def told(self, content: bytes, file_format: str = "CSV") -> dict[str, Any]:
        """Load a file that must be taken, and book it."""
        status, data = self.load(content, file_format)
        assert status < 300, data
        self.settle()
        return dict(data)


def all_of(relief: Desk, operation: str, **query: Any) -> list[dict[str, Any]]:
    found, cursor = [], None
    while True:
        page = relief.must(operation, AUDITOR, query={
            "limit": "200", **query, **({"cursor": cursor} if cursor else {})})
        found += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            return found


def draft(relief: Desk, money: Mapping[str, Any], sent: list[dict[str, Any]], **more: Any) -> Batch:
    """A list batch that declares exactly `sent`, still empty."""
    body = {"fund_id": money["id"], "purpose": "LIVING", "kind": "LIST", "document_no": new_id(),
            "declared_count": len(sent), "declared_fen": sum(one["amount_fen"] for one in sent), **more}
    return Batch(relief, relief.must("draft_payment_batch", DRAFTER, body=body))


def filled(relief: Desk, money: Mapping[str, Any], sent: list[dict[str, Any]], **more: Any) -> Batch:
    batch = draft(relief, money, sent, **more)
    status, data = batch.add(sent)
    assert status == 201, data
    return batch


def answer(bank_file: bytes, outcome: Callable[[str], str | None], on: str = "") -> bytes:
    """What the bank says to a CSV file of ours: an outcome for each line, None for silence."""
    rows = list(csv.reader(io.StringIO(bank_file.decode("utf-8-sig"), newline="")))[1:]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["报文号", "明细编号", "金额(元)", "结果", "日期", "原因"])
    for row in rows:
        said = outcome(row[1])
        if said is not None:
            writer.writerow([row[0], row[1], row[5], said, on or today().isoformat(),
                             "" if said == "成功" else "账户状态异常"])
    return text.getvalue().encode()
