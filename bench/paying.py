"""Payment batches through the door, as cashiers, a chair and a bank handle them."""

from __future__ import annotations

import csv
import http.client
import io
import json
import secrets
import time
import uuid
from base64 import b64encode
from dataclasses import dataclass

from sqlalchemy import insert

from bench.centre import PLACE, Centre
from gateway.accounts.cli import add_account
from services.membership.adapters.tables import workers
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.runtime import keys
from shared.runtime.demo import people
from shared.runtime.demo.api import Person, until
from shared.runtime.demo.payments import BATCHES
from shared.store.engine import Database, service_url

WORKERS, FEN, A_REQUEST = 10_000, 100, 10_000
MUCH_FEN = 10**13
PATIENCE_SECONDS = 900
STAFF = {"first": "R11", "second": "R11", "chair": "R9"}


@dataclass
class Office:
    """The people who pay, their fund, and workers with cards."""

    centre: Centre
    people: dict[str, Person]
    fund_id: str
    worker_ids: list[str]

    def draft(self, count: int, file_format: str = "CSV") -> str:
        """A new list batch; its path."""
        made = self.people["first"].does(BATCHES, {
            "fund_id": self.fund_id, "purpose": "LIVING", "kind": "LIST", "document_no": str(uuid.uuid4()),
            "declared_count": count, "declared_fen": count * FEN, "file_format": file_format})
        return f"{BATCHES}/{made['id']}"

    def body(self, first: int, count: int) -> bytes:
        """A request of a list."""
        return json.dumps({"lines": [{"key": f"L{n:06d}", "worker_id": self.worker_ids[n % WORKERS], "amount_fen": FEN}
                                     for n in range(first, first + count)]}).encode()

    def send(self, path: str, body: bytes) -> None:
        """Raises AssertionError when the lines were not taken."""
        connection = http.client.HTTPConnection("127.0.0.1", self.centre.port, timeout=60)
        try:
            connection.request("POST", f"{path}/lines", body, {
                "Authorization": f"Bearer {self.people['first'].token}", "Content-Type": "application/json",
                "Idempotency-Key": str(uuid.uuid4())})
            answer = connection.getresponse()
            data = answer.read()
            assert answer.status == 201, data[:300]
        finally:
            connection.close()

    def whole(self, count: int) -> dict[str, float]:
        """A batch from the draft to the reconciliation; the seconds of each step."""
        began, took = time.perf_counter(), {}

        def passed(step: str) -> None:
            nonlocal began
            took[step], began = time.perf_counter() - began, time.perf_counter()

        path = self.draft(count)
        for first in range(0, count, A_REQUEST):
            self.send(path, self.body(first, min(A_REQUEST, count - first)))
        passed("propose")
        for who, step, body, state in (("second", "check", None, "CHECKED"), ("chair", "approve", None, "APPROVED"),
                                       ("first", "send", {"receipt_no": "1"}, "SENT")):
            self.people[who].changes(path, step, body)
            self._waited(path, state)
            passed({"approve": "approve_and_file"}.get(step, step))
        self._returned(path)
        passed("return")
        self.people["second"].changes(path, "reconcile", {"statement_no": "1", "debited_fen": count * FEN})
        passed("reconcile")
        return took

    def _waited(self, path: str, *states: str) -> None:
        def look() -> bool:
            found = self.people["first"].reads(path)
            return found["state"] in states and found["job"] is None

        until(f"{path} {states}", look, PATIENCE_SECONDS)

    def _returned(self, path: str) -> None:
        """The bank pays every line of every file."""
        batch_id = path.rpartition("/")[2]
        for file in self.people["first"].reads("/v1/relief/payment-files", batch_id=batch_id)["items"]:
            content = self.people["second"].reads(f"/v1/relief/payment-files/{file['id']}/content")
            self.people["second"].does("/v1/relief/payment-returns", {
                "batch_id": batch_id, "file_format": "CSV", "content": b64encode(paid(content)).decode()})
            self._waited(path, "SENT", "SETTLED")
        self._waited(path, "SETTLED")


def paid(content: bytes) -> bytes:
    """The return file of a bank that paid everything."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]
    text, day = io.StringIO(newline=""), str(today())
    writer = csv.writer(text)
    writer.writerow(["报文号", "明细编号", "金额(元)", "结果", "日期"])
    writer.writerows([row[0], row[1], row[5], "成功", day] for row in rows)
    return text.getvalue().encode()


def opened(centre: Centre) -> Office:
    """Accounts, money and workers for a running centre."""
    staff, tag = {}, time.time_ns()
    for name, role in STAFF.items():
        password = secrets.token_urlsafe(16)
        add_account(centre.settings, f"bench.{name}-{tag}", password, name, [(role, PLACE)])
        staff[name] = centre.api.sign_in(f"bench.{name}-{tag}", password)
    fund = staff["first"].does("/v1/relief/funds", {"source": "UNION", "name": "发放资金"})
    staff["first"].does(f"/v1/relief/funds/{fund['id']}/receipts", {"amount_fen": MUCH_FEN, "receipt_no": f"{tag}"})
    return Office(centre, staff, fund["id"], _workers(centre))


def _workers(centre: Centre) -> list[str]:
    """Entered past the door: registering ten thousand people one by one is not what is measured."""
    keys.use(centre.settings)
    ids = [new_id() for _ in range(WORKERS)]
    opened_database = Database(service_url("membership", centre.settings.database_url, centre.settings.data))
    with opened_database.write() as connection:
        connection.execute(insert(workers), [
            {"id": one, "org_path": PLACE, "state": "ACTIVE", "version": 1, "created_at": now(), "name": people.name(n),
             "id_number": people.resident_id(n), "id_index": f"bench {n}", "bank_card": people.bank_card(n),
             "bank_name": "示范农商银行", "bank_holder": people.name(n), "registration": "LOCAL_URBAN",
             "employment": "EMPLOYED"} for n, one in enumerate(ids)])
    opened_database.close()
    return ids
