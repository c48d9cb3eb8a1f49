"""Hardship files for tests, driven by commands as the people of a centre would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.kernel.clock import today
from shared.kernel.roles import Role
from shared.runtime.demo.household import FILLED, member
from tests.services.desks import Desk, caller
from tests.services.relief.samples import give_card

OFFICER, TOWNSHIP = caller(Role.GRASSROOTS_OFFICER), caller(Role.TOWNSHIP_REVIEWER)
EXCHANGE = caller(Role.EXCHANGE_OFFICER)
SURVEYORS = caller(Role.SURVEYOR), caller(Role.SURVEYOR)
COUNTY, DIRECTOR = caller(Role.COUNTY_REVIEWER), caller(Role.CENTRE_DIRECTOR)
#: approvals are given by others than who assessed
SECOND_REVIEWER, CHAIR = caller(Role.COUNTY_REVIEWER), caller(Role.CHAIR)
FACTS = {"income12_fen": 2_400_000, "rigid": {"illness": 1_300_000}}
RICH = {"income12_fen": 9_000_000, "rigid": {}}


class File:
    """One file on a desk, driven by commands."""

    def __init__(self, relief: Desk, record: dict[str, Any]) -> None:
        self.relief, self.now = relief, record

    def do(self, operation: str, who: Any, **body: Any) -> tuple[int, Any]:
        status, data = self.relief.do(operation, who, path={"file_id": self.now["id"]}, body=body,
                                      version=self.now["version"])
        if status < 300:
            self.now = data
        return status, data

    def must(self, operation: str, who: Any, **body: Any) -> dict[str, Any]:
        status, data = self.do(operation, who, **body)
        assert status < 300, (operation, data)
        return self.now

    def refused(self, operation: str, who: Any, **body: Any) -> str:
        status, data = self.do(operation, who, **body)
        assert status >= 400, (operation, data)
        return str(data["code"])

    def read(self) -> dict[str, Any]:
        self.now = self.relief.must("get_hardship_file", COUNTY, path={"file_id": self.now["id"]})
        return self.now

    def give_head_a_card(self) -> None:
        """The head of a new file has none; a file wants one before it is submitted."""
        give_card(self.relief.outside("membership"), self.now["head_worker_id"])

    def submit(self) -> None:
        self.give_head_a_card()
        self.must("submit_hardship_file", OFFICER, authorisation_no="SQ-1", authorised_on=str(today()),
                  all_adults_signed=True, may_publish=True)

    def verify(self) -> None:
        """Submitted, surveyed by two and checked with the agencies."""
        self.submit()
        for surveyor in SURVEYORS:
            self.must("survey_household", surveyor, note="已入户", **FACTS)
        self.recheck()

    def recheck(self) -> None:
        self.must("request_verification", TOWNSHIP)
        self.must("receive_report", EXCHANGE, report_no="HD-1")

    def grade(self, grade: str = "DEEP", **more: Any) -> None:
        self.must("assess_hardship_file", COUNTY, grade=grade, **more)
        if grade != "NONE":
            self.must("post_file_notice", TOWNSHIP, place="单位公示栏")

    def approve(self) -> None:
        """Every step that the file's level takes."""
        for approver in (SECOND_REVIEWER, DIRECTOR):
            self.must("approve_hardship_file", approver)
        if self.now["level"] not in ("GRASSROOTS", "COUNTY"):
            self.must("approve_hardship_file", CHAIR, outside_no="市总〔2026〕8号")


def body_of(head: str, *others: str | None) -> dict[str, Any]:
    members = [member(head, "HEAD"), *(member(other, "SPOUSE") for other in others)]
    return {"head_worker_id": head, "level": "COUNTY", "main_cause": "SERIOUS_ILLNESS", "members": members, **FACTS,
            **FILLED}


def draft(relief: Desk, head: str, *others: str | None) -> File:
    return File(relief, relief.must("open_hardship_file", OFFICER, body=body_of(head, *others)))


def active(relief: Desk, on_day: Callable[[int], None], *members: str) -> File:
    file = draft(relief, *members)
    file.verify()
    file.grade()
    on_day(30)
    file.approve()
    return file
