"""A receipt brings money in once: into whatever fund of the unit, for whatever matter, however it is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.caller import Caller
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Request
from tests.services.desks import Desk, caller
from tests.services.relief.funds.money import correct
from tests.services.relief.mutual_aid.aid import Enrolment, Unit
from tests.services.relief.payments.bank import AUDITOR, Batch, answer, filled, lines, workers
from tests.services.relief.samples import CASHIER, DIRECTOR, Case, Roster, assert_sound, fund, receive, request
from tests.services.relief.test_races import at_once

DeskOf = Callable[[str], Desk]
#: what a caller sends, with the number it would enter
Way = Callable[[str], tuple[int, Any]]


class Ways:
    """A unit with everything that money can come in for."""

    def __init__(self, relief: Desk, membership: Desk) -> None:
        self.relief, self.money = relief, fund(relief)
        self.batch: Batch = filled(relief, self.money, lines(workers(membership, 2), 10_000))
        self.batch.send()
        self.batch.told(answer(self.batch.content(self.batch.files()[0]["id"]), lambda _: "成功"))
        self.line_ids = [row["id"] for row in self.batch.rows()]
        self.advance = self._advance(membership)
        self.enrolment: Enrolment = Unit(membership, 12).enrol(relief, "HOSPITAL_TIERS")

    def _advance(self, membership: Desk) -> Case:
        case = request(self.relief, Roster(membership, [500]))
        case.secure()
        case.pay(self.money["id"])
        return case

    def fund(self, number: str) -> tuple[int, Any]:
        return self.relief.do("receive_funds", CASHIER, path={"fund_id": self.money["id"]},
                              body={"amount_fen": 100, "receipt_no": number})

    def interest(self, number: str) -> tuple[int, Any]:
        return self.relief.do("receive_interest", CASHIER, path={"fund_id": self.money["id"]},
                              body={"amount_fen": 100, "document_no": number})

    def recovery(self, number: str) -> tuple[int, Any]:
        return self._recover(self.line_ids[0], number)

    def other_recovery(self, number: str) -> tuple[int, Any]:
        return self._recover(self.line_ids[1], number)

    def _recover(self, line_id: str, number: str) -> tuple[int, Any]:
        body = {"line_id": line_id, "document_no": number, "on": today().isoformat(), "reason": "错发"}
        return self.relief.do("propose_payment_recovery", DIRECTOR, body=body)

    def repayment(self, number: str) -> tuple[int, Any]:
        return self.advance.do("record_repayment", CASHIER, amount_fen=100, receipt_no=number)

    def fee(self, number: str) -> tuple[int, Any]:
        due_fen = self.enrolment.now["fee_fen"] - self.enrolment.now["union_fee_fen"]
        return self.enrolment.do("pay_enrolment_fee", CASHIER, amount_fen=due_fen, receipt_no=number)


@pytest.fixture
def ways(desk: DeskOf) -> Ways:
    return Ways(desk("relief"), desk("membership"))


NAMES = ("fund", "interest", "recovery", "other_recovery", "repayment", "fee")


@pytest.mark.parametrize("first", NAMES)
def test_what_one_receipt_brought_no_other_entry_brings_again(ways: Ways, first: str) -> None:
    assert getattr(ways, first)("TH-X1")[0] in (200, 201)
    for other in NAMES:
        if other == first:
            continue
        status, told = getattr(ways, other)("th - x1")
        assert (status, told.get("code")) == (409, "receipt-known"), other
        assert told["errors"][0]["pointer"] in ("/receipt_no", "/document_no")
        assert "分别开具" in told["detail"]["zh"]
    assert_sound(ways.relief, ways.money["id"])


def test_what_is_undone_frees_its_receipt(ways: Ways) -> None:
    made = ways.recovery("TH-1")[1]
    ways.relief.must("refuse_payment_correction", AUDITOR, path={"correction_id": made["id"]}, version=1,
                     body={"reason": "不是这一笔"})
    assert ways.other_recovery("TH-1")[0] == 201
    entry = receive(ways.relief, ways.money["id"], 5_000, "SJ-1")
    correct(ways.relief, entry)
    assert ways.repayment("sj-1")[0] == 200
    assert ways.fund("SJ-1")[1]["code"] == "receipt-known"


def test_another_unit_has_its_own_receipts(ways: Ways) -> None:
    assert ways.fund("SJ-1")[0] == 201
    elsewhere = caller(Role.CASHIER, Role.CENTRE_DIRECTOR, org_path="/37/3702/370203/")
    other = ways.relief.must("open_fund", elsewhere, body={"source": "UNION", "name": "另一区"})
    ways.relief.must("receive_funds", elsewhere, path={"fund_id": other["id"]},
                     body={"amount_fen": 1, "receipt_no": "SJ-1"})


def test_a_receipt_and_a_recovery_race_for_one_number(two: tuple[Desk, Desk], desk: DeskOf) -> None:
    ways, other = Ways(two[0], desk("membership")), two[1]

    def command(operation: str, who: Caller, body: dict[str, Any], path: dict[str, str] | None = None) -> Request:
        return Request(operation, who, path or {}, {}, json.dumps(body).encode(), new_id(), None)

    for number in ("A-1", "A-2"):
        answers = at_once([
            (two[0], command("receive_funds", CASHIER, {"amount_fen": 100, "receipt_no": number},
                             {"fund_id": ways.money["id"]})),
            (other, command("propose_payment_recovery", DIRECTOR, {
                "line_id": ways.line_ids[int(number[-1]) - 1], "document_no": number.lower(),
                "on": today().isoformat(), "reason": "错发"})),
        ])
        assert sorted(one.status for one in answers) == [201, 409]
    assert_sound(two[0], ways.money["id"])
