"""Units, enrolments and claims for tests, driven by commands as the people of a union would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.relief.application.payments import outcomes
from services.relief.domain.mutual_aid.scheme_file import content_hash
from services.relief.domain.payments.line import Outcome
from services.relief.rules import mutual_aid
from shared.kernel.caller import system
from shared.kernel.clock import today
from shared.kernel.parameters import RULES_VARIABLE
from shared.kernel.roles import Role
from shared.service.ticks import new_traceparent
from shared.store.work import Work
from tests.services import people
from tests.services.desks import Desk, caller

OFFICER, COUNTY, EXCHANGE = caller(Role.GRASSROOTS_OFFICER), caller(Role.COUNTY_REVIEWER), caller(Role.EXCHANGE_OFFICER)
ACCOUNT = {"account_name": "市职工互助保障会", "bank_name": "示范银行", "number": "370200998877665544"}
#: of whose fee the union bears half where `half_is_borne`
BORNE_PLAN = "ACCIDENT_DAILY"
DIRECTOR, CASHIER, GROUP = caller(Role.CENTRE_DIRECTOR), caller(Role.CASHIER), caller(Role.LEADING_GROUP)


class Record:
    """One record on a desk; it remembers how it stands."""

    kind = ""

    def __init__(self, relief: Desk, record: dict[str, Any]) -> None:
        self.relief, self.now = relief, record

    def do(self, operation: str, who: Any, **body: Any) -> tuple[int, Any]:
        status, data = self.relief.do(operation, who, path={f"{self.kind}_id": self.now["id"]}, body=body,
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


class Enrolment(Record):
    kind = "enrolment"

    def pay(self) -> None:
        self.must("pay_enrolment_fee", CASHIER, amount_fen=self.now["fee_fen"],
                  receipt_no=f"SJ-{self.now['enrolment_no']}")

    def read(self) -> dict[str, Any]:
        self.now = self.relief.must("get_enrolment", OFFICER, path={"enrolment_id": self.now["id"]})
        return self.now


class Claim(Record):
    kind = "claim"

    def read(self) -> dict[str, Any]:
        self.now = self.relief.must("get_mutual_aid_claim", COUNTY, path={"claim_id": self.now["id"]})
        return self.now

    def submit(self, documents: Sequence[str] = ("ID", "DIAGNOSIS", "PATHOLOGY")) -> None:
        self.must("check_claim_documents", COUNTY, documents=list(documents))
        self.must("submit_mutual_aid_claim", COUNTY)


class Unit:
    """Workers of one employer, known to a real membership."""

    def __init__(self, membership: Desk, count: int) -> None:
        self.employer_id = people.employer(membership)
        self.worker_ids = [people.worker(membership, self.employer_id) for _ in range(count)]

    def body(self, plan: str, **more: Any) -> dict[str, Any]:
        return {"plan": plan, "unit_name": "晨光机械厂", "employer_id": self.employer_id, "staff": len(self.worker_ids),
                "starts_on": today().isoformat(), "workers": [{"worker_id": one} for one in self.worker_ids], **more}

    def enrol(self, relief: Desk, plan: str, **more: Any) -> Enrolment:
        return Enrolment(relief, relief.must("enrol_unit", OFFICER, body=self.body(plan, **more)))

    def covered(self, relief: Desk, plan: str, **more: Any) -> Enrolment:
        """Enrolled, paid, begun."""
        enrolment = self.enrol(relief, plan, **more)
        enrolment.pay()
        relief.tick()
        enrolment.read()
        return enrolment


_bills = count(1)


def claim_body(plan: str, worker_id: str, cover: str, **more: Any) -> dict[str, Any]:
    """A claim; each is for a bill of its own."""
    return {"plan": plan, "worker_id": worker_id, "cover": cover, "diagnosis": "某种疾病",
            "diagnosed_on": today().isoformat(), "hospital_grade": 3, "bill_no": f"ZY-{next(_bills)}", **more}


def file_claim(relief: Desk, plan: str, worker_id: str, cover: str, **more: Any) -> Claim:
    return Claim(relief, relief.must("file_mutual_aid_claim", OFFICER, body=claim_body(plan, worker_id, cover, **more)))


def status_row(claim: Claim | str, status: str, fen: int | None = None, reason: str | None = None) -> dict[str, Any]:
    number = claim if isinstance(claim, str) else claim.now["claim_no"]
    return {"claim_no": number, "status": status, "amount_fen": fen, "on": today().isoformat(), "reason": reason}


def status_file(batch_no: str, *rows: dict[str, Any], plan: str = "CITY_CRITICAL") -> dict[str, Any]:
    return {"plan": plan, "batch_no": batch_no, "sha256": content_hash(rows), "rows": list(rows)}


def in_days(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def bank_says(relief: Desk, claim: Claim, state: str, fen: int, reason: str = "") -> None:
    """What became of the claim's payment line, told as the payments of relief tell it."""
    outcome = Outcome("MutualAidClaim", claim.now["id"], "benefit", state, fen, today(), reason)
    with Work(relief.database, relief.definition.contract, system("relief"), "bank", traceparent=new_traceparent(),
              outside=relief.outside) as work:
        outcomes.tell(work, [outcome])
    claim.read()


def half_is_borne(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of the place: the union bears half of an accident plan's fee."""
    monkeypatch.setenv(RULES_VARIABLE, str(half_borne(folder / "rules", "3702")))


def half_borne(folder: Path, jurisdiction: str) -> Path:
    """A folder of rules in which it does."""
    shipped = yaml.safe_load((mutual_aid.HERE / "mutual_aid.yaml").read_text("utf-8"))
    [plan] = [one for one in shipped["plans"] if one["plan"] == BORNE_PLAN]
    folder.mkdir()
    (folder / "mutual_aid.yaml").write_text(yaml.safe_dump({"parameters": [], "plans": [
        {**plan, "union_share_bp": 5_000, "jurisdiction": jurisdiction}]}, allow_unicode=True), "utf-8")
    return folder
