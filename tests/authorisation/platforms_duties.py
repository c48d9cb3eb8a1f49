"""The separations of duty of care platforms (爱心平台), each with a partner of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo import care
from shared.runtime.demo.api import Person
from shared.runtime.demo.cast import DISTRICT, hire
from shared.runtime.demo.payments import second_cashier
from tests.authorisation.duty import NUMBERS, Duty, Setup
from tests.stage import Stage

RELIEF = care.RELIEF
SIGNING = {"signed_by_partner": "店长", "signed_on": str(today())}


def yesterday_month() -> date:
    """The last day of the month before."""
    return today().replace(day=1) - timedelta(days=1)


def drafted_agreement(stage: Stage) -> str:
    number = next(NUMBERS)
    made = care.draft(stage.everybody, care.partner(stage.cast, "SUPERMARKET", number), number, today())
    return f"{RELIEF}/partner-agreements/{made['id']}"


def requested_card(stage: Stage) -> str:
    worker = worker_of(stage, next(NUMBERS))
    made = stage.everybody.does(f"{RELIEF}/care-cards", {"worker_id": worker["id"], "kind": "SHOPPING",
                                                         "basis_no": "GH-1", "org_path": DISTRICT})
    return f"{RELIEF}/care-cards/{made['id']}"


def worker_of(stage: Stage, number: int) -> Any:
    return hire(stage.cast, None, range(820_000 + number, 820_001 + number))[0]


def sold(stage: Stage) -> tuple[Any, Any]:
    """An agreement, and what was sold by it last month."""
    number, day = next(NUMBERS), yesterday_month()
    stage.centre.shift_clock((day - today()).days)
    shop = care.partner(stage.cast, "SUPERMARKET", number)
    agreement = care.sign(stage.cast, care.draft(stage.cast["R8"], shop, number, day), day)
    mine = care.card(stage.cast, worker_of(stage, number), "SHOPPING", number)
    sale = care.sell(stage.cast["R22"], care.first_outlet(stage.cast["R22"], shop), mine, number)
    stage.centre.shift_clock(0)
    return agreement, sale


def reversal_proposed(stage: Stage) -> str:
    _, sale = sold(stage)
    path = f"{RELIEF}/redemptions/{sale['id']}"
    stage.everybody.changes(path, "propose-reversal", {"reason": "质量问题"})
    return path


def settlement(drafter: str, confirmer: str, approver: str | None = None) -> Setup:
    """A settlement as far as its confirmation, or its approval when there is an approver."""

    def made(stage: Stage) -> str:
        def person(name: str) -> Person:
            return stage.everybody if name == "everybody" else stage.cast[name]

        agreement, _ = sold(stage)
        drafted = person(drafter).does(f"{RELIEF}/care-settlements", {
            "agreement_id": agreement["id"], "month": f"{yesterday_month():%Y-%m}"})
        path = f"{RELIEF}/care-settlements/{drafted['id']}"
        person(confirmer).changes(path, "confirm")
        if approver:
            person(approver).changes(path, "approve")
        return path

    return made


def account_entered(stage: Stage) -> str:
    path = settlement("R11", "R22", "R8")(stage)
    of = stage.everybody.reads(path)["partner_id"]
    stage.everybody.changes(f"{RELIEF}/partners/{of}", "account", NEW_ACCOUNT)
    second_cashier(stage.cast).changes(f"{RELIEF}/partners/{of}", "account/confirm")
    return path


def money(stage: Stage) -> dict[str, str]:
    fund = stage.cast["R11"].does(f"{RELIEF}/funds", {"source": "UNION", "name": "结算资金"}, key="duties care fund")
    stage.cast["R11"].does(f"{RELIEF}/funds/{fund['id']}/receipts", {
        "amount_fen": 1_000_000, "receipt_no": "duties care"}, key="duties care receipt")
    return {"fund_id": fund["id"], "document_no": "JS-1"}


def reserved(stage: Stage) -> str:
    path = settlement("R11", "R22", "R8")(stage)
    stage.everybody.changes(path, "reserve", money(stage))
    return f"{RELIEF}/partners/{stage.everybody.reads(path)['partner_id']}"


def approved(stage: Stage) -> str:
    """The partner whose settlement `everybody` approved."""
    path = settlement("R11", "R22", "everybody")(stage)
    return f"{RELIEF}/partners/{stage.everybody.reads(path)['partner_id']}"


def entered(stage: Stage) -> str:
    """A partner for which `everybody` entered an account."""
    path = f"{RELIEF}/partners/{care.partner(stage.cast, 'SUPERMARKET', next(NUMBERS))['id']}"
    stage.everybody.changes(path, "account", NEW_ACCOUNT)
    return path


def reserved_elsewhere(stage: Stage) -> str:
    """The same as `reserved`, with an account that another cashier entered."""
    path = reserved(stage)
    second_cashier(stage.cast).changes(path, "account", NEW_ACCOUNT)
    return path


def approved_elsewhere(stage: Stage) -> str:
    path = approved(stage)
    second_cashier(stage.cast).changes(path, "account", NEW_ACCOUNT)
    return path


NEW_ACCOUNT = {"account_name": "某超市", "bank_name": "某银行", "number": "12345678", "note": "总部账户"}
PLATFORMS = "services.relief.domain.platforms"
DUTIES = (
    Duty(f"{PLATFORMS}.agreement.sign", "drafting", drafted_agreement, "sign", SIGNING),
    Duty(f"{PLATFORMS}.card.issue", "request", requested_card, "issue", {"monthly_limit_fen": 100}),
    Duty(f"{PLATFORMS}.redemption.confirm_reversal", "proposal", reversal_proposed, "confirm-reversal"),
    Duty(f"{PLATFORMS}.settlement.approve", "drafting", settlement("everybody", "R22"), "approve"),
    Duty(f"{PLATFORMS}.settlement.approve", "confirming", settlement("R11", "everybody"), "approve"),
    Duty(f"{PLATFORMS}.settlement.reserve", "approval", settlement("R11", "R22", "everybody"), "reserve", money),
    Duty(f"{PLATFORMS}.settlement.reserve", "entering the account", account_entered, "reserve", money),
    Duty(f"{PLATFORMS}.partner._require_free", "reserving", reserved, "account", NEW_ACCOUNT),
    Duty(f"{PLATFORMS}.partner._require_free", "approving the settlement", approved, "account", NEW_ACCOUNT),
    Duty(f"{PLATFORMS}.partner.confirm_account", "entering the account", entered, "account/confirm"),
    Duty(f"{PLATFORMS}.partner._require_free", "reserving", reserved_elsewhere, "account/confirm"),
    Duty(f"{PLATFORMS}.partner._require_free", "approving the settlement", approved_elsewhere, "account/confirm"),
)
