"""Applications and campaigns on a desk, driven by commands as the people of a centre would, and a bank that answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from services.relief.adapters.files import hardship_files
from services.relief.adapters.payments import payment_lines
from services.relief.application.payments.outcomes import tell
from services.relief.domain.payments.line import Outcome
from shared.kernel.caller import system
from shared.kernel.clock import today
from shared.kernel.roles import Role
from shared.service.ticks import new_traceparent
from shared.store.work import Work
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief import households

OFFICER, TOWNSHIP = caller(Role.GRASSROOTS_OFFICER), caller(Role.TOWNSHIP_REVIEWER)
COUNTY = caller(Role.COUNTY_REVIEWER)
DIRECTOR, CHAIR, GROUP = caller(Role.CENTRE_DIRECTOR), caller(Role.CHAIR), caller(Role.LEADING_GROUP)
AUDITOR, EXCHANGE, CASHIER = caller(Role.AUDITOR), caller(Role.EXCHANGE_OFFICER), caller(Role.CASHIER)
BILL = {"bill_no": "YL-0001", "bill_fen": 5_000_000, "own_paid_fen": 2_000_000, "illness": "尿毒症"}
STUDENT = {"student_no": "G370202201001010011", "student_kind": "ORDINARY", "school_level": "HIGHER",
           "semester": "2026-AUTUMN"}
APPROVAL = {"document_no": "JZ-1"}
#: the standard that the desk's place has by default
DIBAO_FEN = 100_000


class Application:
    """One application, driven by commands; it remembers the record as it stands."""

    def __init__(self, relief: Desk, record: dict[str, Any]) -> None:
        self.relief, self.now = relief, record

    @property
    def path(self) -> dict[str, str]:
        return {"application_id": self.now["id"]}

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

    def read(self) -> dict[str, Any]:
        self.now = self.relief.must("get_relief_application", COUNTY, path=self.path)
        return self.now

    def compute(self) -> int:
        """Accepted and computed; what may be given."""
        self.must("accept_relief_application", TOWNSHIP)
        return int(self.must("compute_relief", COUNTY)["cap_fen"])

    def propose(self, amount_fen: int | None = None) -> None:
        cap_fen = self.compute()
        note = "已核实" if self.now["findings"] else None
        self.must("propose_relief", COUNTY, amount_fen=amount_fen or cap_fen, finding_note=note)

    def approve(self, fund_id: str | None, who: Any = GROUP, **more: Any) -> dict[str, Any]:
        return self.must("approve_relief", who, fund_id=fund_id, document_no="JZ-1", **more)


def apply(relief: Desk, worker_id: str, relief_type: str = "LIVING", who: Any = OFFICER, **more: Any) -> Application:
    body = {"worker_id": worker_id, "relief_type": relief_type, **more}
    return Application(relief, relief.must("apply_for_relief", who, body=body))


def household(desk: Any, *, grade: str = "DEEP", level: str = "COUNTY", others: int = 0) -> tuple[str, dict[str, Any]]:
    """The head and the active file of a new household. The clock must not be needed: the notice hung long ago."""
    members = [people.worker(desk("membership"), None) for _ in range(1 + others)]
    return members[0], active_file(desk("relief"), members, grade, level)


def active_file(relief: Desk, members: Sequence[str], grade: str = "DEEP", level: str = "COUNTY") -> dict[str, Any]:
    body = {**households.body_of(*members), "level": level}
    file = households.File(relief, relief.must("open_hardship_file", households.OFFICER, body=body))
    file.verify()
    file.grade(grade, **({} if grade == "DEEP" else {"reason": "综合评议"}))
    _notice_is_over(relief, file.now["id"])
    file.approve()
    return file.now


def _notice_is_over(relief: Desk, file_id: str) -> None:
    with relief.database.write() as connection:
        connection.execute(update(hardship_files).where(hardship_files.c.id == file_id).values(
            notice_until=today() - timedelta(days=1)))


def bank_says(relief: Desk, about_id: str, state: str, *, part: str = "1", on: date | None = None,
              reason: str = "") -> None:
    """What the payments part does when the bank has told what became of a line."""
    bank_says_of(relief, [(about_id, part)], state, on=on, reason=reason)


def bank_says_of(relief: Desk, parts: Sequence[tuple[str, str]], state: str, *, on: date | None = None,
                 reason: str = "") -> None:
    on, c = on or today(), payment_lines.c
    work = Work(relief.database, relief.definition.contract, system("relief"), "settle",
                traceparent=new_traceparent(), outside=relief.outside)
    with work:
        outcomes = []
        for about_id, part in parts:
            where = (c.about_id == about_id, c.about_part == part)
            row = work.session.execute(select(payment_lines).where(*where)).one()
            line_state = {"FAILED": "RESERVED", "RETURNED": "RESERVED"}.get(state, state)
            work.session.execute(update(payment_lines).where(*where).values(
                state=line_state, paid_on=on if state == "PAID" else None))
            outcomes.append(Outcome(row.about_kind, about_id, part, state, row.amount_fen, on, reason))
        tell(work, outcomes)


def lines_of(relief: Desk, about_id: str) -> list[Mapping[str, Any]]:
    with relief.database.read() as connection:
        return list(connection.execute(select(payment_lines).where(
            payment_lines.c.about_id == about_id).order_by(payment_lines.c.about_part)).mappings())



def proposed(desk: Any, amount_fen: int = 100_000, relief_type: str = "LIVING", **more: Any) -> Application:
    head, _ = household(desk, **{key: more.pop(key) for key in ("grade", "level") if key in more})
    case = apply(desk("relief"), head, relief_type, **more)
    case.propose(amount_fen)
    return case
