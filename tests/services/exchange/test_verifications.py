"""A household is verified by way of exchange: asked for by relief, listed for the agencies, answered by their sheet."""

from __future__ import annotations

import csv
import io
from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from services.exchange.domain.verification import CATEGORIES, Verification
from shared.contracts.exchange.schemas import CHECK_CATEGORIES, VERIFICATION_STATES
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller, pointers
from tests.services.moves import Moves, cases
from tests.services.people import resident_id
from tests.services.relief.households import EXCHANGE, FACTS, OFFICER, SURVEYORS, TOWNSHIP, File, draft

Desks = Callable[[str], Desk]
PURPOSE = {"purpose": "送民政部门核对"}
AUDITOR = caller(Role.AUDITOR)


class Town:
    """Relief and exchange, and a household whose paper is registered with both."""

    def __init__(self, desk: Desks) -> None:
        self.relief, self.exchange, self.membership = desk("relief"), desk("exchange"), desk("membership")
        self.heard = {"relief": 0, "exchange": 0}

    def talk(self) -> None:
        """Each hears what the other has told since."""
        for speaker, listener in ((self.relief, self.exchange), (self.exchange, self.relief)):
            name = speaker.definition.contract.service
            told = speaker.told()
            listener.hear(told[self.heard[name]:])
            self.heard[name] = len(told)

    def verifying(self, *serials: int, paper_no: str | None = None) -> File:
        """A file that waits for the report; its paper is signed by the people of these numbers."""
        file = draft(self.relief, people.worker(self.membership, None))
        paper_no = paper_no or f"SQ-{file.now['file_no']}"
        if serials:
            self.sign(paper_no, *serials)
        file.give_head_a_card()
        file.must("submit_hardship_file", OFFICER, authorisation_no=paper_no, authorised_on=str(today()),
                  all_adults_signed=True)
        for surveyor in SURVEYORS:
            file.must("survey_household", surveyor, note="已入户", **FACTS)
        file.must("request_verification", TOWNSHIP)
        self.talk()
        return file

    def sign(self, paper_no: str, *serials: int) -> None:
        self.exchange.must("register_authorisation", EXCHANGE, body={
            "paper_no": paper_no, "purpose": "HARDSHIP_FILE", "categories": ["REAL_ESTATE", "VEHICLE"],
            "valid_from": str(today()), "valid_to": str(today() + timedelta(days=30)),
            "signers": [{"name": f"张{serial}", "id_number": resident_id(serial)} for serial in serials]})

    def sheets(self, **query: str) -> list[list[Sequence[Any]]]:
        content = self.exchange.must("download_verification_list", EXCHANGE, query={**PURPOSE, **query})
        return [list(page.iter_rows(min_row=2, values_only=True))
                for page in load_workbook(io.BytesIO(content)).worksheets]

    def report(self, *rows: tuple[str, str, str], report_no: str = "HD-1",
               headings: Sequence[str] = ("档案号", "身份证号", "不符类别")) -> tuple[int, Any]:
        text = io.StringIO(newline="")
        csv.writer(text).writerows([headings, *rows])
        done = self.exchange.do("load_verification_report", EXCHANGE, body={
            "report_no": report_no, "file_format": "CSV",
            "content": b64encode(text.getvalue().encode("utf-8-sig")).decode()})
        self.talk()
        return done

    def waiting(self) -> list[str]:
        return [one["file_no"] for one in self.exchange.must("list_verifications", EXCHANGE, query={
            "state": "REQUESTED", "sort": "file_no"})["items"]]


@pytest.fixture
def town(desk: Desks) -> Town:
    return Town(desk)


def test_a_household_without_hits_is_verified(town: Town) -> None:
    file = town.verifying(1, 2)
    no = file.now["file_no"]
    listed, without = town.sheets()
    assert [(row[0], row[2], row[3], row[4]) for row in listed] == [
        (no, "张1", resident_id(1), "不动产、机动车"), (no, "张2", resident_id(2), "不动产、机动车")]
    assert without == []
    status, told = town.report((no, resident_id(1), ""), (no, resident_id(2), ""))
    assert (status, told) == (201, {"report_no": "HD-1", "files": 1, "persons": 2, "files_with_hits": 0})
    assert (file.read()["state"], file.now["report_no"], file.now["report_hits"]) == ("VERIFIED", "HD-1", [])
    assert town.waiting() == []


def test_hits_wait_until_they_are_explained(town: Town) -> None:
    file = town.verifying(1, 2)
    no = file.now["file_no"]
    town.report((no, resident_id(1), "机动车"), (no, resident_id(2), "机动车、REAL_ESTATE"))
    (told,) = town.exchange.told("verification_reported")
    assert told["data"]["hits"] == ["REAL_ESTATE", "VEHICLE"]
    assert (file.read()["state"], file.now["report_hits"]) == ("VERIFYING", ["REAL_ESTATE", "VEHICLE"])
    assert file.refused("receive_report", EXCHANGE, report_no="HD-1") == "hits-unexplained"
    file.must("receive_report", EXCHANGE, report_no="HD-1", explanation="车辆已报废")
    assert (file.now["state"], file.now["report_hits"]) == ("VERIFIED", ["REAL_ESTATE", "VEHICLE"])


def test_without_a_paper_in_force_nobody_is_listed(town: Town) -> None:
    file = town.verifying()
    listed, without = town.sheets()
    assert (listed, [row[0] for row in without]) == ([], [file.now["file_no"]])
    status, problem = town.report((file.now["file_no"], resident_id(1), ""))
    assert (status, problem["code"]) == (422, "verification-report-rows-wrong")


