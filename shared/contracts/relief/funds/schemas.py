"""What goes in and out of funds (帮扶资金) and their ledger."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Day,
    Fen,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.funds import codes
from shared.kernel.money import MAX_FEN


def _balance() -> Fen:
    return Fen(least=0, required=True)


class NewFund(Strict):
    """A fund account (帮扶资金账户). `intents` are the purposes the sponsors named; none named leaves all open."""

    source = Choice(codes.SOURCES, required=True)
    name = Text(100, required=True)
    intents = listed(Choice(codes.PURPOSES), 0, len(codes.PURPOSES), load_default=list)
    receivable_limit_fen = Fen(load_default=None, allow_none=True)
    org_path = OrgPath()


class Fund(Record):
    """received = available + reserved + receivable + paid + written off."""

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
    created_at = Moment(required=True)


class FundQuery(PageQuery):
    source = Choice(codes.SOURCES)
    state = Choice(codes.FUND_STATES)


class Receipt(Strict):
    """Money that came in. A receipt number is entered once."""

    amount_fen = Fen(required=True)
    receipt_no = Text(60, required=True)


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
    previous_hash = Text(64, required=True)
    hash = Text(64, required=True)


class LedgerQuery(PageQuery):
    kind = Choice(codes.ENTRY_KINDS)
    about_id = Id()


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
    """Whether the chain of a fund is whole; `faults` names every break."""

    is_whole = fields.Boolean(required=True)
    entries_count = Whole(0, 2**53, required=True)
    faults = fields.List(fields.String(), required=True)


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
