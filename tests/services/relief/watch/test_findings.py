"""What the daily search finds, once each, and how people handle it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from services.relief.adapters.watch import findings, watch_runs
from services.relief.application.watch import ticks
from services.relief.application.watch.scans import SCANS
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief.households import COUNTY, DIRECTOR, OFFICER, File, draft
from tests.services.relief.means.payments import paid
from tests.services.relief.samples import Roster, fund, request

LIVING_CAP, STUDENT_CAP = 12 * 100_000, 10 * 100_000
OWN_PAID, START = 1_300_000, 30


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def hire(desk: Callable[[str], Desk]) -> Callable[[], str]:
    return lambda: people.worker(desk("membership"), None)


def found(relief: Desk, code: str | None = None, who: Any = COUNTY, **query: Any) -> list[dict[str, Any]]:
    """What the search of a new day knows, by code."""
    items = relief.must("list_findings", who, query={**({"code": code} if code else {}), **query})["items"]
    return list(items)


def search(relief: Desk, code: str) -> list[dict[str, Any]]:
    relief.tick()
    return found(relief, code)


def active(relief: Desk, on_day: Callable[[int], None], *worker_ids: str) -> list[File]:
    """A file of each, active from START days after the real day on."""
    files = [draft(relief, worker_id) for worker_id in worker_ids]
    for file in files:
        file.verify()
        file.grade()
    on_day(START)
    for file in files:
        file.must("approve_hardship_file", DIRECTOR)
    return files


# -- duplicates ------------------------------------------------------------------------------------------------


def test_a_household_split_over_two_files_is_found(relief: Desk, hire: Callable[[], str]) -> None:
    one, other = hire(), hire()
    old = draft(relief, one, other)
    old.must("cancel_hardship_file", DIRECTOR, reason="MERGED")
    first = draft(relief, one)
    assert search(relief, "DUP-1") == []
    second = draft(relief, other)
    forget_runs(relief)
    (finding,) = search(relief, "DUP-1")
    assert {finding["subject_id"], finding["period"]} == {first.now["id"], second.now["id"]}
    assert old.now["file_no"] in finding["explanation_zh"]


@pytest.mark.parametrize(("purpose", "cap_fen"), [("LIVING", LIVING_CAP), ("STUDENT", STUDENT_CAP)])
def test_one_need_met_twice_above_the_cap_is_found(relief: Desk, purpose: str, cap_fen: int) -> None:
    funds = [fund(relief, fen=0)["id"] for _ in range(2)]
    above, at_cap, one_payer = new_id(), new_id(), new_id()
    for worker_id, parts, payers in ((above, (cap_fen, 1), funds), (at_cap, (cap_fen - 1, 1), funds),
                                     (one_payer, (cap_fen, 1), funds[:1] * 2)):
        for fen, fund_id in zip(parts, payers, strict=True):
            paid(relief, worker_id, fen, today(), purpose, fund_id=fund_id)
    (finding,) = search(relief, "DUP-2")
    assert (finding["subject_id"], finding["worker_id"], finding["file_id"]) == (above, above, None)
    assert finding["period"] == f"{today().year} {purpose}"
    assert finding["document"].startswith("总工发〔2015〕20号")


def test_the_same_need_in_two_years_is_no_duplicate(relief: Desk) -> None:
    worker_id, funds = new_id(), [fund(relief, fen=0)["id"] for _ in range(2)]
    for year, fund_id in zip((today().year, today().year - 1), funds, strict=True):
        paid(relief, worker_id, LIVING_CAP, date(year, 1, 1), fund_id=fund_id)
    assert search(relief, "DUP-2") == []


def test_student_aid_twice_a_year_is_found(relief: Desk) -> None:
    fund_id, twice, once, parts = fund(relief, fen=0)["id"], new_id(), new_id(), new_id()
    matter = new_id()
    for worker_id, more in ((twice, {}), (twice, {}), (once, {}), (parts, {"about_id": matter}),
                            (parts, {"about_id": matter, "about_part": "2"})):
        paid(relief, worker_id, 100, today(), "STUDENT", fund_id=fund_id, **more)
    paid(relief, once, 100, date(today().year - 1, 9, 1), "STUDENT", fund_id=fund_id)
    (finding,) = search(relief, "DUP-3")
    assert (finding["subject_id"], finding["certainty"]) == (twice, "D")
    assert "2 次" in finding["explanation_zh"]


def test_more_than_the_bill_is_found(relief: Desk, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    within, above = hire(), hire()
    files = active(relief, on_day, within, above)
    for worker_id, fen in ((within, OWN_PAID), (above, OWN_PAID), (above, 1)):
        paid(relief, worker_id, fen, today(), "MEDICAL")
    (finding,) = search(relief, "DUP-4")
    assert (finding["file_id"], finding["subject_kind"]) == (files[1].now["id"], "FILE")
    assert "¥13,000.01" in finding["explanation_en"]


# -- blind spots -----------------------------------------------------------------------------------------------


def test_deep_hardship_without_dibao_is_found(relief: Desk, hire: Callable[[], str],
                                              on_day: Callable[[int], None]) -> None:
    files = active(relief, on_day, hire(), hire(), hire())
    for file, receives in zip(files, (True, False), strict=False):
        relief.must("record_means_test", OFFICER, path={"file_id": file.now["id"]},
                    body={"persons": [{"age": 50}], "receives_dibao": receives})
    relief.must("record_means_test", OFFICER, path={"file_id": files[0].now["id"]}, body={"persons": [{"age": 50}]})
    assert {f["file_id"] for f in search(relief, "BLD-2")} == {files[1].now["id"], files[2].now["id"]}


def test_a_file_without_aid_is_found(relief: Desk, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    never, aided = hire(), hire()
    files = active(relief, on_day, never, aided)
    on_day(START + 60)
    paid(relief, aided, 100, today())
    on_day(START + 90)
    assert search(relief, "BLD-3") == []
    on_day(START + 91)
    (first,) = search(relief, "BLD-3")
    assert first["file_id"] == files[0].now["id"]
    assert "91 天" in first["explanation_zh"]
    assert "无" in first["explanation_zh"]
    on_day(START + 60 + 365)
    assert files[1].now["id"] not in {f["file_id"] for f in search(relief, "BLD-3")}
    on_day(START + 60 + 366)
    assert files[1].now["id"] in {f["file_id"] for f in search(relief, "BLD-3")}


@pytest.mark.parametrize("how", ["source", "matter"])
def test_mutual_aid_without_a_file_is_found(relief: Desk, hire: Callable[[], str], how: str) -> None:
    with_file, least, below = hire(), new_id(), new_id()
    draft(relief, with_file)
    more = {"fund_id": fund(relief, "MUTUAL_SURPLUS" if how == "source" else "UNION", fen=0)["id"]}
    if how == "matter":
        more["about_kind"] = "MUTUAL_AID_CLAIM"
    for worker_id, fen in ((with_file, 9_000_000), (least, 400_000), (least, 600_000), (below, 999_999)):
        paid(relief, worker_id, fen, today(), "MEDICAL", **more)
    paid(relief, new_id(), 9_000_000, today(), "MEDICAL")
    (finding,) = search(relief, "BLD-5")
    assert finding["subject_id"] == least


def test_owed_wages_without_a_file_are_found(relief: Desk, desk: Callable[[str], Desk]) -> None:
    roster = Roster(desk("membership"), [300_000, 299_999, 900_000])
    draft(relief, roster.lines[2]["worker_id"])
    case = request(relief, roster)
    (finding,) = search(relief, "BLD-6")
    assert (finding["subject_id"], finding["period"]) == (roster.lines[0]["worker_id"], case.now["id"])


# -- the search ------------------------------------------------------------------------------------------------


def forget_runs(relief: Desk) -> None:
    """As on the next day."""
    with relief.database.write() as connection:
        connection.execute(watch_runs.delete())


def run_of(relief: Desk, scan: str) -> Any:
    with relief.database.read() as connection:
        return connection.execute(select(watch_runs).where(watch_runs.c.scan == scan)).one()


def test_each_is_found_once_whatever_became_of_it(relief: Desk, on_day: Callable[[int], None]) -> None:
    worker_id, fund_id = new_id(), fund(relief, fen=0)["id"]
    for _ in range(2):
        paid(relief, worker_id, 100, today(), "STUDENT", fund_id=fund_id)
    (finding,) = search(relief, "DUP-3")
    handle(relief, finding, "assign_finding", COUNTY, account_id=OFFICER.account_id)
    handle(relief, finding, "dismiss_finding", OFFICER, reason="两个孩子")
    for day in (1, 2, 3):
        on_day(day)
        assert [f["state"] for f in search(relief, "DUP-3")] == ["DISMISSED"]
    assert len(relief.told("finding_opened")) == 1


def test_the_search_goes_on_where_it_stopped_and_ends_for_the_day(relief: Desk,
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticks, "CHUNK", 2)
    fund_id, workers = fund(relief, fen=0)["id"], sorted(new_id() for _ in range(5))
    for worker_id in workers * 2:
        paid(relief, worker_id, 100, today(), "STUDENT", fund_id=fund_id)
    for seen in (2, 4, 5, 5):
        assert len(search(relief, "DUP-3")) == seen
    run = run_of(relief, "payees")
    assert (run.run_on, run.after) == (today(), None)
    late = new_id()
    for _ in range(2):
        paid(relief, late, 100, today(), "STUDENT", fund_id=fund_id)
    assert len(search(relief, "DUP-3")) == 5
    forget_runs(relief)
    for _ in range(4):
        relief.tick()
    assert len(found(relief, "DUP-3")) == 6


def test_a_search_that_fails_leaves_neither_findings_nor_its_place(relief: Desk,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    fund_id, worker_id = fund(relief, fen=0)["id"], new_id()
    for _ in range(2):
        paid(relief, worker_id, 100, today(), "STUDENT", fund_id=fund_id)

    def breaks(*_: Any) -> None:
        raise RuntimeError("the power goes out")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr("services.relief.application.watch.raising.now", breaks)
        relief.tick()
    assert found(relief) == []
    assert len(search(relief, "DUP-3")) == 1


def test_idle_searches_do_not_even_begin_to_write(relief: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    relief.tick()
    assert {run_of(relief, scan).after for scan in SCANS} == {None}
    searches = [tick for tick in ticks.TICKS if tick.__name__.startswith("search_")]
    assert len(searches) == len(SCANS)

    def refuses() -> Any:
        raise AssertionError("a write began")

    monkeypatch.setattr(relief.database, "write", refuses)
    relief.definition = replace(relief.definition, ticks=searches)
    relief.tick()
    forget = replace(relief.definition, ticks=[ticks.pass_due_findings])
    relief.definition = forget
    with pytest.raises(AssertionError, match="a write began"):
        relief.tick()


# -- people ----------------------------------------------------------------------------------------------------


def handle(relief: Desk, finding: dict[str, Any], operation: str, who: Any, **body: Any) -> dict[str, Any]:
    made = relief.must(operation, who, path={"finding_id": finding["id"]}, body=body, version=finding["version"])
    finding.update(made)
    return finding


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
