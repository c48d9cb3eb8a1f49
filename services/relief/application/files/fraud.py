"""After fraud (虚假申报): what the household was paid on its file is put up for recovery (B.1.3, C.4.1)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, select

from services.relief.adapters.applications import campaign_lines, relief_applications
from services.relief.adapters.payments import payment_lines
from services.relief.application.watch.raising import raise_findings
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.watch.finding import Hit
from services.relief.rules.files import PARAMETERS
from shared.kernel.clock import SHANGHAI, today
from shared.kernel.org import division_of
from shared.store.work import Work

#: what is paid on the strength of a file; mutual aid is paid for a fee
BY_FILE = ("ReliefApplication", "ReliefCampaign")
REASON = "虚假申报,档案 {file_no} 已注销 / false declaration, the file was cancelled"


def demand_back(work: Work, file: HardshipFile) -> None:
    """Recovery of each paid application is proposed, for the auditor to confirm; a finding asks for the whole, since
    campaigns pay without applications."""
    a, reason = relief_applications.c, REASON.format(file_no=file.file_no)
    paid = select(ReliefApplication).where(a.file_id == file.id, a.state.in_(("PAID", "CLOSED")),
                                           a.recovery_proposed_by.is_(None)).order_by(a.id)
    for application in work.all(paid):
        application.propose_recovery(reason, work.caller.account_id)
    owed = _paid_since_opening(work, file)
    if owed.paid_fen:
        rule = PARAMETERS.row("HF-BAN", today(), division_of(file.org_path))
        figures = {"file_no": file.file_no, "payments": owed.payments, "paid_fen": int(owed.paid_fen)}
        raise_findings(work, [Hit("FRD-1", "FILE", file.id, file.org_path, str(today()), figures, file.id, rule=rule)])


def _paid_since_opening(work: Work, file: HardshipFile) -> Row[Any]:
    """Payments to its members, and their sum in fen less what came back."""
    c = payment_lines.c
    opened = file.created_at.astimezone(SHANGHAI).date()
    query = select(func.count().label("payments"), func.sum(c.amount_fen - c.recovered_fen).label("paid_fen")).where(
        c.state == "PAID", c.payee_kind == "WORKER", c.about_kind.in_(BY_FILE), c.paid_on >= opened,
        c.payee_id.in_([member.worker_id for member in file.members if member.worker_id]), ~_by_ground())
    return work.session.execute(query).one()


def _by_ground() -> ColumnElement[bool]:
    """What a campaign paid to somebody as a front-line, model, sick or migrant worker: no matter of the file."""
    line = campaign_lines.c
    return exists().where(line.id == payment_lines.c.about_part, line.ground != "HARDSHIP")
