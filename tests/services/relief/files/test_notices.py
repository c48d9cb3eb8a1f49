"""The public notice: masked, with consent only, and an objection in its last minute counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from gateway.authorise import NOBODY
from shared.contracts.relief.files import codes
from shared.kernel import clock
from shared.kernel.clock import today
from shared.kernel.roles import Role
from shared.runtime.demo.household import FILLED, member
from tests.services import people
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief.households import (
    COUNTY,
    DIRECTOR,
    FACTS,
    OFFICER,
    SECOND_REVIEWER,
    SURVEYORS,
    TOWNSHIP,
    File,
    body_of,
    draft,
)

SHOWN = {"id", "name_masked", "unit", "grade", "noticed_on", "notice_until"}


def noticed(relief: Desk, *members: str) -> File:
    file = draft(relief, *members)
    file.verify()
    file.grade()
    return file


def notices(relief: Desk, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = relief.must("list_public_notices", NOBODY, query=query)["items"]
    return found


def object_(relief: Desk, file: File, who: Any = NOBODY, **body: Any) -> tuple[int, Any]:
    operation = "raise_public_objection" if who is NOBODY else "raise_file_objection"
    return relief.do(operation, who, path={"file_id": file.now["id"]}, body={"text": "另有住房", **body})


def test_a_running_notice_shows_masked_name_unit_and_class(relief: Desk, desk: Callable[[str], Desk]) -> None:
    employer = people.employer(desk("membership"), "晨光纺织有限公司")
    file = noticed(relief, people.worker(desk("membership"), employer))
    (shown,) = notices(relief, org_path=PLACE)
    assert set(shown) == SHOWN
    assert (shown["id"], shown["unit"], shown["grade"]) == (file.now["id"], "晨光纺织有限公司", "DEEP")
    assert shown["name_masked"].startswith("张")
    assert "*" in shown["name_masked"]
    assert notices(relief, org_path="/37/3702/370203/") == []


def test_without_separate_consent_nobody_is_shown(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    file.give_head_a_card()
    file.must("submit_hardship_file", OFFICER, authorisation_no="SQ-1", authorised_on=str(today()),
              all_adults_signed=True)
    for surveyor in SURVEYORS:
        file.must("survey_household", surveyor, note="已入户", **FACTS)
    file.recheck()
    file.grade()
    assert notices(relief) == []
    assert object_(relief, file)[0] == 404


def test_the_list_ends_with_the_notice(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = noticed(relief, worker_id)
    last = (date.fromisoformat(file.now["notice_until"]) - clock.today()).days
    on_day(last)
    assert len(notices(relief)) == 1
    on_day(last + 1)
    assert notices(relief) == []


def test_pages_of_the_public_list(relief: Desk, hire: Callable[[], str]) -> None:
    ids = {noticed(relief, hire()).now["id"] for _ in range(3)}
    first = relief.must("list_public_notices", NOBODY, query={"limit": 2})
    second = relief.must("list_public_notices", NOBODY, query={"limit": 2, "cursor": first["next_cursor"]})
    assert {row["id"] for row in first["items"] + second["items"]} == ids
    assert second["next_cursor"] is None


HEALTH = st.sampled_from([code for code in codes.HEALTH if code not in ("GOOD", "OTHER", "WEAK", "DISABLED")])
SECRETS = st.text(alphabet="密保康儿校址", min_size=6, max_size=12)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(health=HEALTH, school=SECRETS, address=SECRETS, note=SECRETS)
def test_whatever_the_file_holds_nothing_else_is_published(relief: Desk, hire: Callable[[], str], health: str,
                                                           school: str, address: str, note: str) -> None:
    head, child = {**member(hire(), "HEAD"), "health": {"health": health}}, member(None, "CHILD", is_adult=False)
    child["details"]["school"] = school
    body = {**body_of(head["worker_id"]), **FILLED, "home": {"address": address, "postcode": "266000"},
            "members": [head, child]}
    file = File(relief, relief.must("open_hardship_file", OFFICER, body=body))
    file.submit()
    for surveyor in SURVEYORS:
        file.must("survey_household", surveyor, note=note, **FACTS)
    file.recheck()
    file.grade()
    shown = {row["id"]: row for row in notices(relief, limit=200)}
    public = json.dumps(list(shown.values()), ensure_ascii=False)
    assert file.now["id"] in shown
    assert all(set(row) == SHOWN for row in shown.values())
    for secret in (health, school, address, note, head["worker_id"], file.now["file_no"], "CHILD"):
        assert secret not in public


# -- objections -------------------------------------------------------------------------------------------------


def test_an_objection_in_the_last_minute_keeps_the_file_from_approval(
        relief: Desk, worker_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = noticed(relief, worker_id)
    last = datetime.fromisoformat(f"{file.now['notice_until']}T23:59:59.9+08:00")
    monkeypatch.setattr(clock, "real_now", lambda: last)
    status, receipt = object_(relief, file, contact="13900000000")
    assert (status, set(receipt)) == (201, {"id", "created_at"})
    monkeypatch.setattr(clock, "real_now", lambda: last + timedelta(seconds=1))
    assert object_(relief, file)[1]["code"] == "notice-ended"
    file.read()
    assert file.refused("approve_hardship_file", SECOND_REVIEWER) == "objections-open"
    decide(relief, receipt["id"], is_upheld=False)
    file.read()
    file.approve()
    assert file.now["state"] == "ACTIVE"


def decide(relief: Desk, objection_id: str, **body: Any) -> Any:
    path = {"objection_id": objection_id}
    assert relief.refused("decide_file_objection", DIRECTOR, path=path, version=1,
                          body={**body, "reason": "-"})["code"] == "wrong-state"
    relief.must("examine_file_objection", TOWNSHIP, path=path, version=1, body={"finding": "已上门核实"})
    return relief.must("decide_file_objection", DIRECTOR, path=path, version=2, body={**body, "reason": "核实属实"})


def test_an_objection_that_is_upheld_sends_the_file_back(relief: Desk, worker_id: str) -> None:
    file = noticed(relief, worker_id)
    raised = object_(relief, file, caller(Role.WINDOW_CLERK))[1]
    assert file.read()["open_objections"] == 1
    assert decide(relief, raised["id"], is_upheld=True)["state"] == "UPHELD"
    assert (file.read()["state"], file.now["open_objections"], file.now["objection"]) == ("SURVEYED", 0, "核实属实")
    assert [told["data"]["is_upheld"] for told in relief.told("file_objection_decided")] == [True]


def test_who_assessed_or_objected_does_not_decide(relief: Desk, worker_id: str) -> None:
    file = noticed(relief, worker_id)
    clerk = caller(Role.COUNTY_REVIEWER)
    raised = object_(relief, file, clerk)[1]
    path = {"objection_id": raised["id"]}
    relief.must("examine_file_objection", TOWNSHIP, path=path, version=1, body={"finding": "已核实"})
    for one in (COUNTY, clerk):
        told = relief.refused("decide_file_objection", one, path=path, version=2,
                              body={"is_upheld": False, "reason": "-"})
        assert told["code"] == "separation-of-duty"


def test_the_contact_is_encrypted_and_read_with_a_purpose(relief: Desk, worker_id: str) -> None:
    file = noticed(relief, worker_id)
    raised = object_(relief, file, contact="13900000000")[1]
    with relief.database.read() as connection:
        stored = str(connection.execute(text("SELECT * FROM file_objections")).all())
    assert "13900000000" not in stored + json.dumps(relief.must("list_file_objections", COUNTY))
    path = {"objection_id": raised["id"]}
    assert relief.refused("get_objection_contact", COUNTY, path=path)["code"] == "file-access-needed"
    access = relief.must("register_file_access", COUNTY, path={"file_id": file.now["id"]},
                         body={"purpose": "回访异议人"})
    shown = relief.must("get_objection_contact", COUNTY, path=path, query={"access_id": access["id"]})
    assert shown["contact"] == "13900000000"


def test_there_is_an_end_to_anonymous_objections(relief: Desk, worker_id: str, tmp_path: Any,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    rule = {"code": "HF-OBJECTIONS", "zh": "上限", "en": "most", "value": 2, "unit": "case", "jurisdiction": "370202",
            "effective_from": "2010-01-01", "document": "本地", "certainty": "D"}
    line = json.dumps(rule).replace('"2010-01-01"', "2010-01-01")
    (tmp_path / "files.yaml").write_text(f"approvals: []\nparameters:\n  - {line}\n")
    monkeypatch.setenv("BANGFU_RULES", str(tmp_path))
    file = noticed(relief, worker_id)
    assert [object_(relief, file)[0] for _ in range(3)] == [201, 201, 409]
