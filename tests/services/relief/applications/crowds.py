"""Many households at once, and a campaign driven by commands."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.relief.application.applications.ticks import reserve_campaigns
from services.relief.domain.files.hardship_file import HardshipFile
from shared.kernel.caller import system
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.ticks import new_traceparent
from shared.store.work import Work
from tests.services.desks import PLACE, Desk
from tests.services.relief.applications.matters import CHAIR, COUNTY


class Campaign:
    """One campaign, driven by commands; it remembers the record as it stands."""

    def __init__(self, relief: Desk, body: dict[str, Any]) -> None:
        self.relief, self.body = relief, body
        self.now: dict[str, Any] = relief.must("draft_campaign", COUNTY, body=body)

    @staticmethod
    def body_of(**more: Any) -> dict[str, Any]:
        return {"title": "春节送温暖", "occasion": "SPRING_FESTIVAL", "year": today().year + 1,
                "amounts_fen": {"DEEP": 100_000, "RELATIVE": 50_000}, **more}

    @property
    def path(self) -> dict[str, str]:
        return {"campaign_id": self.now["id"]}

    def do(self, operation: str, who: Any, **body: Any) -> tuple[int, Any]:
        status, data = self.relief.do(operation, who, path=self.path, body=body, version=self.now["version"])
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

    def approve(self, fund_id: str) -> dict[str, Any]:
        return self.must("approve_campaign", CHAIR, fund_id=fund_id, document_no="WW-1")

    def read(self) -> dict[str, Any]:
        self.now = self.relief.must("get_campaign", COUNTY, path=self.path)
        return self.now

    def lines(self, **query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.relief.must("list_campaign_lines", COUNTY, path=self.path,
                                                       query={"sort": "number", **query})["items"]
        return found


def draft(relief: Desk, **more: Any) -> Campaign:
    return Campaign(relief, Campaign.body_of(**more))


def one_chunk(relief: Desk) -> None:
    """What one tick does for the next campaign."""
    with Work(relief.database, relief.definition.contract, system("relief"), "reserve_campaigns",
              traceparent=new_traceparent(), outside=relief.outside) as work:
        reserve_campaigns(work)


def crowd(relief: Desk, count: int, grade: str = "DEEP", first: int = 0) -> list[str]:
    """Active files of `count` households of one person, put in together; the ids of the files. `first` numbers them
    when there is a crowd already."""
    files = [a_file(number, grade) for number in range(first, first + count)]
    ids = [file.id for file in files]
    with relief.database.write() as connection, Session(connection) as session:
        session.add_all(files)
        session.flush()
    return ids


def a_file(number: int, grade: str = "DEEP") -> HardshipFile:
    head = new_id()
    file = HardshipFile(new_id(), PLACE, f"KN3702022099{number:06d}", "COUNTY", head, "OTHER", "test", now(),
                        grade=grade, state="ACTIVE")
    file.set_household([{"worker_id": head, "relation": "HEAD", "is_adult": True}])
    return file
