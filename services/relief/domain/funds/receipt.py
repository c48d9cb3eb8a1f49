"""Numbers of receipts by which money comes in (收据号): of a unit each counts once, however it is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from shared.kernel.texts import same_text

#: what a receipt can be entered for, for people
ABOUT = {
    "FUND": ("资金账户 {no} 的到账", "money received by the fund {no}"),
    "INTEREST": ("资金账户 {no} 的利息", "interest of the fund {no}"),
    "RECOVERY": ("发放明细 {no} 的追回", "a recovery of the payment line {no}"),
    "ADVANCE": ("垫付单 {no} 的归还", "a repayment of the advance {no}"),
    "ENROLMENT": ("参保批次 {no} 的缴费", "the fee of the enrolment {no}"),
}


@dataclass(frozen=True)
class Receipt:
    """`about_id` is the entry or record that it makes, by which its number is freed when that is undone; `about_no`
    names the matter for people."""

    receipt_no: str
    about: str
    about_id: str
    about_no: str

    @property
    def number_hash(self) -> str:
        """SHA-256 of the number as it is compared: of one length, whatever was written."""
        return hashlib.sha256(same_text(self.receipt_no).encode()).hexdigest()


def told(about: str, about_no: str) -> dict[str, str]:
    """What a receipt was entered for, in both languages."""
    zh, en = ABOUT[about]
    return {"about_zh": zh.format(no=about_no), "about_en": en.format(no=about_no)}
