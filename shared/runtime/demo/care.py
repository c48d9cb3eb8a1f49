"""F10: a care supermarket (爱心超市). A card, a sale of ¥100.00, 12.00 given up by the shop, 88.00 owed by the union.

Beside it a hospital that records a visit and a school that sends a term's invoice. What was sold lies in the month
before, so that the month's settlement can be drafted today.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo import people
from shared.runtime.demo.api import Person
from shared.runtime.demo.cast import Cast, employ, hire
from shared.runtime.demo.payments import second_cashier
from shared.runtime.demo.school import at_school

RELIEF = "/v1/relief"
#: how many supermarkets and schools take part
SUPERMARKETS, SCHOOLS = 36, 59
NAMES = {"SUPERMARKET": "示范惠民超市", "HOSPITAL": "示范区第一医院", "SCHOOL": "示范区中小学"}
SHARES = {"SUPERMARKET": (8_800, 1_200), "SCHOOL": (8_000, 2_000)}
SALE_FEN = 10_000


def step(person: Person, path: str, name: str, body: Any = None, *, key: str) -> Any:
    """A change that may be told again: the key answers with what was done the first time."""
    return person.does(f"{path}/{name}", body, version=person.reads(path)["version"], key=f"{key} {name}")


def partner(cast: Cast, kind: str, number: int, outlets: int = 1) -> Any:
    """A partner with its bank account and its outlets."""
    key = f"demo care {kind} {number}"
    made = cast["R8"].does(f"{RELIEF}/partners", {"kind": kind, "name": NAMES[kind]}, key=key)
    path = f"{RELIEF}/partners/{made['id']}"
    cast["R8"].does(f"{path}/outlets", {"outlets": [
        {"code": f"W{n:02d}", "name": f"{NAMES[kind]}第{n}网点"} for n in range(1, outlets + 1)]}, key=f"{key} outlets")
    step(cast["R8"], path, "account", {
        "account_name": NAMES[kind], "bank_name": "示范农商银行", "number": people.bank_card(number + 1)}, key=key)
    return step(second_cashier(cast), path, "account/confirm", key=key)


def draft(director: Person, of: Any, number: int, valid_from: date) -> Any:
    """An edition of the agreement; the shares are its data."""
    union_bp, partner_bp = SHARES.get(of["kind"], (None, None))
    does = ["WEB", "CALL", "WAREHOUSE", "LOGISTICS", "COMMUNITY_SERVICE"] if of["kind"] == "SUPERMARKET" else []
    return director.does(f"{RELIEF}/partners/{of['id']}/agreements", {
        "document_no": f"AX-{of['kind']}-{number}", "union_bp": union_bp, "partner_bp": partner_bp,
        "valid_from": str(valid_from), "capabilities": does}, key=f"demo care agreement {of['id']} {number}")


def sign(cast: Cast, agreement: Any, day: date) -> Any:
    path = f"{RELIEF}/partner-agreements/{agreement['id']}"
    return step(cast["R9"], path, "sign", {"signed_by_partner": "店长王某", "signed_on": str(day)},
                key=f"demo care {agreement['id']}")


def clerk(cast: Cast, of: Any, number: int) -> Person:
    """The partner's clerk, who sees this partner and no other."""
    name = f"r22-{of['kind'].lower()}-{number}{cast.tag}"
    cast.open_account(name, "合作商户结算员", [("R22", of["org_path"])])
    return cast.named(name)


def card(cast: Cast, worker: Any, kind: str, number: int) -> Any:
    """A card by a rule of the union, issued and active."""
    key = f"demo care card {kind} {number}"
    asked = cast["R4"].does(f"{RELIEF}/care-cards", {"worker_id": worker["id"], "kind": kind, "basis_no": "帮扶名册-1"},
                            key=key)
    path = f"{RELIEF}/care-cards/{asked['id']}"
    step(cast["R7"], path, "issue", {"monthly_limit_fen": 50_000 if kind == "SHOPPING" else None}, key=key)
    return step(cast["R1"], path, "activate", key=key)


