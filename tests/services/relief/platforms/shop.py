"""A union with partners, cards and tills, driven by commands as its people would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from shared.kernel.clock import real_now, today
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief import households

DIRECTOR, SECOND_DIRECTOR = caller(Role.CENTRE_DIRECTOR), caller(Role.CENTRE_DIRECTOR)
CHAIR, COUNTY = caller(Role.CHAIR), caller(Role.COUNTY_REVIEWER)
CASHIER, SECOND_CASHIER = caller(Role.CASHIER), caller(Role.CASHIER)
OFFICER, CLERK = caller(Role.GRASSROOTS_OFFICER), caller(Role.WINDOW_CLERK)
SHARES = {"SUPERMARKET": (8800, 1200), "PHARMACY": (8500, 1500), "SCHOOL": (8000, 2000), "HOSPITAL": (None, None),
          "RELAY_STATION": (9000, 1000)}
ACCOUNT = {"account_name": "某某超市有限公司", "bank_name": "中国工商银行", "number": "370200112233445566"}
CAPABILITIES = ["WEB", "CALL", "WAREHOUSE", "LOGISTICS", "COMMUNITY_SERVICE"]
EPOCH = "2020-01-01"
serial = count(1)


class Shop:
    """A partner with one outlet, an agreement in force, and a clerk at its place."""

    def __init__(self, relief: Desk, kind: str = "SUPERMARKET", *, signed: bool = True, account: bool = True,
                 at: str = PLACE) -> None:
        self.relief, self.director = relief, DIRECTOR if at == PLACE else caller(Role.CENTRE_DIRECTOR, org_path=at)
        self.chair = CHAIR if at == PLACE else caller(Role.CHAIR, org_path=at)
        facts = {"kind": kind, "name": f"{kind} 一店"}
        if kind == "RELAY_STATION":
            facts |= {"employer_id": people.employer(relief.outside("membership")), "focus": "单亲女职工"}
        self.partner = relief.must("register_partner", self.director, body=facts)
        self.clerk = caller(Role.PARTNER_CLERK, org_path=self.partner["org_path"])
        self.add_outlets("S1")
        if account:
            entered = Record(relief, "partner", self.partner)
            entered.must("set_partner_account", self.director, **ACCOUNT, note="总部账户")
            self.partner = relief.must("get_partner", self.director, path=self.path)
            second = SECOND_CASHIER if at == PLACE else caller(Role.CASHIER, org_path=at)
            self.partner = relief.must("confirm_partner_account", second, path=self.path,
                                       version=self.partner["version"])
        if signed:
            self.agreement = self.sign(self.draft(*SHARES[kind]))

    @property
    def path(self) -> dict[str, str]:
        return {"partner_id": self.partner["id"]}

    @property
    def outlet_id(self) -> str:
        return str(self.outlets()[0]["id"])

    def outlets(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.relief.must("list_outlets", self.director, query={
            "partner_id": self.partner["id"], "sort": "code"})["items"]
        return found

    def add_outlets(self, *codes: str) -> Any:
        return self.relief.must("add_outlets", self.director, path=self.path, body={
            "outlets": [{"code": code, "name": f"网点{code}"} for code in codes]})

    def draft(self, union_bp: int | None, partner_bp: int | None, valid_from: str = EPOCH, **more: Any) -> Any:
        """An edition; a supermarket's with all capabilities unless told otherwise."""
        can = CAPABILITIES if self.partner["kind"] == "SUPERMARKET" else []
        return self.relief.must("draft_agreement", self.director, path=self.path, body={
            "document_no": f"XY-{next(serial)}", "union_bp": union_bp, "partner_bp": partner_bp,
            "valid_from": valid_from, "capabilities": can, **more})

    def sign(self, agreement: Mapping[str, Any]) -> Any:
        status, data = self.try_to_sign(agreement)
        assert status == 200, data
        return data

    def try_to_sign(self, agreement: Mapping[str, Any]) -> tuple[int, Any]:
        return self.relief.do("sign_agreement", self.chair, path={"agreement_id": agreement["id"]},
                              version=agreement["version"],
                              body={"signed_by_partner": "王经理", "signed_on": str(today())})

    # -- the till ----------------------------------------------------------------------------------------------

    def sale(self, card: Record | Mapping[str, Any], fen: int = 10_000, till_no: str | None = None,
             **more: Any) -> dict[str, Any]:
        """The body of a sale."""
        classes = {"PHARMACY": "MEDICINE", "RELAY_STATION": "SERVICE"}
        item = {"item_class": classes.get(self.partner["kind"], "NECESSITY"), "amount_fen": fen}
        return {"till_no": till_no or f"T{next(serial)}", "card_no": card["card_no"], "total_fen": fen,
                "items": [item], **more}

    def sell(self, body: Mapping[str, Any], by: Any = None) -> tuple[int, Any]:
        return self.relief.do("redeem", by or self.clerk, path={"outlet_id": self.outlet_id}, body=body)

    def must_sell(self, body: Mapping[str, Any]) -> dict[str, Any]:
        status, data = self.sell(body)
        assert status == 201, data
        return dict(data)

    def refused(self, body: Mapping[str, Any]) -> str:
        status, data = self.sell(body)
        assert status >= 400, data
        return str(data["code"])

    # -- settling ----------------------------------------------------------------------------------------------

    def draft_settlement(self, month: str | None = None, agreement: Mapping[str, Any] | None = None) -> Record:
        found = self.relief.must("draft_settlement", CASHIER, body={
            "agreement_id": (agreement or self.agreement)["id"], "month": month or f"{today():%Y-%m}"})
        return Record(self.relief, "settlement", found)


