"""F5: medical relief for a household with a file, from the application to reserved money (救助申请—测算—审批—预占);
and a festival for a few households at once (集中慰问)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.runtime.demo.cast import Cast, hire
from shared.runtime.demo.job_fair import active_file

HOUSEHOLDS = 3
#: moves the centre's clock by days from today
Clock = Callable[[int], None]
OWN_PAID_FEN = 1_860_000
APPLICATION, CAMPAIGN, FUND = "/v1/relief/applications", "/v1/relief/campaigns", "/v1/relief/funds"


def households(cast: Cast, number: int, shift_clock: Clock) -> list[Any]:
    """Active files of a few households."""
    first = 500_000 + 10 * number
    workers = hire(cast, None, range(first, first + HOUSEHOLDS))
    return [active_file(cast, worker, first + index, shift_clock) for index, worker in enumerate(workers)]


def endow(cast: Cast, number: int) -> Any:
    """A fund of union money for relief."""
    key = f"demo relief fund {number}"
    fund = cast["R11"].does(FUND, {"source": "UNION", "name": "困难职工救助资金"}, key=key)
    cast["R11"].does(f"{FUND}/{fund['id']}/receipts", {"amount_fen": 20_000_000, "receipt_no": f"JZ-{number}"},
                     key=f"{key} receipt")
    return fund


def apply_for_medical_relief(cast: Cast, file: Any, number: int) -> str:
    """The household's officer applies with the bill; nothing is missing but the bill's amount, which is said once."""
    need = {"bill_no": f"YL-{number}", "own_paid_fen": OWN_PAID_FEN, "illness": "尿毒症"}
    made = cast["R4"].does(APPLICATION, {
        "worker_id": file["head_worker_id"], "relief_type": "MEDICAL", "need": need, "asked_fen": OWN_PAID_FEN,
        "other_aid": [{"payer": "MUTUAL_AID", "amount_fen": 400_000, "is_same_need": True}]},
        key=f"demo application {number}")
    path = f"{APPLICATION}/{made['id']}"
    cast["R6"].changes(path, "return", {"missing": ["bill_fen"], "note": "请补充票据总额"})
    cast["R4"].changes(path, "supplement", {"need": {"bill_fen": 4_500_000}})
    return path


def decide(cast: Cast, path: str, fund: Any, number: int) -> Any:
    """Accepted, computed with its explanation, proposed within the cap, approved by the chair; money is reserved."""
    cast["R6"].changes(path, "accept")
    computed = cast["R7"].changes(path, "compute")
    cast["R7"].changes(path, "propose", {"amount_fen": computed["cap_fen"],
                                         "finding_note": "医疗互助已付4000元,只补其余自付部分"})
    return cast["R9"].changes(path, "approve", {"fund_id": fund["id"], "document_no": f"JZSP-{number}"})


def festival(cast: Cast, files: list[Any], fund: Any, number: int) -> Any:
    """A list by hand and a front-line worker by name, looked through, approved once; the money of all is reserved."""
    (front_line,) = hire(cast, None, range(500_000 + 10 * number + HOUSEHOLDS, 500_001 + 10 * number + HOUSEHOLDS))
    made = cast["R7"].does(CAMPAIGN, {
        "title": "中秋慰问", "occasion": "MID_AUTUMN",
        "amounts_fen": {"DEEP": 80_000, "RELATIVE": 50_000, "ACCIDENT": 50_000, "FRONT_LINE": 30_000},
        "workers": [{"worker_id": front_line["id"], "ground": "FRONT_LINE"}],
        "filters": {"file_ids": [file["id"] for file in files]}}, key=f"demo campaign {number}")
    path = f"{CAMPAIGN}/{made['id']}"
    cast["R8"].reads(f"{path}/lines", sort="number")
    return cast["R8"].changes(path, "approve", {"fund_id": fund["id"], "document_no": f"WWSP-{number}"})


def tell(cast: Cast, shift_clock: Clock, number: int = 0) -> Any:
    """The whole of it; the application whose money is reserved."""
    files, fund = households(cast, number, shift_clock), endow(cast, number)
    reserved = decide(cast, apply_for_medical_relief(cast, files[0], number), fund, number)
    festival(cast, files, fund, number)
    return reserved
