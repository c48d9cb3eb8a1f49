"""Trying figures, recording a file's tests, reading and comparing them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from services.relief.adapters.means import means_tests
from services.relief.application.means.earlier import year_before
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.store.encryption import Encrypted
from tests.services import people
from tests.services.desks import Desk, caller, pointers
from tests.services.relief.households import COUNTY, DIRECTOR, FACTS, OFFICER, RICH, File, active, draft
from tests.services.relief.means.payments import paid

CLERK, AUDITOR = caller(Role.WINDOW_CLERK), caller(Role.AUDITOR)
ONE: dict[str, Any] = {"persons": [{"age": 45}]}
HOUSEHOLD = {**ONE, "income": [{"kind": "WAGES", "amount_fen": 200_000, "months": 12, "person": 1}],
             "expenditure": [{"kind": "ILLNESS", "amount_fen": 1_300_000, "person": 1}]}


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def worker_id(desk: Callable[[str], Desk]) -> str:
    return people.worker(desk("membership"), None)


def try_it(relief: Desk, who: Any = CLERK, **body: Any) -> Any:
    return relief.must("try_means_test", who, body=body)


def record(relief: Desk, file: File, who: Any = OFFICER, **body: Any) -> Any:
    return relief.must("record_means_test", who, path={"file_id": file.now["id"]}, body={**HOUSEHOLD, **body})


def kept(relief: Desk, **query: Any) -> Any:
    return relief.must("list_means_tests", AUDITOR, query=query)["items"]


# -- the calculator --------------------------------------------------------------------------------------------


def test_anybody_at_the_window_tries_figures_and_nothing_is_kept(relief: Desk, worker_id: str) -> None:
    worker = caller(Role.WORKER, worker_id=worker_id)
    for who in (CLERK, worker):
        found = try_it(relief, who, **HOUSEHOLD)
        assert (found["result"]["grade"], found["compared"], found["differences"]) == ("DEEP", None, [])
    result = found["result"]
    assert (result["income12_fen"], result["rigid12_fen"], result["net_fen"]) == (2_400_000, 1_300_000, 1_100_000)
    assert (result["line_fen"], result["on"]) == (1_200_000, str(today()))
    assert result["rigid"] == [{"kind": "ILLNESS", "amount_fen": 1_300_000}]
    assert [row["kind"] for row in result["rules"]] == ["CRITERIA", "DIBAO"]
    assert "青岛市" in result["rules"][0]["document"]
    assert kept(relief) == []


def test_the_place_and_the_day_may_be_others(relief: Desk) -> None:
    idle = {"persons": [{"age": 45, "employment": "NONE"}]}
    assert try_it(relief, **idle)["result"]["grade"] == "DEEP"
    elsewhere = try_it(relief, **idle, division="440703")["result"]
    assert (elsewhere["grade"], elsewhere["income12_fen"]) == ("NONE", 2_400_000)
    assert [row["kind"] for row in elsewhere["rules"]] == ["CRITERIA", "DIBAO", "MINIMUM_WAGE"]


def test_two_editions_beside_each_other(relief: Desk) -> None:
    found = try_it(relief, **HOUSEHOLD, compare_on="2017-06-01")
    assert (found["result"]["generation"], found["compared"]["generation"]) == ("G2", "G1")
    assert (found["result"]["grade"], found["compared"]["grade"]) == ("DEEP", "NONE")
    changed = {row["figure"]: (row["was"], row["other"]) for row in found["differences"]}
    assert changed["grade"] == ("DEEP", "NONE")
    assert set(changed) == {"grade", "generation", "document"}


@pytest.mark.parametrize(("wrong", "pointer"), [
    ({"persons": []}, "/persons"),
    ({"persons": [{"age": -1}]}, "/persons/0/age"),
    ({"persons": [{"age": 45, "idle_months": 13}]}, "/persons/0/idle_months"),
    ({"income": [{"kind": "LOTTERY", "amount_fen": 1}]}, "/income/0/kind"),
    ({"income": [{"kind": "IMPUTED_WAGE", "amount_fen": 1}]}, "/income/0/kind"),
    ({"income": [{"kind": "WAGES", "amount_fen": -1}]}, "/income/0/amount_fen"),
    ({"income": [{"kind": "WAGES", "amount_fen": 1.5}]}, "/income/0/amount_fen"),
    ({"income": [{"kind": "WAGES", "amount_fen": 1, "months": 13}]}, "/income/0/months"),
    ({"expenditure": [{"kind": "ILLNESS", "amount_fen": "1"}]}, "/expenditure/0/amount_fen"),
    ({"accident": {"kind": "OTHER", "cost_fen": 0}}, "/accident/cost_fen"),
    ({"division": "37x2"}, "/division"),
    ({"earlier_relief": {"UNION_LIVING": 1}}, "/earlier_relief"),
])
def test_bad_figures_are_refused_by_their_place(relief: Desk, wrong: dict[str, Any], pointer: str) -> None:
    told = relief.refused("try_means_test", CLERK, body={**ONE, **wrong})
    assert (told["status"], list(pointers(told))) == (422, [pointer])


@pytest.mark.parametrize(("body", "code"), [
    ({"income": [{"kind": "WAGES", "amount_fen": 1, "person": 2}]}, "means-person-unknown"),
    ({"on": "2015-12-31"}, "rule-missing"),
    ({"compare_on": "1999-01-01"}, "rule-missing"),
])
def test_what_makes_no_sense_is_refused(relief: Desk, body: dict[str, Any], code: str) -> None:
    assert relief.refused("try_means_test", CLERK, body={**ONE, **body})["code"] == code


# -- records ---------------------------------------------------------------------------------------------------


def test_a_record_says_what_was_computed_when_and_with_which_rules(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    made = record(relief, file)
    assert (made["grade"], made["basis"], made["generation"], made["file_no"]) == ("DEEP", "ITEMS", "G2",
                                                                                file.now["file_no"])
    assert (made["tested_by"], made["tested_on"], made["persons"]) == (OFFICER.account_id, str(today()), 1)
    assert made["facts"]["expenditure"][0]["kind"] == "ILLNESS"
    assert "青岛市" in made["rules"][0]["document"]
    read = relief.must("get_recorded_means_test", AUDITOR, path={"test_id": made["id"]})
    assert read == made
    (listed,) = kept(relief, file_id=file.now["id"], grade="DEEP")
    assert listed["id"] == made["id"]
    assert "facts" not in listed
    assert kept(relief, grade="NONE") == kept(relief, file_id=new_id()) == []


def test_every_decision_on_a_file_leaves_its_test(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    file.must("start_file_review", COUNTY, reason="复核")
    file.must("keep_hardship_file", COUNTY, grade="DEEP", **FACTS)
    file.must("start_file_review", COUNTY, reason="复核")
    file.must("propose_file_exit", COUNTY, kind="EMPLOYMENT", reason="就业", **RICH)
    found = kept(relief, file_id=file.now["id"], sort="created_at")
    assert [(row["basis"], row["grade"]) for row in found] == [("SUMS", "DEEP"), ("SUMS", "DEEP"), ("SUMS", "NONE")]
    assert {row["tested_by"] for row in found} == {COUNTY.account_id}
    whole = relief.must("get_recorded_means_test", AUDITOR, path={"test_id": found[0]["id"]})
    assert whole["facts"] is None
    assert whole["steps_zh"] == file.relief.must("get_recorded_means_test", AUDITOR,
                                                 path={"test_id": found[1]["id"]})["steps_zh"]


@pytest.mark.parametrize("basis", ["ITEMS", "SUMS"])
def test_a_record_is_run_again_on_an_older_edition(relief: Desk, worker_id: str, basis: str) -> None:
    file = draft(relief, worker_id)
    if basis == "SUMS":
        file.verify()
        file.grade()
    else:
        record(relief, file)
    (test,) = kept(relief)
    path = {"test_id": test["id"]}
    same = relief.must("compare_means_test", COUNTY, path=path)
    assert (same["differences"], same["result"]) == ([], same["compared"])
    whole = relief.must("get_recorded_means_test", COUNTY, path=path)
    assert same["result"]["steps_zh"] == whole["steps_zh"]
    older = relief.must("compare_means_test", COUNTY, path=path, query={"on": "2018-12-31"})
    assert (older["result"]["grade"], older["compared"]["grade"]) == ("DEEP", "NONE")
    assert relief.refused("compare_means_test", COUNTY, path=path, query={"on": "2001-01-01"})["code"] == "rule-missing"
    assert relief.refused("compare_means_test", COUNTY, path=path, query={"on": "20180101"})["status"] == 422


def test_relief_that_was_paid_counts_in_the_next_test(relief: Desk, worker_id: str) -> None:
    """Of the last twelve months, by purpose; not what is only reserved, older, or another's."""
    file, day = draft(relief, worker_id), today()
    paid(relief, worker_id, 100_000, day)
    paid(relief, worker_id, 50_000, year_before(day) + timedelta(days=1), "MEDICAL")
    paid(relief, worker_id, 7_000, day, "FESTIVAL")
    paid(relief, worker_id, 999_999, year_before(day))
    paid(relief, worker_id, 999_999, day, state="RESERVED")
    paid(relief, worker_id, 999_999, day, "WAGE_ADVANCE")
    paid(relief, new_id(), 999_999, day)
    made = record(relief, file)
    assert made["earlier_relief"] == [{"kind": "FESTIVAL_CONSOLATION", "amount_fen": 7_000},
                                      {"kind": "UNION_LIVING", "amount_fen": 100_000},
                                      {"kind": "UNION_MEDICAL", "amount_fen": 50_000}]
    assert (made["income12_fen"], made["grade"]) == (2_550_000, "RELATIVE")


