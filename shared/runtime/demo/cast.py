"""Who plays: a small tree of unions, an account per role, an employer, forty-three workers. All invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from shared.kernel.roles import Role
from shared.runtime.demo import people
from shared.runtime.demo.api import Api, Person

PROVINCE, CITY, DISTRICT = "/37/", "/37/3799/", "/37/3799/379901/"
OTHER_DISTRICT = "/37/3799/379902/"
TREE = ((PROVINCE, "3799", "示范市总工会", "CITY"), (CITY, "379901", "示范区总工会", "COUNTY"),
        (CITY, "379902", "邻区总工会", "COUNTY"))
ADMIN = "admin"

#: adds an account behind the door: the first administrator cannot come through it
AddAccount = Callable[[str, str, str, list[tuple[str, str]]], Any]


#: everybody but the administrator and the workers
STAFF = tuple(role for role in Role if role not in (Role.WORKER, Role.SYSTEM_ADMIN))
ROLES = {str(role): role for role in Role}


def account_name(role: Role) -> str:
    """The demonstration account of a role, for example `r17-mediator`."""
    return f"{role.lower()}-{role.en.split(' or ')[0].replace(' ', '-')}"


@dataclass
class Cast:
    """Signed-in people by role code; who is not there yet signs in when first needed."""

    api: Api
    password: str
    tag: str = ""
    signed_in: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, role: str) -> Person:
        return self.named(account_name(ROLES[role]) + self.tag)

    def named(self, name: str) -> Person:
        """The person of that account name."""
        if name not in self.signed_in:
            self.signed_in[name] = self.api.sign_in(name, self.password)
        return self.signed_in[name]

    def open_account(self, name: str, display_name: str, grants: list[tuple[str, str]], **more: Any) -> Any:
        """A new account, made by the administrator."""
        body = {"name": name, "display_name": display_name, "password": self.password, "org_path": grants[0][1],
                "grants": [{"role": role, "org_path": path} for role, path in grants], **more}
        return self.named(ADMIN).does("/v1/gateway/accounts", body, key=f"demo account {name}")

    def worker_account(self, worker_id: str, number: int) -> Person:
        """The account with which a worker speaks in their own matter."""
        name = f"worker-{number}{self.tag}"
        self.open_account(name, people.name(number), [(Role.WORKER, DISTRICT)], worker_id=worker_id)
        return self.named(name)


def gather(api: Api, password: str, add_account: AddAccount) -> Cast:
    """The administrator, the union tree, and one account for each role of the district centre."""
    cast = Cast(api, password)
    add_account(ADMIN, password, "系统管理员", [(Role.SYSTEM_ADMIN, PROVINCE)])
    for parent, code, name, kind in TREE:
        organisation = {"parent_path": parent, "code": code, "name": name, "kind": kind}
        cast.named(ADMIN).does("/v1/membership/organisations", organisation, key=f"demo organisation {code}")
    for role in STAFF:
        cast.open_account(account_name(role), role.zh, [(role, DISTRICT)])
    # two of a kind where a rule asks for two people
    cast.open_account("r5-second-surveyor", "入户调查员乙", [(Role.SURVEYOR, DISTRICT)])
    cast.open_account("r7-second-reviewer", "县区级审核员乙", [(Role.COUNTY_REVIEWER, DISTRICT)])
    return cast


def employ(cast: Cast, number: int, name: str) -> Any:
    """An employer."""
    return cast["R1"].does("/v1/membership/employers", {"uscc": people.uscc(number), "name": name},
                           key=f"demo employer {number}")


def hire(cast: Cast, employer_id: str | None, numbers: range, *, with_card: bool = True) -> list[Any]:
    """Migrant workers of an employer, each with a bank card of their own."""
    return [_hire(cast, employer_id, number, with_card) for number in numbers]


def _hire(cast: Cast, employer_id: str | None, number: int, with_card: bool) -> Any:
    worker = cast["R1"].does("/v1/membership/workers", {
        "name": people.name(number), "id_number": people.resident_id(number), "phone": people.mobile(number),
        "registration": "OUTSIDE_RURAL", "employment": "EMPLOYED" if employer_id else "UNEMPLOYED",
        "employer_id": employer_id}, key=f"demo worker {number}")
    if not with_card:
        return worker
    card = {"number": people.bank_card(number), "bank_name": "示范农商银行"}
    return cast["R1"].does(f"/v1/membership/workers/{worker['id']}/bank-card", card, version=1,
                           key=f"demo card {number}")
