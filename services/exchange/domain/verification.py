"""Verification (核对任务): a household of relief that agencies are to be asked about, and what they have answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Conflict, Invalid
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

#: what agencies check (rules B.12), as sheets call it
CATEGORIES = {
    "HOUSEHOLD": "户籍", "MARRIAGE": "婚姻", "RELIEF": "社会救助", "INCOME": "收入", "TAX": "纳税",
    "SOCIAL_INSURANCE": "社会保险", "HOUSING_FUND": "住房公积金", "REAL_ESTATE": "不动产", "VEHICLE": "机动车",
    "BUSINESS": "市场主体", "DEPOSITS": "存款", "SECURITIES": "证券", "INSURANCE": "商业保险",
    "UNEMPLOYMENT": "失业登记",
}


class ReportUnreadable(Invalid):
    code = "verification-report-unreadable"
    zh = "核对报告无法读取(第 {row} 行):{why_zh}。整份未办理,请更正后重新上传。"
    en = "The report cannot be read (row {row}): {why_en}. Nothing of it was taken; correct it and send it again."


class ReportRowsWrong(Invalid):
    code = "verification-report-rows-wrong"
    zh = "核对报告中有 {count} 处不符,整份未办理:{rows_zh}。请更正后重新上传。"
    en = "The report is wrong in {count} place(s) and nothing of it was taken: {rows_en}. Correct it and send it again."


class TooManyVerifications(Conflict):
    code = "too-many-verifications"
    zh = "待核对的档案有 {count} 份,一次最多导出 {most} 份。请按单位(org_path)分别导出。"
    en = "{count} files wait to be checked, at most {most} go into one list. Take them by unit (org_path)."


@dataclass(eq=False)
class Verification(Aggregate):
    """`request` is the sequence of relief's event: a file may be verified anew, and the newest request counts. `hits`
    are categories that differ from the declaration; whose they are stays in the agency's sheet."""

    machine = Machine("REQUESTED", [
        Move(("REQUESTED",), "report", "REPORTED", (Role.EXCHANGE_OFFICER,)),
        # the report came by another way, the file was cancelled, or it was asked for anew
        Move(("REQUESTED",), "close", "CLOSED"),
    ])

    id: str
    org_path: str
    file_id: str
    file_no: str
    authorisation_no: str
    request: int
    requested_on: date
    created_at: datetime
    report_no: str | None = None
    reported_on: date | None = None
    hits: list[str] | None = None
    state: str = "REQUESTED"
    version: int = 1

    def report(self, report_no: str, hits: Sequence[str], on: date) -> None:
        self.move("report")
        self.report_no, self.hits, self.reported_on = report_no, sorted(set(hits)), on
        self.record("verification_reported", file_id=self.file_id, request=self.request, report_no=report_no,
                    hits=self.hits)

    def close(self) -> None:
        self.move("close")
