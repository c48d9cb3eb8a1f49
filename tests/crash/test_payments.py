"""kill -9 at random moments of a payment batch: every line is paid exactly once, and the batch ends by itself."""

from __future__ import annotations

import csv
import io
import itertools
import json
import random
import sys
import threading
import time
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import func, select

from services.relief.adapters.funds import ledger_entries
from services.relief.adapters.payments import payment_lines
from shared.kernel.clock import today
from shared.runtime.demo.cast import Cast, hire
from shared.runtime.demo.payments import BATCHES, second_cashier
from shared.runtime.operate import database
from shared.store.tables import outbox
from tests.flows.settled import broken_trails, unsettled
from tests.storm import Storm, until

FEN, WORKERS, END_SECONDS = 100, 20, 1_500
_numbers = itertools.count(1)


@dataclass
class Paying:
    """One batch on its way, driven by a client that repeats what failed for now."""

    cast: Cast
    count: int
    number: int = field(default_factory=lambda: next(_numbers))
    record: dict[str, Any] = field(default_factory=dict)
    failed: list[BaseException] = field(default_factory=list)
    is_done: threading.Event = field(default_factory=threading.Event)

    @property
    def path(self) -> str:
        return f"{BATCHES}/{self.record['id']}"

    def run(self) -> None:
        try:
            self.pay()
        except BaseException as error:
            self.failed.append(error)
        finally:
            self.is_done.set()

    def pay(self) -> None:
        cashier, second = self.cast["R11"], second_cashier(self.cast)
        self.fill()
        steps = [(second, "check", None, "CHECKED"), (self.cast["R9"], "approve", None, "APPROVED"),
                 (cashier, "send", {"receipt_no": f"YH-{self.number}"}, "SENT")]
        for who, step, body, state in steps:
            who.changes(self.path, step, body)
            self.waited(state)
        for half in (0, 1):
            self.told(half)
        self.waited("SETTLED")

    def fill(self) -> None:
        """The list in four requests."""
        first = 600_000 + 100 * self.number
        workers = [one["id"] for one in hire(self.cast, None, range(first, first + WORKERS))]
        cashier = self.cast["R11"]
        fund = cashier.does("/v1/relief/funds", {"source": "UNION", "name": "风暴资金"})
        cashier.does(f"/v1/relief/funds/{fund['id']}/receipts", {
            "amount_fen": self.count * FEN, "receipt_no": f"SJ-{time.time_ns()}"})
        self.record = cashier.does(BATCHES, {
            "fund_id": fund["id"], "purpose": "LIVING", "kind": "LIST", "document_no": f"风暴{time.time_ns()}",
            "declared_count": self.count, "declared_fen": self.count * FEN})
        lines = [{"key": f"{n}", "worker_id": workers[n % WORKERS], "amount_fen": FEN} for n in range(self.count)]
        for start in range(0, self.count, self.count // 4):
            cashier.does(f"{self.path}/lines", {"lines": lines[start:start + self.count // 4]})

    def waited(self, state: str) -> None:
        """Nobody lifts a hand: the step ends by itself."""

        def look() -> bool:
            self.record = self.cast["R11"].reads(self.path)
            return bool(self.record["state"] == state and self.record["job"] is None)

        until(f"the batch {state}: {self.record}", look, 600)

    def told(self, half: int) -> None:
        """The bank answers every file in two halves."""
        for file in self.cast["R11"].reads("/v1/relief/payment-files", batch_id=self.record["id"])["items"]:
            content = self.cast["R11"].reads(f"/v1/relief/payment-files/{file['id']}/content").decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(content, newline="")))[1:]
            text = io.StringIO(newline="")
            csv.writer(text).writerows([["报文号", "明细编号", "金额(元)", "结果", "日期"], *(
                [row[0], row[1], row[5], "成功", str(today())] for row in rows[half::2])])
            self.cast["R11"].does("/v1/relief/payment-returns", {
                "batch_id": self.record["id"], "file_format": "CSV",
                "content": b64encode(text.getvalue().encode()).decode()})
            until("the half booked", lambda: self.cast["R11"].reads(self.path)["job"] is None, 600)


def killed(storm: Storm, paying: Paying, kills: int, most_rest: float) -> int:
    """kill -9 of the services that pay, at random moments of their work, while there is some; how often.

    Who is killed before it serves has done nothing, and a batch killed so again and again would never end.
    """
    chance, done = random.Random(), 0
    while done < kills and not paying.is_done.is_set():
        name = chance.choice(["relief"] * 4 + ["membership"])
        storm.serving(name)
        if not paying.is_done.wait(chance.uniform(0.05, most_rest)):
            storm.kill(name)
            done += 1
    return done


def findings(storm: Storm, paying: Paying) -> list[str]:
    """Everything that is wrong, in sentences."""
    batch, e, wrong = paying.record, ledger_entries.c, []
    auditor, fund = paying.cast["R12"], f"/v1/relief/funds/{paying.record['fund_id']}"
    if (batch["state"], batch["paid_count"]) != ("SETTLED", paying.count):
        wrong.append(f"the batch: {batch}")
    trial, held = auditor.reads(f"{fund}/trial-balance"), auditor.reads(fund)
    if (trial["difference_fen"], trial["agrees"]) != (0, True) or not auditor.reads(f"{fund}/verification")["is_whole"]:
        wrong.append(f"the ledger: {trial}")
    if (held["paid_fen"], held["available_fen"], held["reserved_fen"]) != (paying.count * FEN, 0, 0):
        wrong.append(f"the fund: {held}")
    with database(storm.centre.settings, "relief") as opened, opened.read() as connection:
        paid = connection.execute(select(func.count(), func.count(e.about_part.distinct())).where(
            e.fund_id == batch["fund_id"], e.kind == "PAID")).one()
        states = dict(connection.execute(select(payment_lines.c.state, func.count()).where(
            payment_lines.c.batch_id == batch["id"]).group_by(payment_lines.c.state)).all())
        told = [line["line_id"] for (text,) in connection.execute(select(outbox.c.envelope).where(
            outbox.c.subject == batch["id"], outbox.c.type == "relief.payments_settled.v2"))
            for line in json.loads(text)["data"]["lines"]]
    if tuple(paid) != (paying.count, paying.count) or states != {"PAID": paying.count}:
        wrong.append(f"entries {tuple(paid)}, lines {states}")
    if len(told) != paying.count or len(set(told)) != paying.count:
        wrong.append(f"{len(told)} lines were told of, {len(set(told))} different ones")
    wrong += [f"not settled: {row}" for row in unsettled(storm.centre.settings, 120)]
    return wrong + [f"broken trail: {row}" for row in broken_trails(storm.centre.settings)]


def weather(storm: Storm, count: int, kills: int, most_rest: float) -> int:
    """One batch through a storm; how often something was killed."""
    paying, began = Paying(storm.cast, count), time.monotonic()
    thread = threading.Thread(target=paying.run, daemon=True)
    thread.start()
    done = killed(storm, paying, kills, most_rest)
    thread.join(END_SECONDS)
    assert paying.is_done.is_set(), f"the batch hangs: {paying.record}" + storm.centre.logs()
    if paying.failed:
        raise paying.failed[0]
    storm.recovered()
    wrong = findings(storm, paying)
    sys.stdout.write(f"{count} lines, {done} kills, {time.monotonic() - began:.0f} s\n")
    assert not wrong, "\n".join(wrong) + storm.centre.logs()
    return done


def test_a_batch_in_a_storm(storm: Storm) -> None:
    assert weather(storm, 1_200, 4, 2.0)


@pytest.mark.long
def test_fifty_kills_in_batches_of_ten_thousand(storm: Storm) -> None:
    done = 0
    while done < 50:
        done += weather(storm, 10_000, 50 - done, 4.0)
