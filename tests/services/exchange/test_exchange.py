"""Exchange by its operations and events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from services.exchange.domain.batch import content_hash
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller, pointers
from tests.services.people import resident_id

OFFICER, REVIEWER = caller(Role.EXCHANGE_OFFICER), caller(Role.COUNTY_REVIEWER)
CLIENT = caller()


@pytest.fixture
def exchange(desk: Callable[[str], Desk]) -> Desk:
    return desk("exchange")


def row(number: int, **told: Any) -> dict[str, Any]:
    return {"category": "DIBAO", "household_no": f"H{number}", "member_name": "某某",
            "member_id_no": resident_id(number), "amount_month_fen": 80_000, "start_ym": "202601", **told}


def batch(rows: list[dict[str, Any]], batch_no: str = "202605", **header: Any) -> dict[str, Any]:
    amounts = [one.get("amount_month_fen") for one in rows]
    return {"header": {"agency": "MZJ-370202", "batch_no": batch_no, "kind": "CIVIL_AFFAIRS_RELIEF",
                       "division_code": "370202", "data_date": "2026-05-01", **header},
            "rows": rows,
            "trailer": {"count": len(rows), "amount_total_fen": sum(one for one in amounts if isinstance(one, int)),
                        "sha256": content_hash(rows)}}


def send(exchange: Desk, body: dict[str, Any]) -> dict[str, Any]:
    return dict(exchange.must("receive_batch", CLIENT, body=body))


def test_a_list_is_loaded_and_told_once(exchange: Desk) -> None:
    body = batch([row(number) for number in range(1, 31)])
    first = send(exchange, body)
    assert (first["state"], first["total"], first["ok"], first["rejected"]) == ("LOADED", 30, 30, 0)
    assert send(exchange, body) == first
    told = exchange.told("agency_batch_imported")
    assert [one["data"]["total"] for one in told] == [30]
    assert len(exchange.must("list_batches", OFFICER)["items"]) == 1


@pytest.mark.parametrize("other", [{"rows": [row(2)]}, {"header": {"data_date": "2026-06-01"}}])
def test_other_content_under_the_same_number_is_refused(exchange: Desk, other: dict[str, Any]) -> None:
    send(exchange, batch([row(1)]))
    body = batch(other.get("rows", [row(1)]), **other.get("header", {}))
    refused = exchange.refused("receive_batch", CLIENT, body=body)
    assert (refused["status"], refused["code"], pointers(refused)) == (409, "batch-number-taken", ["/header/batch_no"])
    assert len(exchange.told("agency_batch_imported")) == 1


def test_a_wrong_trailer_refuses_the_whole(exchange: Desk) -> None:
    body = batch([row(1), row(2)])
    body["rows"].pop()
    refused = exchange.refused("receive_batch", CLIENT, body=body)
    assert pointers(refused) == ["/trailer/count"]
    assert (refused["params"]["expected"], refused["params"]["found"]) == ("2", "1")
    assert exchange.must("list_batches", OFFICER)["items"] == []


def test_wrong_rows_are_kept_with_their_errors(exchange: Desk) -> None:
    wrong = [row(1, member_id_no="370202199001010000"), row(2, amount_month_fen=-1, start_ym="202613"),
             row(3), row(4, unknown="x")]
    rows = [*wrong, *[row(number) for number in range(3, 40)]]
    made = send(exchange, batch(rows))
    assert (made["total"], made["ok"], made["rejected"]) == (41, 37, 4)
    about = {"path": {"batch_id": made["id"]}}
    errors = exchange.must("list_batch_errors", CLIENT, **about)["items"]
    assert [(one["number"], one["pointer"]) for one in errors] == [
        (1, "/rows/0/member_id_no"), (2, "/rows/1/amount_month_fen"), (2, "/rows/1/start_ym"), (4, "/rows/3/unknown"),
        (5, "/rows/4/member_id_no")]
    assert all(one["zh"] and one["en"] for one in errors)
    assert errors[-1]["code"] == "row-twice"
    kept = exchange.must("list_batch_rows", OFFICER, query={"limit": "3"}, **about)
    assert [one["state"] for one in kept["items"]] == ["REJECTED", "REJECTED", "OK"]
    following = exchange.must("list_batch_rows", OFFICER, query={"cursor": kept["next_cursor"], "limit": "3"}, **about)
    assert [one["number"] for one in following["items"]] == [4, 5, 6]


def test_no_number_lies_in_the_open(exchange: Desk) -> None:
    made = send(exchange, batch([row(7)]))
    shown = exchange.must("list_batch_rows", OFFICER, path={"batch_id": made["id"]})["items"][0]
    assert resident_id(7) not in str(shown)
    with exchange.database.read() as connection:
        stored = connection.execute(text("select * from agency_rows")).all()
    assert resident_id(7) not in str(stored)
    assert "某某" not in str(stored)


def test_a_batch_full_of_errors_waits_for_a_person(exchange: Desk) -> None:
    made = send(exchange, batch([row(1), row(2, category="?")]))
    assert (made["state"], exchange.told()) == ("QUARANTINED", [])
    about = {"path": {"batch_id": made["id"]}, "version": made["version"], "body": {"reason": "已与民政核对"}}
    released = exchange.must("release_batch", OFFICER, **about)
    assert (released["state"], released["decided_by"]) == ("LOADED", OFFICER.account_id)
    assert exchange.told("agency_batch_imported")[0]["data"]["ok"] == 1
    second = send(exchange, batch([row(1, category="?")], "202606"))
    about = {**about, "path": {"batch_id": second["id"]}, "version": second["version"]}
    assert exchange.must("discard_batch", OFFICER, **about)["state"] == "DISCARDED"


def paper(exchange: Desk, number: int, **told: Any) -> dict[str, Any]:
    body = {"paper_no": f"SQ-{number}", "purpose": "HARDSHIP_FILE", "categories": ["RELIEF"],
            "valid_from": today().isoformat(), "valid_to": today().isoformat(),
            "signers": [{"name": "某某", "id_number": resident_id(number)}], **told}
    return dict(exchange.must("register_authorisation", OFFICER, body=body))


def test_a_person_is_checked_by_authorisation_only(exchange: Desk, on_day: Callable[[int], None]) -> None:
    send(exchange, batch([row(1), row(2)]))
    signed = paper(exchange, 1)
    asked = {"authorisation_id": signed["id"], "id_number": resident_id(1), "purpose": "建档核对"}
    found = exchange.must("check_person", REVIEWER, body=asked)["found"]
    assert [(one["agency"], one["category"], one["amount_fen"]) for one in found] == [("MZJ-370202", "DIBAO", 80_000)]
    refused = exchange.refused("check_person", REVIEWER, body={**asked, "id_number": resident_id(2)})
    assert refused["code"] == "not-authorised"
    entries = exchange.must("list_audit_entries", caller(Role.AUDITOR), query={"subject_id": signed["id"]})["items"]
    assert [one["action"] for one in entries] == ["check_person", "register_authorisation"]
    assert resident_id(1) not in str(entries)
    on_day(1)
    assert exchange.refused("check_person", REVIEWER, body=asked)["code"] == "not-authorised"
    exchange.tick()
    shown = exchange.must("get_authorisation", OFFICER, path={"authorisation_id": signed["id"]})
    assert shown["state"] == "EXPIRED"


def test_a_revoked_authorisation_checks_nothing(exchange: Desk) -> None:
    signed = paper(exchange, 1)
    exchange.must("revoke_authorisation", OFFICER, path={"authorisation_id": signed["id"]}, version=1,
                  body={"reason": "本人撤回"})
    asked = {"authorisation_id": signed["id"], "id_number": resident_id(1), "purpose": "建档核对"}
    assert exchange.do("check_person", REVIEWER, body=asked)[0] == 409
    again = {"paper_no": "SQ-1", "purpose": "STUDENT_AID", "categories": ["TAX"], "valid_from": "2026-01-01",
             "valid_to": "2026-01-01", "signers": [{"name": "某某", "id_number": resident_id(1)}]}
    assert exchange.refused("register_authorisation", OFFICER, body=again)["code"] == "authorisation-known"


def test_a_day_before_any_rule_is_the_callers_matter(exchange: Desk) -> None:
    old = {"paper_no": "SQ-5", "purpose": "HARDSHIP_FILE", "categories": ["RELIEF"], "valid_from": "2000-01-01",
           "valid_to": "2000-12-31", "signers": [{"name": "某某", "id_number": resident_id(5)}]}
    refused = exchange.refused("register_authorisation", OFFICER, body=old)
    assert (refused["status"], refused["code"]) == (422, "rule-missing")
    assert "2000-01-01" in refused["detail"]["en"]


def failed(has_consent: bool) -> dict[str, Any]:
    return {"dispute_id": new_id(), "case_no": "ZY37020220260000018", "visit_id": None, "employer_id": new_id(),
            "kind": "WAGE", "claimant_ids": [new_id()], "claimed_fen": 7_000_000, "limitation_on": None,
            "has_consent": has_consent, "failed_on": "2026-05-08"}


def test_agencies_fetch_what_they_may_know(exchange: Desk) -> None:
    placement = {"placement_id": new_id(), "worker_id": new_id(), "employer_id": new_id(), "monthly_wage_fen": 450_000,
                 "started_on": "2026-04-01", "confirmed_on": "2026-05-01"}
    for _ in range(2):
        assert exchange.tell("jobs.placement_confirmed.v1", placement) == "done"
    exchange.tell("mediation.mediation_failed.v1", failed(has_consent=False))
    passed_on = failed(has_consent=True)
    exchange.tell("mediation.mediation_failed.v1", passed_on)
    page = exchange.must("list_outbound_records", CLIENT, query={"limit": "1"})
    assert page["items"][0]["data"]["started_on"] == "2026-04-01"
    page = exchange.must("list_outbound_records", CLIENT, query={"limit": "1", "cursor": page["next_cursor"]})
    assert (page["items"][0]["subject_id"], page["next_cursor"]) == (passed_on["dispute_id"], None)
    assert exchange.must("list_outbound_records", CLIENT, query={"since": "2199-01-01T00:00:00+08:00"})["items"] == []
