"""What every operation of every service gets from the kit, on both databases."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest
from sqlalchemy import func, select, text

from services.membership.adapters.tables import employers, workers
from shared.contracts.operator import AUDITOR
from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.runtime.demo import people
from shared.service.messages import Request
from shared.store import audit, engine
from shared.store.tables import audit as audit_rows
from tests.service.conftest import HERE, Desk


def employer(number: int = 1) -> dict[str, str]:
    return {"uscc": people.uscc(number), "name": f"某建筑公司{number}"}


def worker(number: int = 1, **more: object) -> dict[str, object]:
    return {"name": people.name(number), "id_number": people.resident_id(number), "registration": "OUTSIDE_RURAL",
            "employment": "EMPLOYED", **more}


def count(desk: Desk, table: object) -> int:
    with desk.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_command_commits_its_change_event_audit_entry_and_answer_together(desk: Desk) -> None:
    status, made = desk.do("register_employer", employer())
    assert status == 201
    assert desk.log[-1].headers["ETag"] == '"1"'
    (event,) = desk.told()
    assert (event["type"], event["subject"]) == ("membership.employer_registered.v1", made["id"])
    with desk.database.read() as connection:
        (entry,) = connection.execute(select(audit_rows)).all()
    assert (entry.actor, entry.action, entry.subject_id) == ("clerk", "register_employer", made["id"])


def test_a_refusal_leaves_nothing_behind(desk: Desk) -> None:
    desk.do("register_employer", employer())
    status, problem = desk.do("register_employer", employer())
    assert (status, problem["code"]) == (409, "employer-known")
    assert (count(desk, employers), len(desk.told()), count(desk, audit_rows)) == (1, 1, 1)


def test_the_same_command_again_gets_the_stored_answer(desk: Desk) -> None:
    first = desk.do("register_employer", employer(), key="k")
    assert desk.do("register_employer", dict(reversed(employer().items())), key="k") == first
    assert desk.log[-1].headers["Idempotent-Replayed"] == "true"
    assert count(desk, employers) == 1


def test_a_key_used_for_another_body_or_operation_is_refused(desk: Desk) -> None:
    desk.do("register_employer", employer(), key="k")
    for operation, body in (("register_employer", employer(2)), ("register_worker", worker())):
        status, problem = desk.do(operation, body, key="k")
        assert (status, problem["code"]) == (422, "idempotency-key-reused")


def test_the_same_command_twenty_times_at_once_is_done_once(desk: Desk) -> None:
    answers: list[int] = []
    start = threading.Barrier(20)

    def send() -> None:
        start.wait()
        answers.append(desk.dispatcher.answer(desk.request("register_employer", employer(), command_id="k")).status)

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {201, 409}
    assert 201 in answers
    assert (count(desk, employers), len(desk.told())) == (1, 1)
    assert desk.do("register_employer", employer(), key="k")[0] == 201


def test_a_stale_version_is_refused_with_the_current_record_beside_what_was_sent(desk: Desk) -> None:
    _, made = desk.do("register_worker", worker())
    path = {"worker_id": made["id"]}
    card = {"number": people.bank_card(1), "bank_name": "某银行"}
    assert desk.do("set_bank_card", card, path=path, expected_version=1)[0] == 200
    status, problem = desk.do("set_bank_card", card, path=path, expected_version=1)
    assert (status, problem["code"]) == (412, "stale-version")
    assert (problem["current"]["version"], problem["sent"]) == (2, card)
    assert desk.log[-1].headers["ETag"] == '"2"'


def test_two_changes_of_one_version_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    _, made = desk.do("register_worker", worker())
    start, answers = threading.Barrier(8), []

    def send(number: int) -> None:
        card = {"number": people.bank_card(number), "bank_name": "某银行"}
        request = desk.request("set_bank_card", card, path={"worker_id": made["id"]}, expected_version=1,
                               command_id=new_id())
        start.wait()
        answers.append(desk.dispatcher.answer(request).status)

    threads = [threading.Thread(target=send, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [412] * 7


def test_another_organisations_record_is_not_found(desk: Desk) -> None:
    _, made = desk.do("register_worker", worker())
    path = {"worker_id": made["id"]}
    for scope, status in ((HERE, 200), ("/37/", 200), ("/37/3702/370203/", 404), (HERE + "north/", 404)):
        caller = Caller("other", "别处", ("R1",), (scope,), scope)
        assert desk.do("get_worker", path=path, caller=caller)[0] == status
        assert len(desk.do("list_workers", caller=caller)[1]["items"]) == (status == 200)
    own = Caller("w", "本人", ("R25",), (), "", worker_id=made["id"])
    assert desk.do("get_worker", path=path, caller=own)[0] == 200
    assert desk.do("get_worker", path=path, caller=Caller("v", "他人", ("R25",), (), "", new_id()))[0] == 404


def test_a_commit_whose_answer_is_lost_with_the_database_is_told_as_unknown(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_transaction: Any) -> None:
        raise engine.CommitUnknown("数据库 / the database")

    def away() -> None:
        raise engine.DatabaseAway("数据库 / the database")

    with monkeypatch.context() as broken:
        broken.setattr(engine, "_commit", lost)
        broken.setattr(desk.database, "read", away)
        status, told = desk.do("register_employer", employer(1))
    assert (status, told["code"]) == (503, "outcome-unknown")


def test_a_request_past_its_deadline_is_not_carried_out(desk: Desk) -> None:
    late = desk.request("register_employer", employer(), command_id="late", deadline=time.time() - 0.01)
    assert desk.dispatcher.answer(late).status == 503
    assert count(desk, employers) == 0


@pytest.mark.parametrize(("body", "status"), [
    (b"{", 400), (b'{"a": NaN}', 400), (b"\xff\xfe", 400), (b'{"uscc": 1, "uscc": 2}', 400), (b'"\\ud800"', 400),
    (b"[" * 100_000, 400), (b"[]", 422), (b"null", 422), (b"", 422)])
def test_a_body_that_cannot_be_read_is_answered(desk: Desk, body: bytes, status: int) -> None:
    answer = desk.dispatcher.answer(Request("register_employer", desk.caller, body=body, command_id=new_id()))
    assert answer.status == status, answer.body


@pytest.mark.parametrize(("change", "pointer", "code"), [
    ({"id_number": "11010519491231002x1"}, "/id_number", "identifier-length"),
    ({"id_number": "370202199002300012"}, "/id_number", "identifier-date"),
    ({"extra": 1}, "/extra", "unknown-field"),
    ({"name": None}, "/name", "null"),
    ({"name": 5}, "/name", "not-a-string"),
    ({"name": "a\x00b"}, "/name", "wrong-characters"),
    ({"registration": "MARS"}, "/registration", "not-a-choice"),
    ({"employer_id": "7"}, "/employer_id", "not-an-id"),
    ({"org_path": "/99/"}, "/org_path", "not-found"),
])
def test_a_wrong_field_is_named_by_its_pointer_in_two_languages(
        desk: Desk, change: dict[str, object], pointer: str, code: str) -> None:
    status, problem = desk.do("register_worker", worker(**change))
    assert status in (404, 422)
    (error,) = problem["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)
    assert error["detail"]["zh"] != error["detail"]["en"]


def test_pages_go_through_all_rows_once_in_both_directions(desk: Desk) -> None:
    for number in range(7):
        desk.do("register_employer", employer(number))
    for sort in ("created_at", "-created_at", "name", "-name"):
        seen, cursor = [], None
        while True:
            query = {"limit": "3", "sort": sort, **({"cursor": cursor} if cursor else {})}
            _, page = desk.do("list_employers", query=query)
            seen += [item["name"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == 7
        assert seen == sorted(seen, reverse=sort.startswith("-"))


@pytest.mark.parametrize(("query", "code"), [
    ({"cursor": "abc"}, "cursor-invalid"), ({"sort": "id_number"}, "sort-invalid"), ({"limit": "0"}, "content-invalid"),
    ({"limit": "x"}, "content-invalid"), ({"wrong": "1"}, "content-invalid")])
def test_a_wrong_query_is_refused(desk: Desk, query: dict[str, str], code: str) -> None:
    status, problem = desk.do("list_employers", query=query)
    assert (status, problem["code"]) == (422, code)


def test_numbers_are_encrypted_at_rest_and_found_by_blind_index(desk: Desk) -> None:
    desk.do("register_worker", worker(5))
    with desk.database.read() as connection:
        stored = connection.execute(text("select id_number, id_index from workers")).one()
    assert people.resident_id(5) not in str(stored)
    assert stored.id_number.startswith("k1:")
    status, found = desk.do("look_up_worker", {"id_number": people.resident_id(5), "purpose": "工资垫付"})
    assert (status, found["id_number_masked"][:6]) == (201, "370202")
    assert count(desk, workers) == 1


def test_the_audit_trail_verifies_and_every_kind_of_tampering_is_found(desk: Desk) -> None:
    for number in range(5):
        desk.do("register_employer", employer(number))
    auditor = Caller("auditor", "审计", (AUDITOR[0],), ("/37/",), "/37/")
    assert desk.do("verify_audit_trail", caller=auditor)[1] == {"is_whole": True, "faults": []}
    for damage in ("update audit set actor = 'somebody' where number = 2", "delete from audit where number = 3",
                   "delete from audit where number = 5"):
        with desk.database.engine.connect() as connection, connection.begin() as transaction:
            connection.execute(text(damage))
            assert list(audit.verify(connection)), damage
            transaction.rollback()
    assert desk.do("verify_audit_trail", caller=auditor)[1]["is_whole"]


def test_the_trail_is_whole_after_writes_at_once(desk: Desk) -> None:
    def send(number: int) -> None:
        desk.dispatcher.answer(desk.request("register_employer", employer(number), command_id=new_id()))

    threads = [threading.Thread(target=send, args=(n,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with desk.database.read() as connection:
        assert list(audit.verify(connection)) == []
        entries = connection.execute(select(func.count()).select_from(audit_rows)).scalar_one()
    assert entries == count(desk, employers) == 24


def test_an_operation_nobody_knows_is_not_found(desk: Desk) -> None:
    assert json.loads(desk.dispatcher.answer(desk.request("fly")).body)["code"] == "not-found"
