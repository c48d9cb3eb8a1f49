"""Invented people and employers with right check digits, entered into a real membership."""

from __future__ import annotations

from itertools import count
from typing import Any

from stdnum.cn import ric, uscc

from shared.kernel.roles import Role
from tests.services.desks import PLACE, Desk, caller

CLERK = caller(Role.WINDOW_CLERK)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_serial = count(1)


def resident_id(serial: int) -> str:
    """A resident ID number of nobody: born in 1985 or later, `serial` below 300,000."""
    days, place = divmod(serial, 1000)
    body = f"370202{1985 + days // 300}{1 + days % 300 // 25:02d}{1 + days % 25:02d}{place:03d}"
    return body + ric.calc_check_digit(body + "0")


def uscc_code(serial: int) -> str:
    """A unified social credit code of a company that does not exist."""
    body = f"{serial:08d}"
    check = (11 - sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))) % 11
    start = f"91370202{body}{'X' if check == 10 else check}"
    return start + uscc.calc_check_digit(start)


def employer(membership: Desk, name: str = "晨光建筑劳务有限公司", org_path: str = PLACE) -> str:
    """A new employer; its id."""
    body = {"uscc": uscc_code(next(_serial)), "name": name}
    return str(membership.must("register_employer", caller(Role.WINDOW_CLERK, org_path=org_path), body=body)["id"])


def join(membership: Desk, worker_id: str, org_path: str = PLACE) -> dict[str, Any]:
    """A worker becomes a member of the union: the membership."""
    officer = caller(Role.GRASSROOTS_OFFICER, org_path=org_path)
    made = membership.must("apply_membership", officer, body={"worker_id": worker_id})
    return dict(membership.must("admit_member", officer, path={"membership_id": made["id"]}, version=made["version"]))


def worker(membership: Desk, employer_id: str | None, *, registration: str = "OUTSIDE_RURAL",
           org_path: str = PLACE, has_phone: bool = True) -> str:
    """A new worker, a migrant unless told otherwise; its id."""
    serial = next(_serial)
    body: dict[str, Any] = {"name": f"张{serial}", "id_number": resident_id(serial), "registration": registration,
                            "employment": "EMPLOYED" if employer_id else "UNEMPLOYED", "employer_id": employer_id,
                            "phone": f"138{serial:08d}" if has_phone else None}
    return str(membership.must("register_worker", caller(Role.WINDOW_CLERK, org_path=org_path), body=body)["id"])
