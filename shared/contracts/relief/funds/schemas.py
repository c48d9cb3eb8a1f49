"""What goes in and out of funds (帮扶资金) and their ledger."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.contracts.fields import (
    AccountNumber,
    Choice,
    Day,
    Fen,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    QueryWhole,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.funds import codes
from shared.kernel.money import MAX_FEN

#: ¥100 billion by one paper; more is a slip, and hundreds of funds could no longer be added up exactly
MOST_RECEIPT_FEN = 10**13


class Year(Whole):
    """A financial year (会计年度)."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(2000, 2100, **rest)


class AskedYear(fields.Integer):
    """A financial year in a query, where everything is text."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(validate=validate.Range(2000, 2100), **rest)


def _balance() -> Fen:
    return Fen(least=0, required=True)


class NewFund(Strict):
    """A fund account (帮扶资金账户). `intents` are the purposes the sponsors named; none named leaves all open. After
    `intent_until` nothing is spent. `first_year` is this year unless last year's books are still kept here.
    `fiscal_level` (财政级次) is for LOCAL_FISCAL only: PROVINCIAL money lies with a city or county too when it was
    passed down. Not given it is PROVINCIAL at a province's union and LOCAL elsewhere."""

    source = Choice(codes.SOURCES, required=True)
    name = Text(100, required=True)
    intents = listed(Choice(codes.PURPOSES), 0, len(codes.PURPOSES), load_default=list)
    intent_until = Day(load_default=None, allow_none=True)
    intent_note = Text(300, load_default=None, allow_none=True)
    receivable_limit_fen = Fen(load_default=None, allow_none=True)
    first_year = Year(load_default=None, allow_none=True)
    fiscal_level = Choice(codes.FISCAL_LEVELS, load_default=None, allow_none=True)
    org_path = OrgPath()


class FundBankAccount(Strict):
    """The special account (专户) of a fund. `bank_code` is the bank's number in CNAPS (联行号)."""

    account_name = Text(100, required=True)
    bank_name = Text(100, required=True)
    bank_code = fields.String(required=True, validate=validate.Regexp(r"\A[0-9]{12}\Z"),
                              metadata={"description": "12 digits"})
    number = AccountNumber(required=True)


class FundFloor(Strict):
    """What is to come into the fund at least (年度最低额), in each year from the first to the last."""

    floor_fen = Fen(required=True)
    from_year = Year(required=True)
    to_year = Year(required=True)
    document_no = Text(60, required=True)


class Fund(Record):
    """received = available + reserved + receivable + paid + written off; what was transferred on was received less.
    Of the special account's number only the tail shows."""

    fund_no = Text(19, required=True)
    source = Choice(codes.SOURCES, required=True)
    name = Text(100, required=True)
    intents = listed(Choice(codes.PURPOSES), 0, len(codes.PURPOSES), required=True)
    state = Choice(codes.FUND_STATES, required=True)
    received_fen = _balance()
    available_fen = _balance()
    reserved_fen = _balance()
    receivable_fen = _balance()
    paid_fen = _balance()
    written_off_fen = _balance()
    receivable_limit_fen = Fen(required=True, allow_none=True)
    entries_count = Whole(0, 2**53, required=True)
    frozen_reason = Text(300, required=True, allow_none=True)
    intent_until = Day(required=True, allow_none=True)
    intent_note = Text(300, required=True, allow_none=True)
    first_year = Year(required=True)
    closed_year = Year(required=True, allow_none=True)
    account_name = Text(100, required=True, allow_none=True)
    bank_name = Text(100, required=True, allow_none=True)
    bank_code = Text(12, required=True, allow_none=True)
    account_tail = Text(4, required=True, allow_none=True)
    floor_fen = Fen(required=True, allow_none=True)
    floor_from = Year(required=True, allow_none=True)
    floor_to = Year(required=True, allow_none=True)
    floor_document = Text(60, required=True, allow_none=True)
    fiscal_level = Choice(codes.FISCAL_LEVELS, required=True, allow_none=True)
    created_at = Moment(required=True)


