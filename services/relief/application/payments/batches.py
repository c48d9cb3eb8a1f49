"""Payment batches: from the draft to the archive."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, func, select

from services.relief.adapters.files import hardship_members as members
from services.relief.adapters.payments import payment_batches, payment_files, payment_lines, payment_matters
from services.relief.application.applications.by_file import inside
from services.relief.application.applications.who import is_collective, require_level
from services.relief.application.funds.accounts import purpose_rule, start_of
from services.relief.application.payments import entitled
from services.relief.application.payments.authors import authors_of
from services.relief.application.payments.payers import payer_of
from services.relief.application.payments.steps import waiting
from services.relief.domain.applications.programme import CENTRAL_SET
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.mutual_aid.union_share import PURPOSE as FEE
from services.relief.domain.payments.batch import PaymentBatch
from services.relief.domain.payments.refusals import LinesNotInForce, ListOfCases
from services.relief.rules import advances
from services.relief.rules import payments as rules
from services.relief.rules.programmes import programmes
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.kernel.texts import same_text
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

#: the way to go where each case has facts of its own
BY_CASE = {"way_zh": "请逐件办理救助申请(/applications),批准后归集发放(COLLECT)。",
           "way_en": "Apply for each (/applications) and collect what was approved (COLLECT)."}
BY_ADVANCE = {"way_zh": "请办理工资垫付(/wage-advances):须有单位承诺、限额和领导小组批准。",
              "way_en": "Propose a wage advance (/wage-advances), with the employer's undertaking, caps and approval."}
BY_FEE = {"way_zh": "请批准工会承担的参保费(参保批次的 /union-share),付至方案的收款账户,不付给个人。",
          "way_en": "Approve the union's share (/union-share of the enrolment); the scheme is paid, not people."}
BY_FEE_DOCUMENT = "互助保障方案 / the plan of mutual aid"
#: how many waiting lines are counted ahead, for the progress
MOST_COUNTED = 100_000


def draft_payment_batch(work: Work, asked: Asked) -> PaymentBatch:
    body = asked.body
    fund = work.load(FundAccount, body["fund_id"])
    payer_of(fund, body["file_format"])  # told now: at the bank's door it is late
    is_list = body["kind"] == "LIST"
    if is_list:  # what waits was reserved under the rule
        purpose_rule(fund, body["purpose"]).require(is_collective=body["is_collective"])
        _require_no_cases(fund, body["purpose"])
    number = work.next_number("FF", fund.org_path)
    batch = PaymentBatch(
        new_id(), fund.org_path, number, body["kind"], fund.id, body["purpose"], body["file_format"], number,
        work.caller.account_id, now(), body["document_no"], None, body["is_collective"],
        None if is_list else body["about_kind"], None if is_list else body["limit"],
        body["declared_count"] if is_list else None, body["declared_fen"] if is_list else None)
    batch.draft()
    if is_list:
        batch.matter_id = _matter(work, fund.org_path, str(batch.document_no))
    else:
        count = select(func.count()).select_from(waiting(batch, "", int(body["limit"])).subquery())
        batch.begin("COLLECT", int(work.session.execute(count).scalar_one()), batch.drafted_by, now())
    return work.add(batch)


def _require_no_cases(fund: FundAccount, purpose: str) -> None:
    """A wage advance has guards of its own; and of a list nobody knows the bill or the school year that a cap of
    central money looks at. Raises ListOfCases."""
    on, division = today(), division_of(fund.org_path)
    told = {"pointer": "/purpose", "source": fund.source, "purpose": purpose}
    if purpose == "WAGE_ADVANCE":
        raise ListOfCases(document=advances.policies().on(on, division).document, **told, **BY_ADVANCE)
    if purpose == FEE:
        raise ListOfCases(document=BY_FEE_DOCUMENT, **told, **BY_FEE)
    rule = programmes().central_facts(purpose, on, division) if fund.source == CENTRAL_SET else None
    if rule is not None:
        raise ListOfCases(document=rule.document, **told, **BY_CASE)


def _matter(work: Work, org_path: str, document_no: str) -> str:
    """The matter of a paper, however its number is written; two that are first at once meet at the unique constraint,
    and the later looks again."""
    m, key = payment_matters.c, same_text(document_no)
    found = work.session.execute(select(m.id).where(m.org_path == org_path, m.document_key == key)).scalar()
    if found:
        return str(found)
    matter_id = new_id()
    work.session.execute(payment_matters.insert().values(
        id=matter_id, org_path=org_path, document_no=document_no, document_key=key))
    return matter_id


def get_payment_batch(reading: Reading, asked: Asked) -> PaymentBatch:
    return reading.record(PaymentBatch, asked.path["batch_id"])


def list_payment_batches(reading: Reading, asked: Asked) -> dict[str, Any]:
    c = payment_batches.c
    where = [c[n] == asked.query[n] for n in ("state", "fund_id", "purpose", "document_no") if n in asked.query]
    if "date_from" in asked.query:
        where.append(c.created_at >= start_of(asked.query["date_from"]))
    if "date_to" in asked.query:
        where.append(c.created_at < start_of(asked.query["date_to"] + timedelta(days=1)))
    return reading.page(PaymentBatch, asked.query, sort=[c.created_at, c.total_fen, c.batch_no], where=where)


def get_payment_line(reading: Reading, asked: Asked) -> Any:
    return reading.row(payment_lines, asked.path["line_id"])


def list_payment_lines(reading: Reading, asked: Asked) -> dict[str, Any]:
    names = ("batch_id", "fund_id", "state", "fault", "payee_id", "about_kind", "about_id", "tier")
    where = [payment_lines.c[name] == asked.query[name] for name in names if name in asked.query]
    return reading.page(payment_lines, asked.query, sort=[payment_lines.c.created_at, payment_lines.c.amount_fen],
                        where=where)


def check_payment_batch(work: Work, asked: Asked) -> PaymentBatch:
    batch = _target(work, asked)
    batch.check(work.caller.account_id, now(), authors_of(work, batch))
    return batch


def approve_payment_batch(work: Work, asked: Asked) -> PaymentBatch:
    """Raises FundAccountMissing, WrongState, BatchBusy, SamePerson, LeadingGroupWanted, ApprovalTooHigh."""
    batch = _target(work, asked)
    payer_of(work.load(FundAccount, batch.fund_id), batch.file_format)
    batch.approve(work.caller.account_id, now(), authors_of(work, batch), is_group=is_collective(work))
    if batch.kind == "LIST":  # lines of matters were approved with these
        _require_levels(work, batch)
    return batch


def _require_levels(work: Work, batch: PaymentBatch) -> None:
    """By the largest sum for one household in the list, and by the list's total as a campaign's (relief_limits.yaml).
    Raises ApprovalTooHigh."""
    require_level(work, batch.org_path, _largest_fen(work, batch.id), "approval")
    require_level(work, batch.org_path, batch.total_fen, "campaign")


def _largest_fen(work: Work, batch_id: str) -> int:
    """Of a household that has a file, of a person without one."""
    whose, lines = func.coalesce(members.c.file_id, payment_lines.c.payee_id), payment_lines.c
    sums = select(func.sum(lines.amount_fen).label("fen")).outerjoin_from(
        payment_lines, members, and_(members.c.worker_id == lines.payee_id, members.c.is_open)).where(
        lines.batch_id == batch_id).group_by(whose).subquery()
    return int(work.session.execute(select(func.coalesce(func.max(sums.c.fen), 0))).scalar_one())


def send_payment_batch(work: Work, asked: Asked) -> PaymentBatch:
    """Raises LinesNotInForce, unless it is too late: then the trail says which lines it was."""
    batch = _target(work, asked)
    on = asked.body["sent_on"] or today()
    files = select(func.count()).select_from(payment_files).where(payment_files.c.batch_id == batch.id)
    batch.send(work.caller.account_id, now(), on, rules.outcome_due_on(on, batch.org_path), asked.body["receipt_no"],
               int(work.session.execute(files).scalar_one()))
    lost = entitled.lost_of_batch(inside(work), batch.id)
    if lost and not asked.body["is_irrevocable"]:
        raise LinesNotInForce(count=len(lost), lines=entitled.some_of(lost))
    if lost:
        work.note("send_not_in_force", "PaymentBatch", batch.id, {"count": len(lost), "lines": entitled.some_of(lost)})
    return batch


def cancel_payment_batch(work: Work, asked: Asked) -> PaymentBatch:
    batch = _target(work, asked)
    batch.cancel(asked.body["reason"], work.caller.account_id, now())
    return batch


def reconcile_payment_batch(work: Work, asked: Asked) -> PaymentBatch:
    batch = _target(work, asked)
    batch.reconcile(asked.body["statement_no"], asked.body["debited_fen"])
    return batch


def archive_payment_batch(work: Work, asked: Asked) -> PaymentBatch:
    batch = _target(work, asked)
    batch.archive()
    return batch


def _target(work: Work, asked: Asked) -> PaymentBatch:
    return work.target(PaymentBatch, asked.path["batch_id"])

