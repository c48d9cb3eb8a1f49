"""The rows agencies send, by kind of batch. Money is in fen, months are YYYYMM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import fields, validate

from shared.contracts.fields import Choice, Day, Fen, ResidentId, Strict, Text

RELIEF_CATEGORIES = ("DIBAO", "EXTREME_POVERTY", "BORDERLINE", "RIGID_EXPENSE", "TEMPORARY")
UNEMPLOYMENT_CATEGORIES = ("DISMISSED", "CONTRACT_ENDED", "BANKRUPTCY", "RESIGNED", "OTHER")


class Month(fields.String):
    """A month, YYYYMM."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(validate=validate.Regexp(r"^(19|20)[0-9]{2}(0[1-9]|1[0-2])\Z"), **rest)


class ReliefRow(Strict):
    """A person on civil affairs' relief list (低保、特困、低保边缘、刚性支出、临时救助)."""

    category = Choice(RELIEF_CATEGORIES, required=True)
    household_no = Text(40, required=True)
    cert_no = Text(40, load_default=None, allow_none=True)
    head_name = Text(60, load_default=None, allow_none=True)
    head_id_no = ResidentId(load_default=None, allow_none=True)
    member_name = Text(60, required=True)
    relation = Text(20, load_default=None, allow_none=True)
    member_id_no = ResidentId(required=True)
    standard_month_fen = Fen(least=0, load_default=None, allow_none=True)
    amount_month_fen = Fen(least=0, required=True)
    start_ym = Month(required=True)
    end_ym = Month(load_default=None, allow_none=True)
    status = Choice(("ACTIVE", "STOPPED"), load_default="ACTIVE")
    reason = Text(200, load_default=None, allow_none=True)
    event_date = Day(load_default=None, allow_none=True)
    event_amount_fen = Fen(least=0, load_default=None, allow_none=True)


class UnemploymentRow(Strict):
    """A person registered as unemployed (失业登记, DY14)."""

    category = Choice(UNEMPLOYMENT_CATEGORIES, required=True)
    name = Text(60, required=True)
    id_no = ResidentId(required=True)
    registered_on = Day(required=True)
    ended_on = Day(load_default=None, allow_none=True)
    benefit_month_fen = Fen(least=0, load_default=0)


@dataclass(frozen=True)
class Layout:
    """How the rows of a kind of batch are read: their schema, and which fields name the person and the amount."""

    row: type[Strict]
    name: str
    id_number: str
    amount: str


LAYOUTS = {
    "CIVIL_AFFAIRS_RELIEF": Layout(ReliefRow, "member_name", "member_id_no", "amount_month_fen"),
    "UNEMPLOYMENT": Layout(UnemploymentRow, "name", "id_no", "benefit_month_fen"),
}
