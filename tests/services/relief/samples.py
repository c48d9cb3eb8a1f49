"""Sample money, advances and the people who handle them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

from stdnum import luhn

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.mediation.town import Town

DIRECTOR, CHAIR, GROUP = caller(Role.CENTRE_DIRECTOR), caller(Role.CHAIR), caller(Role.LEADING_GROUP)
CASHIER, AUDITOR, MEDIATOR = caller(Role.CASHIER), caller(Role.AUDITOR), caller(Role.MEDIATOR)
REQUESTED = "mediation.wage_advance_requested.v1"
_cards = itertools.count(1_000)


def card_number(number: int) -> str:
    """A card number with a right check digit (Luhn)."""
    body = f"62220{number:010d}"
    return body + str(luhn.calc_check_digit(body))


def fund(relief: Desk, source: str = "UNION", fen: int = 10_000_000, **more: Any) -> dict[str, Any]:
    """A fund with money in it."""
    opened = relief.must("open_fund", DIRECTOR, body={"source": source, "name": f"{source} 账户", **more})
    if fen:
        receive(relief, opened["id"], fen)
    return get_fund(relief, opened["id"])


def receive(relief: Desk, fund_id: str, fen: int, receipt_no: str | None = None) -> Any:
    body = {"amount_fen": fen, "receipt_no": receipt_no or new_id()}
    return relief.must("receive_funds", CASHIER, path={"fund_id": fund_id}, body=body)


def get_fund(relief: Desk, fund_id: str) -> dict[str, Any]:
    found: dict[str, Any] = relief.must("get_fund", CASHIER, path={"fund_id": fund_id})
    return found


def assert_sound(relief: Desk, fund_id: str) -> None:
    """The fund's ledger is whole, balanced and says what its row says."""
    balance = relief.must("get_trial_balance", AUDITOR, path={"fund_id": fund_id})
    assert (balance["difference_fen"], balance["agrees"]) == (0, True)
    verdict = relief.must("verify_ledger", AUDITOR, path={"fund_id": fund_id})
    assert verdict["is_whole"], verdict["faults"]


class Roster:
    """Workers of one employer with claims of their own size, in a dispute whose arrears mediation has verified."""

    def __init__(self, membership: Desk, claims_fen: Sequence[int], with_cards: bool = True) -> None:
        self.town = Town(membership.outside)
        dispute = self.town.with_facts(claims_fen)
        self.employer_id, self.dispute_id = self.town.employer_id, dispute["id"]
        self.lines = [{"claim_id": claim["id"], "worker_id": claim["worker_id"], "claimed_fen": claim["claimed_fen"],
                       "advanced_fen": claim["claimed_fen"]} for claim in dispute["claims"]]
        if with_cards:
            for line in self.lines:
                give_card(membership, line["worker_id"])

    def part(self, *lines: dict[str, Any]) -> dict[str, Any]:
        """A proposal for some of the lines."""
        return {**self.body, "lines": list(lines), "total_fen": sum(line["advanced_fen"] for line in lines)}

    @property
    def body(self) -> dict[str, Any]:
        return {"dispute_id": self.dispute_id, "employer_id": self.employer_id, "reason": "BANK_TRANSFER_DELAY",
                "total_fen": sum(line["advanced_fen"] for line in self.lines), "lines": self.lines}

    @property
    def request(self) -> dict[str, Any]:
        return {**self.body, "case_no": "TJ37020220260000018", "requested_by": MEDIATOR.account_id}


def give_card(membership: Desk, worker_id: str) -> None:
    """A card that nobody else has."""
    version = membership.must("get_worker", people.CLERK, path={"worker_id": worker_id})["version"]
    membership.must("set_bank_card", people.CLERK, path={"worker_id": worker_id}, version=version,
                    body={"number": card_number(next(_cards)), "bank_name": "中国工商银行"})


class Case:
    """One advance on a desk, driven by commands; it remembers the record as it stands."""

    def __init__(self, relief: Desk, record: dict[str, Any]) -> None:
        self.relief, self.now = relief, record

    def do(self, operation: str, who: Any, **body: Any) -> tuple[int, Any]:
        status, data = self.relief.do(operation, who, path={"advance_id": self.now["id"]}, body=body,
                                      version=self.now["version"])
        if status < 300:
            self.now = data
        return status, data

    def must(self, operation: str, who: Any, **body: Any) -> dict[str, Any]:
        status, data = self.do(operation, who, **body)
        assert status < 300, (operation, data)
        return self.now

    def refused(self, operation: str, who: Any, **body: Any) -> str:
        status, data = self.do(operation, who, **body)
        assert status >= 400, (operation, data)
        return str(data["code"])

    def read(self) -> dict[str, Any]:
        self.now = self.relief.must("get_wage_advance", DIRECTOR, path={"advance_id": self.now["id"]})
        return self.now

    def secure(self, repay_due_on: date | None = None) -> None:
        """Approved as an emergency and undertaken by the employer."""
        self.must("approve_emergency_advance", CHAIR)
        self.undertake(repay_due_on)

    def undertake(self, repay_due_on: date | None = None) -> None:
        self.must("sign_undertaking", DIRECTOR, signer="刘经理", signed_on=today().isoformat(),
                  repay_due_on=(repay_due_on or today()).isoformat(), evidence_no="HD-2026-001")

    def pay(self, fund_id: str) -> None:
        self.must("disburse_wage_advance", CASHIER, fund_id=fund_id, document_no="DF-1")


def propose(relief: Desk, roster: Roster) -> Case:
    return Case(relief, relief.must("propose_wage_advance", DIRECTOR, body=roster.body))


def request(relief: Desk, roster: Roster) -> Case:
    """What mediation asks for, as relief hears it."""
    assert relief.tell(REQUESTED, roster.request) == "done"
    found = relief.must("list_wage_advances", DIRECTOR, query={"dispute_id": roster.dispute_id})
    return Case(relief, found["items"][0])
