"""The register of receipts (收据登记): whatever brings money in, its number counts once in a unit."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from services.relief.adapters.funds import receipt_numbers
from services.relief.domain.funds.receipt import Receipt, told
from services.relief.domain.funds.refusals import ReceiptKnown
from shared.store.work import Work

N = receipt_numbers.c


def take(work: Work, org_path: str, receipt: Receipt, pointer: str = "/receipt_no") -> None:
    """Enter a number. Two that race meet in the table's key; the later one looks again and is refused.

    Raises ReceiptKnown.
    """
    number_hash = receipt.number_hash
    same = select(receipt_numbers).where(N.org_path == org_path, N.number_hash == number_hash)
    known = work.session.execute(same).first()
    if known:
        raise ReceiptKnown(pointer=pointer, receipt_no=receipt.receipt_no, **told(known.about, known.about_no))
    work.session.execute(insert(receipt_numbers).values(
        org_path=org_path, number_hash=number_hash, about=receipt.about, about_id=receipt.about_id,
        about_no=receipt.about_no))


def give_back(work: Work, about_id: str) -> None:
    """What the receipt was entered for is undone: its number may be entered again."""
    work.session.execute(delete(receipt_numbers).where(N.about_id == about_id))