def first_outlet(person: Person, of: Any) -> str:
    found = person.reads(f"{RELIEF}/outlets", partner_id=of["id"], sort="code")["items"][0]
    return f"{RELIEF}/outlets/{found['id']}"


def sell(till: Person, outlet: str, on: Any, number: int, fen: int = SALE_FEN) -> Any:
    """A sale on a card."""
    return till.does(f"{outlet}/redemptions", {
        "till_no": f"POS-{number}", "card_no": on["card_no"], "total_fen": fen,
        "items": [{"item_class": "GRAIN", "amount_fen": fen - 4_000, "weight_g": 500},
                  {"item_class": "NECESSITY", "amount_fen": 4_000}]}, key=f"demo care sale {outlet} {number}")


def others(cast: Cast, worker: Any, day: date, number: int) -> None:
    """A hospital with a visit, a school with an invoice for the child that has a place there."""
    hospital, school = partner(cast, "HOSPITAL", number), partner(cast, "SCHOOL", number, SCHOOLS)
    for one in (hospital, school):
        sign(cast, draft(cast["R8"], one, number, day), day)
    mine = card(cast, worker, "MEDICAL", number)
    cast["R22"].does(f"{first_outlet(cast['R22'], hospital)}/visits", {
        "till_no": f"GH-{number}", "card_no": mine["card_no"], "kind": "CHECKUP", "visited_on": str(day),
        "department": "体检中心", "discount_fen": 3_000, "consent_no": f"JK-{number}"}, key=f"demo care visit {number}")
    term, outlet = f"{day.year}-AUTUMN", first_outlet(cast["R22"], school)
    child = at_school(cast, worker, 600_000 + number, day, term, outlet.rsplit("/", 1)[1])
    cast["R22"].does(f"{outlet}/term-charges", {
        "invoice_no": f"FP-{number}", "term": term, "request_nos": [child["request_no"]], "total_fen": 60_000},
        key=f"demo care term {number}")


def settle(cast: Cast, agreement: Any, month: str, confirmed_by: Person, number: int) -> Any:
    """The month's settlement: the partner confirms, the director approves, the cashier reserves the money."""
    made = cast["R11"].does(f"{RELIEF}/care-settlements", {"agreement_id": agreement["id"], "month": month},
                            key=f"demo care settlement {number}")
    path, key = f"{RELIEF}/care-settlements/{made['id']}", f"demo care settlement {number}"
    step(confirmed_by, path, "confirm", key=key)
    step(cast["R8"], path, "approve", key=key)
    fund = cast["R11"].does(f"{RELIEF}/funds", {"source": "UNION", "name": "爱心平台工会经费"},
                            key=f"demo care fund {number}")
    cast["R11"].does(f"{RELIEF}/funds/{fund['id']}/receipts", {"amount_fen": 1_000_000, "receipt_no": f"AX-{number}"},
                     key=f"demo care receipt {number}")
    return step(cast["R11"], path, "reserve", {"fund_id": fund["id"], "document_no": made["settlement_no"]}, key=key)


def tell(cast: Cast, shift_clock: Callable[[int], None], number: int = 0) -> Any:
    """The whole of it; the settlement with its money reserved."""
    day = today().replace(day=1) - timedelta(days=1)
    shift_clock((day - today()).days)
    employer = employ(cast, 600_000 + number, f"某物流公司{number or ''}")
    (worker,) = hire(cast, employer["id"], range(600_000 + number, 600_001 + number))
    market = partner(cast, "SUPERMARKET", number, SUPERMARKETS)
    agreement = sign(cast, draft(cast["R8"], market, number, day), day)
    till = clerk(cast, market, number)
    sell(till, first_outlet(till, market), card(cast, worker, "SHOPPING", number), number)
    others(cast, worker, day, number)
    shift_clock(0)
    return settle(cast, agreement, f"{day:%Y-%m}", till, number)
