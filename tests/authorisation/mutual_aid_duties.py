"""The separations of duty in mutual aid: who filed a claim does not check it, and neither of both approves it; who
listed a unit or named the scheme's account does not approve the union's share."""

from __future__ import annotations

from collections.abc import Callable

from shared.kernel.clock import today
from shared.runtime.demo.api import Person
from shared.runtime.demo.cast import DISTRICT, employ, hire
from shared.runtime.demo.mutual_aid import AID, OWN
from tests.authorisation.duty import NUMBERS, Duty
from tests.stage import Stage

PAPERS = {"documents": ["ID", "SETTLEMENT_SHEET", "DISCHARGE_SUMMARY"]}


def filed(stage: Stage, by: Person) -> str:
    """A claim of a worker whom the story enrolled."""
    held = [one for one in stage.cast["R4"].reads(f"{AID}/participations", limit=200)["items"] if one["plan"] == OWN]
    claim = by.does(f"{AID}/claims", {
        "plan": OWN, "worker_id": held[-1]["worker_id"], "cover": "HOSPITAL", "diagnosis": "示范病例",
        "diagnosed_on": str(today()), "hospital_grade": 2, "own_paid_fen": 100_000,
        "bill_no": f"ZY-{next(NUMBERS)}"})
    return f"{AID}/claims/{claim['id']}"


def filed_by_everybody(stage: Stage) -> str:
    return filed(stage, stage.everybody)


def submitted(file: str, check: str) -> Callable[[Stage], str]:
    def made(stage: Stage) -> str:
        people = {"everybody": stage.everybody, "R4": stage.cast["R4"], "R7": stage.cast["R7"]}
        path = filed(stage, people[file])
        people[check].changes(path, "documents", PAPERS)
        stage.cast["R7"].changes(path, "submit")
        return path

    return made


def surplus(stage: Stage) -> dict[str, str]:
    fund = stage.cast["R11"].does("/v1/relief/funds", {"source": "MUTUAL_SURPLUS", "name": "互助结余"},
                                  key="duties surplus")
    return {"fund_id": fund["id"], "document_no": "HZPF-1"}


ACCOUNT = {"org_path": DISTRICT, "account_name": "互助保障会", "bank_name": "示范银行",
           "number": "370200998877665544"}


def listed_by_everybody(stage: Stage) -> str:
    """One worker, in a plan that a small unit joins with everybody; the stage has the account of its scheme."""
    number = 600_000 + next(NUMBERS)
    unit = employ(stage.cast, number, f"某维修部{number}")
    [worker] = hire(stage.cast, unit["id"], range(number, number + 1))
    listed = stage.everybody.does(f"{AID}/enrolments", {
        "plan": "ACCIDENT_DAILY", "unit_name": unit["name"], "employer_id": unit["id"], "staff": 1,
        "starts_on": str(today()), "workers": [{"worker_id": worker["id"]}], "org_path": DISTRICT})
    return f"{AID}/enrolments/{listed['id']}"


def account_by_everybody(stage: Stage) -> str:
    """An enrolment of the story; everybody has entered the account of its plan."""
    stage.everybody.does(f"{AID}/scheme-accounts", {"plan": OWN, **ACCOUNT}, key="duties own account")
    [enrolment, *_] = stage.cast["R4"].reads(f"{AID}/enrolments", plan=OWN)["items"]
    return f"{AID}/enrolments/{enrolment['id']}"


CLAIM = "services.relief.domain.mutual_aid.claim"
SHARE = "services.relief.domain.mutual_aid.union_share"
DUTIES = (
    Duty(f"{SHARE}.approve", "listing", listed_by_everybody, "union-share", surplus),
    Duty(f"{SHARE}.approve", "entering the account", account_by_everybody, "union-share", surplus),
    Duty(f"{CLAIM}.check_docs", "filing", filed_by_everybody, "documents", PAPERS),
    Duty(f"{CLAIM}.approve", "filing", submitted("everybody", "R7"), "approve", surplus),
    Duty(f"{CLAIM}.approve", "checking", submitted("R4", "everybody"), "approve", surplus),
)