def test_a_test_is_of_the_household_that_the_file_has(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    path = {"file_id": file.now["id"]}
    body = {**HOUSEHOLD, "persons": [{"age": 45}, {"age": 3}]}
    assert relief.refused("record_means_test", OFFICER, path=path, body=body)["code"] == "means-persons-differ"
    ahead = {**HOUSEHOLD, "on": str(today() + timedelta(days=1))}
    assert relief.refused("record_means_test", OFFICER, path=path, body=ahead)["code"] == "date-in-future"
    file.must("cancel_hardship_file", DIRECTOR, reason="MERGED")
    assert relief.refused("record_means_test", OFFICER, path=path, body=HOUSEHOLD)["code"] == "means-file-closed"
    assert relief.refused("record_means_test", OFFICER, path={"file_id": new_id()}, body=HOUSEHOLD)["status"] == 404
    assert kept(relief) == []


def test_a_household_reads_its_own_and_nobody_elses(relief: Desk, desk: Callable[[str], Desk], worker_id: str) -> None:
    made = record(relief, draft(relief, worker_id))
    me, stranger = (caller(Role.WORKER, worker_id=one) for one in (worker_id, people.worker(desk("membership"), None)))
    path = {"test_id": made["id"]}
    assert relief.must("get_recorded_means_test", me, path=path)["id"] == made["id"]
    assert [row["id"] for row in relief.must("list_means_tests", me)["items"]] == [made["id"]]
    for who in (stranger, caller(Role.AUDITOR, org_path="/37/3702/370203/")):
        assert relief.refused("get_recorded_means_test", who, path=path)["status"] == 404
        assert relief.must("list_means_tests", who)["items"] == []


def test_the_trail_keeps_who_read_a_household_s_means(relief: Desk, worker_id: str) -> None:
    made = record(relief, draft(relief, worker_id))
    kept(relief)
    path = {"test_id": made["id"]}
    relief.must("get_recorded_means_test", COUNTY, path=path)
    relief.must("compare_means_test", COUNTY, path=path)
    trail = [e for e in relief.must("list_audit_entries", AUDITOR)["items"] if e["subject_id"] == made["id"]]
    assert sorted((e["action"], e["actor"]) for e in trail) == sorted([
        ("record_means_test", OFFICER.account_id), ("get_recorded_means_test", COUNTY.account_id),
        ("compare_means_test", COUNTY.account_id)])


def test_facts_and_steps_lie_encrypted(relief: Desk, worker_id: str) -> None:
    record(relief, draft(relief, worker_id))
    columns = [Encrypted.stored(means_tests.c[name]) for name in ("sealed_facts", "sealed_steps")]
    with relief.database.read() as connection:
        (row,) = connection.execute(select(*columns)).all()
    assert not any("ILLNESS" in value or "疾病" in value for value in row)
    (entry,) = [e for e in relief.must("list_audit_entries", AUDITOR)["items"] if e["action"] == "record_means_test"]
    assert "ILLNESS" not in str(entry)


@pytest.mark.parametrize("statement", [
    update(means_tests).values(grade="NONE"), update(means_tests).values(rule_rows=[]), delete(means_tests)])
def test_the_database_itself_keeps_a_record_as_it_was(relief: Desk, worker_id: str, statement: Any) -> None:
    record(relief, draft(relief, worker_id))
    with pytest.raises(DBAPIError, match="append-only"), relief.database.write() as connection:
        connection.execute(statement)


def test_keys_may_rotate_under_a_record(relief: Desk, worker_id: str) -> None:
    made = record(relief, draft(relief, worker_id))
    with relief.database.write() as connection:
        (facts,) = connection.execute(select(means_tests.c.sealed_facts)).scalars()
        connection.execute(update(means_tests).values(sealed_facts=facts))
        assert connection.execute(text("SELECT count(*) FROM means_tests")).scalar() == 1
    assert relief.must("get_recorded_means_test", AUDITOR, path={"test_id": made["id"]})["facts"] == made["facts"]