class Record:
    """A card, redemption or settlement, driven by commands; it remembers the record as it stands."""

    def __init__(self, relief: Desk, name: str, now: Mapping[str, Any]) -> None:
        self.relief, self.name, self.now = relief, name, dict(now)

    def __getitem__(self, field: str) -> Any:
        return self.now[field]

    def do(self, operation: str, who: Any, **body: Any) -> tuple[int, Any]:
        status, data = self.relief.do(operation, who, path={f"{self.name}_id": self.now["id"]}, body=body,
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

    def read(self, operation: str, who: Any = DIRECTOR) -> dict[str, Any]:
        self.now = self.relief.must(operation, who, path={f"{self.name}_id": self.now["id"]})
        return self.now


def card(relief: Desk, membership: Desk, kind: str = "SHOPPING", *, worker_id: str | None = None,
         pin: str | None = None, monthly_fen: int | None = 50_000, yearly_fen: int | None = None,
         valid_to: date | None = None) -> Record:
    """An active card, given by a rule."""
    found = relief.must("request_care_card", OFFICER, body={
        "worker_id": worker_id or people.worker(membership, None), "kind": kind, "basis_no": "GH-1"})
    made = Record(relief, "card", found)
    made.must("issue_care_card", COUNTY, monthly_limit_fen=monthly_fen, yearly_limit_fen=yearly_fen,
              valid_to=valid_to and str(valid_to))
    made.must("activate_care_card", CLERK, pin=pin)
    return made


def card_of_file(relief: Desk, membership: Desk, on_day: Callable[[int], None]) -> tuple[Record, households.File]:
    """A card of a household in hardship, and its file; the clock stands 30 days on."""
    worker_id = people.worker(membership, None)
    file = households.active(relief, on_day, worker_id)
    found = relief.must("request_care_card", OFFICER, body={"worker_id": worker_id, "kind": "SHOPPING"})
    made = Record(relief, "card", found)
    made.must("issue_care_card", COUNTY, monthly_limit_fen=50_000)
    made.must("activate_care_card", CLERK)
    return made, file


def first_of(months: int) -> date:
    """The first day of the month so many months after the real one."""
    day = real_now().date().replace(day=1)
    for _ in range(months):
        day = (day + timedelta(days=32)).replace(day=1)
    return day


def days_to(months: int) -> int:
    """Days from the real day to that first day."""
    return (first_of(months) - real_now().date()).days


def month(months: int = 0) -> str:
    """That month as YYYY-MM."""
    return f"{first_of(months):%Y-%m}"
