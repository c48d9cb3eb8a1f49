"""Money reserved and paid as the parts of relief do it, and budgets, closings and corrections step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from services.relief.adapters.payments import payment_lines
from services.relief.application.funds.ledger import post
from services.relief.application.payments.reserving import release, reserve
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import Posting
from services.relief.domain.payments.line import Due
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.service.ticks import new_traceparent
from shared.store.work import Work
from tests.services.desks import Desk
from tests.services.relief.samples import AUDITOR, CASHIER, CHAIR

THIS = today().year


def work(relief: Desk, who: Any = CASHIER) -> Work:
    """A unit of work as the dispatcher would begin it."""
    return Work(relief.database, relief.definition.contract, who, "test", traceparent=new_traceparent(),
                outside=relief.outside)


def due(fen: int, about_id: str | None = None, part: str = "p") -> Due:
    return Due("ReliefApplication", about_id or new_id(), part, "WORKER", new_id(), fen, "SP-1")


def book(relief: Desk, fund_id: str, dues: Sequence[Due], purpose: str = "LIVING") -> None:
    """Reserve money in one transaction."""
    with work(relief) as one:
        reserve(one, fund_id, purpose, dues, is_collective=True)


def settle(relief: Desk, fund_id: str, dues: Sequence[Due], kind: str = "PAID", state: str = "PAID") -> None:
    """What the bank told of lines: the ledger and the lines together."""
    c = payment_lines.c
    with work(relief) as one:
        fund = one.load(FundAccount, fund_id, lock=True)
        post(one, fund, kind, [Posting(d.amount_fen, "YH-1", d.about_kind, d.about_id, d.about_part) for d in dues])
        one.session.execute(update(payment_lines).where(c.about_id.in_([d.about_id for d in dues])).values(
            state=state, paid_on=today()))


def let_go(relief: Desk, one: Due) -> None:
    with work(relief) as unit:
        release(unit, one.about_kind, one.about_id, "SF-1")


def line_ids(relief: Desk, fund_id: str) -> list[str]:
    with relief.database.read() as connection:
        return list(connection.execute(select(payment_lines.c.id).where(payment_lines.c.fund_id == fund_id)).scalars())


def drafted(relief: Desk, fund_id: str, year: int = THIS, **lines: int) -> Any:
    """A budget's draft; purposes in lower case."""
    body = {"fund_id": fund_id, "year": year, "lines": told(lines)}
    return relief.must("draft_budget", CASHIER, body=body)


def told(lines: dict[str, int]) -> list[dict[str, Any]]:
    return [{"purpose": purpose.upper(), "amount_fen": fen} for purpose, fen in lines.items()]


def budget(relief: Desk, fund_id: str, year: int = THIS, **lines: int) -> Any:
    """A budget in force."""
    made = drafted(relief, fund_id, year, **lines)
    made = on_budget(relief, made, "submit_budget", CASHIER)
    return on_budget(relief, made, "approve_budget", CHAIR)


def on_budget(relief: Desk, made: Any, operation: str, who: Any, **body: Any) -> Any:
    return relief.must(operation, who, path={"budget_id": made["id"]}, body=body, version=made["version"])


def executed(relief: Desk, fund_id: str, year: int = THIS) -> dict[str, tuple[int, int, int]]:
    """Purpose → approved, committed and paid fen."""
    told = relief.must("get_budget_execution", AUDITOR, query={"year": str(year)})
    return {line["purpose"]: (line["approved_fen"], line["committed_fen"], line["paid_fen"])
            for line in told["lines"] if line["fund_id"] == fund_id}


def correct(relief: Desk, entry: Any, who: Any = AUDITOR) -> Any:
    """An entry reversed by two people."""
    made = relief.must("propose_reversal", CASHIER, body={"entry_id": entry["id"], "reason": "金额录错"})
    return relief.must("confirm_reversal", who, path={"reversal_id": made["id"]}, version=made["version"])


def transfer(relief: Desk, giver: Any, taker: Any, fen: int) -> Any:
    """A transfer that the cashier proposes."""
    return relief.must("propose_transfer", CASHIER, body={
        "from_fund_id": giver["id"], "to_fund_id": taker["id"], "amount_fen": fen, "reason": "拨补",
        "document_no": "BK-1"})


def closing(relief: Desk, fund_id: str, year: int, *carried: str) -> Any:
    body = {"fund_id": fund_id, "year": year, "carried_line_ids": list(carried), "carried_reason": "年底未发放"}
    return relief.must("propose_year_closing", CASHIER, body=body)


def confirm(relief: Desk, made: Any, who: Any = AUDITOR) -> Any:
    return relief.must("confirm_year_closing", who, path={"closing_id": made["id"]}, version=made["version"])
