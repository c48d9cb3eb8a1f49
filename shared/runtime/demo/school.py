"""A child's place at a care school (爱心学校): asked for, consented to by the guardian, offered, accepted, taken up;
and what a student gets in kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from shared.runtime.demo import people
from shared.runtime.demo.cast import Cast

RELIEF = "/v1/relief"


def at_school(cast: Cast, worker: Any, number: int, on: date, term: str, outlet_id: str | None = None) -> Any:
    """The child's place at the nearest care school, consented to that day; `outlet_id` sends the term's invoice."""
    school = cast["R8"].does(f"{RELIEF}/term-schools", {
        "term": term, "name": f"示范区实验小学{number or ''}", "stage": "PRIMARY", "division": "379901", "quota": 30,
        "outlet_id": outlet_id}, key=f"demo school {number}")
    request = cast["R1"].does(f"{RELIEF}/placement-requests", {
        "worker_id": worker["id"], "term": term, "stage": "PRIMARY", "division": "379901001",
        "child_name": "小朋友", "child_id_number": people.resident_id(430_000 + number),
        "ways": [{"school_id": school["id"], "metres": 650}]}, key=f"demo placement {number}")
    path = f"{RELIEF}/placement-requests/{request['id']}"
    cast["R1"].changes(path, "consent", {"consent_no": f"TY-{number}", "consented_on": str(on)})
    cast["R1"].changes(path, "offer")
    cast["R1"].changes(path, "accept")
    return cast["R1"].changes(path, "enrol")


def books(cast: Cast, worker: Any, number: int, on: date) -> Any:
    """Books that were donated to a student of the family."""
    return cast["R4"].does(f"{RELIEF}/student-aids", {
        "worker_id": worker["id"], "student_no": f"G37{number:017d}", "semester": f"{on.year}-AUTUMN", "form": "GOODS",
        "value_fen": 30_000, "payer": "SOCIETY", "document_no": f"JZ-SB-{number}", "given_on": str(on)},
        key=f"demo books {number}")