class FundQuery(PageQuery):
    source = Choice(codes.SOURCES)
    fiscal_level = Choice(codes.FISCAL_LEVELS)
    state = Choice(codes.FUND_STATES)
    org_path = OrgPath(metadata={"description": "funds at or below this place"})
    closed_year = AskedYear()


class Receipt(Strict):
    """Money that came in. A receipt number is entered once, and again when the entry was reversed. `year` is this
    year, or the last one while that is open."""

    amount_fen = Fen(most=MOST_RECEIPT_FEN, required=True)
    receipt_no = Text(50, required=True)
    year = Year(load_default=None, allow_none=True)


class Interest(Strict):
    """Interest of the special account (专户利息), by the bank's advice."""

    amount_fen = Fen(most=MOST_RECEIPT_FEN, required=True)
    document_no = Text(50, required=True)
    year = Year(load_default=None, allow_none=True)


class LedgerEntry(Strict):
    """One line of the ledger (明细账): the amount moves from the credit account to the debit account."""

    id = Id(required=True)
    fund_id = Id(required=True)
    number = Whole(1, 2**53, required=True)
    kind = Choice(codes.ENTRY_KINDS, required=True)
    debit = Choice(codes.ACCOUNTS, required=True)
    credit = Choice(codes.ACCOUNTS, required=True)
    amount_fen = Fen(required=True)
    document_no = Text(60, required=True)
    about_kind = Text(40, required=True)
    about_id = Id(required=True)
    about_part = Text(60, required=True)
    actor = Text(80, required=True)
    at = Moment(required=True)
    year = Year(required=True)
    purpose = Choice(codes.PURPOSES, required=True, allow_none=True)
    edition = Whole(1, 9, required=True)
    previous_hash = Text(64, required=True)
    hash = Text(64, required=True)


class LedgerQuery(PageQuery):
    kind = Choice(codes.ENTRY_KINDS)
    about_kind = Text(40)
    about_id = Id()
    purpose = Choice(codes.PURPOSES)
    document_no = Text(60)
    year = AskedYear()
    date_from = Day()
    date_to = Day()


class AccountSums(Strict):
    account = Choice(codes.ACCOUNTS, required=True)
    debits_fen = _balance()
    credits_fen = _balance()


class TrialBalance(Strict):
    """Trial balance (试算平衡): `difference_fen` is debits less credits, always 0; `agrees` with the fund's row."""

    fund_id = Id(required=True)
    accounts = listed(AccountSums, 0, len(codes.ACCOUNTS), required=True)
    difference_fen = Fen(least=-MAX_FEN, required=True)
    agrees = fields.Boolean(required=True)


class LedgerVerdict(Strict):
    """Whether the chain of a fund is whole; `faults` names every break. Of a long ledger one stretch is verified at a
    time: go on with `from_number` = `next_from` until that is null."""

    is_whole = fields.Boolean(required=True)
    entries_count = Whole(0, 2**53, required=True)
    verified_to = Whole(0, 2**53, required=True)
    next_from = Whole(1, 2**53, required=True, allow_none=True)
    faults = fields.List(fields.String(), required=True)


class VerificationQuery(Strict):
    from_number = QueryWhole(1, 2**53)


class PurposeVerdict(Strict):
    """What a fund's money may do, by which rule."""

    purpose = Choice(codes.PURPOSES, required=True)
    verdict = Choice(codes.VERDICTS, required=True)
    document = Text(200, required=True)
    jurisdiction = Text(12, required=True)
    effective_from = Day(required=True)
    certainty = Text(4, required=True)
    zh = Text(200, required=True)
    en = Text(200, required=True)


class FundPurposes(Strict):
    fund_id = Id(required=True)
    on = Day(required=True)
    purposes = listed(PurposeVerdict, 0, len(codes.PURPOSES), required=True)


class Reason(Strict):
    reason = Text(300, required=True)
