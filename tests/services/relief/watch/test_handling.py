"""How people handle findings: who decides, what is refused, what is told when nobody does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from services.relief.adapters.watch import findings
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief.households import COUNTY, OFFICER
from tests.services.relief.means.payments import paid
from tests.services.relief.samples import fund
from tests.services.relief.watch.searching import found, handle, search


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def finding(relief: Desk) -> dict[str, Any]:
    worker_id, fund_id = new_id(), fund(relief, fen=0)["id"]
    for _ in range(2):
        paid(relief, worker_id, 100, today(), "STUDENT", fund_id=fund_id)
    (made,) = search(relief, "DUP-3")
    return made


def test_from_open_to_resolved(relief: Desk, finding: dict[str, Any]) -> None:
    assert (finding["state"], finding["found_on"], finding["is_overdue"]) == ("OPEN", str(today()), False)
    assert finding["due_on"] > str(today())
    handle(relief, finding, "assign_finding", COUNTY, account_id=OFFICER.account_id)
    path, version = {"finding_id": finding["id"]}, finding["version"]
    told = relief.refused("confirm_finding", COUNTY, path=path, body={"reason": "属实"}, version=version)
    assert (told["status"], told["code"]) == (403, "finding-not-yours")
    handle(relief, finding, "confirm_finding", OFFICER, reason="同一学生")
    told = relief.refused("resolve_finding", OFFICER, path=path, body={"action": "INVITED", "note": "-"},
                          version=finding["version"])
    assert (told["code"], told["errors"][0]["pointer"]) == ("finding-action-unfit", "/action")
    handle(relief, finding, "resolve_finding", OFFICER, action="RECOVERED", note="已追回第二笔")
    assert (finding["state"], finding["action"], finding["decided_by"]) == ("RESOLVED", "RECOVERED",
                                                                          OFFICER.account_id)
    assert [e["data"]["action"] for e in relief.told("finding_resolved")] == ["RECOVERED"]
    stale = relief.refused("resolve_finding", OFFICER, path=path, body={"action": "REVIEWED", "note": "-"},
                           version=version)
    assert stale["code"] == "stale-version"


def test_findings_are_filtered_and_seen_within_the_callers_part_only(relief: Desk, finding: dict[str, Any]) -> None:
    assert [f["id"] for f in found(relief, subject_id=finding["subject_id"], state="OPEN")] == [finding["id"]]
    for query in ({"code": "BLD-2"}, {"state": "RESOLVED"}, {"is_overdue": "true"}, {"assigned_to": "x"},
                  {"file_id": new_id()}, {"subject_id": new_id()}):
        assert found(relief, **query) == []
    beside = caller(Role.COUNTY_REVIEWER, org_path="/37/3702/370203/")
    assert found(relief, who=beside) == []
    assert relief.refused("get_finding", beside, path={"finding_id": finding["id"]})["status"] == 404
    above = caller(Role.AUDITOR, org_path="/37/3702/")
    assert relief.must("get_finding", above, path={"finding_id": finding["id"]})["org_path"] == PLACE


@pytest.mark.parametrize(("operation", "body"), [
    ("assign_finding", {}), ("confirm_finding", {"reason": ""}), ("dismiss_finding", {}),
    ("resolve_finding", {"action": "FORGOTTEN", "note": "-"}), ("resolve_finding", {"action": "REVIEWED"})])
def test_a_decision_needs_its_words(relief: Desk, finding: dict[str, Any], operation: str,
                                    body: dict[str, Any]) -> None:
    told = relief.refused(operation, COUNTY, path={"finding_id": finding["id"]}, body=body, version=1)
    assert told["status"] == 422


def test_what_nobody_handles_is_told_once(relief: Desk, finding: dict[str, Any], on_day: Callable[[int], None]) -> None:
    last = date.fromisoformat(finding["due_on"])
    on_day((last - today()).days)
    relief.tick()
    assert found(relief, is_overdue="true") == []
    on_day((last - today()).days + (today() - date.fromisoformat(finding["found_on"])).days + 1)
    for _ in range(2):
        relief.tick()
    (late,) = found(relief, is_overdue="true")
    assert (late["id"], late["state"]) == (finding["id"], "OPEN")
    assert len(relief.told("finding_overdue")) == 1
    assert last + timedelta(days=1) == today()


def test_two_searches_at_once_find_it_once(relief: Desk, finding: dict[str, Any]) -> None:
    """The database refuses a second finding of one subject, code and period."""
    with relief.database.read() as connection:
        row = connection.execute(select(findings)).mappings().one()
    with pytest.raises(IntegrityError), relief.database.write() as connection:
        connection.execute(findings.insert().values({**row, "id": new_id(), "finding_no": "FX2"}))