@pytest.mark.parametrize(("rows", "said"), [
    ([("1", 1, ""), ("1", 2, ""), ("KN-0000000000-0001", 3, "")], "KN-0000000000-0001"),
    ([("1", 1, ""), ("1", 9, ""), ("1", 2, "")], "第 3 行的人未在"),
    ([("1", 1, "")], "缺少 1 人"),
    ([("1", 1, ""), ("1", 2, ""), ("1", 2, "")], "第 4 行与前面重复"),
    ([("1", 1, "飞机"), ("1", 2, "")], "飞机"),
])
def test_a_wrong_row_is_named_and_nothing_is_taken(town: Town, rows: list[tuple[str, int, str]], said: str) -> None:
    file, other = town.verifying(1, 2), town.verifying(4)
    told = [(file.now["file_no"] if no == "1" else no, resident_id(serial), hits) for no, serial, hits in rows]
    status, problem = town.report(*told, (other.now["file_no"], resident_id(4), ""))
    assert (status, problem["code"], pointers(problem)) == (422, "verification-report-rows-wrong", ["/content"])
    assert said in problem["detail"]["zh"]
    assert sorted(town.waiting()) == sorted([file.now["file_no"], other.now["file_no"]])
    assert (file.read()["state"], other.read()["state"]) == ("VERIFYING", "VERIFYING")


def test_a_number_that_is_none_is_named(town: Town) -> None:
    file = town.verifying(1)
    status, problem = town.report((file.now["file_no"], "370202199001010000", ""))
    assert (status, problem["code"]) == (422, "verification-report-rows-wrong")
    assert "第 2 行" in problem["detail"]["zh"]


def test_a_sheet_of_something_else_is_refused(town: Town) -> None:
    town.verifying(1)
    status, problem = town.report(("a", "b", "c"), headings=("姓名", "身份证号", "备注"))
    assert (status, problem["code"]) == (422, "verification-report-unreadable")
    assert "档案号" in problem["detail"]["zh"]


def test_the_second_report_of_a_household_is_refused(town: Town) -> None:
    file = town.verifying(1)
    row = (file.now["file_no"], resident_id(1), "")
    assert town.report(row)[0] == 201
    status, problem = town.report(row)
    assert (status, problem["code"]) == (422, "verification-report-rows-wrong")


def test_what_was_entered_by_hand_closes_the_request(town: Town) -> None:
    file = town.verifying(1)
    file.must("receive_report", EXCHANGE, report_no="HD-9")
    town.talk()
    assert (town.waiting(), town.sheets()[0]) == ([], [])
    assert file.read()["report_no"] == "HD-9"


def test_a_cancelled_file_is_asked_about_no_more(town: Town) -> None:
    file = town.verifying(1)
    file.must("cancel_hardship_file", caller(Role.CENTRE_DIRECTOR), reason="LEFT_AREA")
    town.talk()
    assert town.waiting() == []


def test_a_report_of_an_older_request_counts_for_nothing(town: Town) -> None:
    file = town.verifying(1)
    first = town.relief.told("verification_requested")[-1]
    stale = {"file_id": file.now["id"], "request": first["sequence"] - 100, "report_no": "HD-0", "hits": []}
    town.relief.tell("exchange.verification_reported.v1", stale)
    assert (file.read()["state"], file.now["report_no"]) == ("VERIFYING", None)
    fresh = {**stale, "request": first["sequence"], "report_no": "HD-1", "hits": ["VEHICLE"]}
    for _ in range(2):
        town.relief.tell("exchange.verification_reported.v1", fresh)
    version = file.read()["version"]
    town.relief.tell("exchange.verification_reported.v1", fresh)
    assert (file.read()["version"], file.now["report_hits"]) == (version, ["VEHICLE"])


def test_requests_told_twice_or_late_make_one(town: Town) -> None:
    data = {"file_id": new_id(), "file_no": "KN-370202-2026-0009", "authorisation_no": "SQ-9"}
    envelope = {"type": "relief.verification_requested.v1", "subject": data["file_id"], "orgpath": "/37/3702/370202/",
                "actor": "test", "data": data}
    for sequence in (700, 700, 300):
        town.exchange.hear([{**envelope, "id": new_id(), "sequence": sequence}])
    assert len(town.waiting()) == 1
    town.exchange.hear([{**envelope, "id": new_id(), "sequence": 900}])
    assert len(town.waiting()) == 1


def test_who_took_the_list_and_what_for_is_kept(town: Town) -> None:
    file = town.verifying(1)
    assert pointers(town.exchange.refused("download_verification_list", EXCHANGE)) == ["/purpose"]
    town.sheets()
    trail = town.exchange.must("list_audit_entries", AUDITOR, query={"limit": "200"})["items"]
    (entry,) = [one for one in trail if one["action"] == "download_verification_list"]
    assert PURPOSE["purpose"] in entry["detail"]
    assert file.now["file_no"] in entry["detail"]
    assert resident_id(1) not in entry["detail"]


def test_the_categories_are_those_of_the_papers() -> None:
    assert tuple(CATEGORIES) == CHECK_CATEGORIES


MOVES = Moves(
    lambda: Verification(new_id(), "/37/", new_id(), "KN-1", "SQ-1", 100, today(), now()),
    {"report": lambda one: one.report("HD-1", ["VEHICLE"], today()), "close": lambda one: one.close()},
    {"REQUESTED": [], "REPORTED": ["report"], "CLOSED": ["close"]},
    {"REQUESTED": {"report", "close"}, "REPORTED": set(), "CLOSED": set()},
)


def test_the_states_are_those_of_the_contract() -> None:
    MOVES.assert_complete(VERIFICATION_STATES)


@pytest.mark.parametrize(("moves", "state", "command"), cases({"verification": MOVES}))
def test_every_move_is_made_or_refused(moves: Moves, state: str, command: str) -> None:
    moves.attempt(state, command)
