"""Fund account (帮扶资金账户): money of one source, and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.funds.ledger import (
    CARRYING,
    KINDS,
    LATE,
    PAYING,
    PURPOSE_OF,
    START,
    LedgerEntry,
    Posting,
)
from services.relief.domain.funds.purposes import levels_of, money_code
from services.relief.domain.funds.refusals import (
    FiscalLevelNotForSource,
    FloorYearsReversed,
    IntentOver,
    YearClosed,
    YearNotNext,
    YearNotOpen,
    YearNotOver,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Conflict, Invalid
from shared.kernel.ids import new_id
from shared.kernel.money import check_fen, format_yuan
from shared.kernel.org import division_of
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move


class FundFrozen(Conflict):
    code = "fund-frozen"
    zh = "资金账户 {fund_no} 已被审计冻结,不能支出。请联系经审人员。"
    en = "The fund {fund_no} is frozen by the auditor: nothing can be paid from it. Ask the auditor."


class NotEnough(Conflict):
    code = "fund-insufficient"
    zh = "资金账户 {fund_no} 的{account_zh}余额为 {balance},不足 {wanted}。"
    en = "The fund {fund_no} has {balance} as {account}, which is less than {wanted}."


class AboveReceivableLimit(Conflict):
    code = "advance-limit-reached"
    zh = "资金账户 {fund_no} 的垫付未归还总额将达 {would_be},超过限额 {limit}。请先催收或改用其他账户。"
    en = "Outstanding advances of the fund {fund_no} would come to {would_be}, above its limit of {limit}."


class IntentNotForSource(Invalid):
    code = "intent-not-for-source"
    zh = "只有社会赞助(SPONSOR)资金可以登记捐赠意向,{source} 不可以。"
    en = "Only money of sponsors (SPONSOR) has donors' intents, not {source}."


#: account → the balance on the fund's row; SOURCE is a credit account, its balance is what was received, less what was
#: transferred on. CARRIED has none: it is never anything but zero
BALANCES = {"SOURCE": "received_fen", "AVAILABLE": "available_fen", "RESERVED": "reserved_fen",
            "RECEIVABLE": "receivable_fen", "PAID_OUT": "paid_fen", "WRITTEN_OFF": "written_off_fen"}
ACCOUNTS_ZH = {"AVAILABLE": "可用", "RESERVED": "预占", "RECEIVABLE": "垫付应收", "PAID_OUT": "已发放",
               "WRITTEN_OFF": "已核销"}
AUDITOR = (Role.AUDITOR,)


@dataclass(eq=False)
class FundAccount(Aggregate):
    """Balances are in fen and move only by `post`. At any time received = available + reserved + receivable + paid +
    written off; none is ever negative (checked here and by the database). `first_year` is the first financial year
    kept here, `closed_year` the last one that was closed; donors' intents bind to the end of `intent_until`.
    `bank_code` is the bank's number in CNAPS (联行号). `fiscal_level` (财政级次) says whose LOCAL_FISCAL money is:
    PROVINCIAL, wherever it lies, or LOCAL, a city's or county's own; other sources have none. From `floor_from` to
    `floor_to` not less than `floor_fen` is to come in each year."""

    machine = Machine("OPEN", [
        Move(("OPEN",), "freeze", "FROZEN", AUDITOR),
        Move(("FROZEN",), "unfreeze", "OPEN", AUDITOR),
    ])

    id: str
    org_path: str
    fund_no: str
    source: str
    name: str
    created_at: datetime
    intents: list[str] = field(default_factory=list)
    receivable_limit_fen: int | None = None
    received_fen: int = 0
    available_fen: int = 0
    reserved_fen: int = 0
    receivable_fen: int = 0
    paid_fen: int = 0
    written_off_fen: int = 0
    entries_count: int = 0
    head_hash: str = START
    frozen_reason: str | None = None
    first_year: int = 0
    closed_year: int | None = None
    intent_until: date | None = None
    intent_note: str | None = None
    account_name: str | None = None
    bank_name: str | None = None
    bank_code: str | None = None
    account_number: str | None = None
    floor_fen: int | None = None
    floor_from: int | None = None
    floor_to: int | None = None
    floor_document: str | None = None
    fiscal_level: str | None = None
    state: str = "OPEN"
    version: int = 1

    @classmethod
    def open(cls, id: str, org_path: str, fund_no: str, source: str, name: str, intents: Sequence[str],
             receivable_limit_fen: int | None, at: datetime, *, first_year: int | None = None,
             intent_until: date | None = None, intent_note: str | None = None,
             fiscal_level: str | None = None) -> FundAccount:
        """Where no level is given, local fiscal money is the province's at the province's own union, else local. Raises
        IntentNotForSource, IntentOver, FiscalLevelNotForSource; YearNotOpen when the first year is neither this nor the
        last."""
        if (intents or intent_until or intent_note) and source != "SPONSOR":
            raise IntentNotForSource(pointer="/intents", source=source)
        if intent_until and intent_until < at.date():
            raise IntentOver(pointer="/intent_until", until=str(intent_until))
        if source == "LOCAL_FISCAL":
            fiscal_level = fiscal_level or level_at(org_path)
        if fiscal_level not in levels_of(source):
            raise FiscalLevelNotForSource(pointer="/fiscal_level", source=source)
        first_year = first_year or at.year
        if first_year not in (at.year, at.year - 1):
            raise YearNotOpen(pointer="/first_year", fund_no=fund_no, year=first_year, open=f"{at.year - 1}, {at.year}")
        fund = cls(id, org_path, fund_no, source, name, at, list(intents), receivable_limit_fen, first_year=first_year,
                   intent_until=intent_until, intent_note=intent_note, fiscal_level=fiscal_level)
        fund.record("fund_opened", fund_no=fund_no, source=source)
        return fund

    @property
    def money(self) -> str:
        """What rules call it: the source, of local fiscal money with its level."""
        return money_code(self.source, self.fiscal_level)

    @property
    def is_frozen(self) -> bool:
        return self.state == "FROZEN"

    @property
    def account_tail(self) -> str | None:
        return self.account_number and self.account_number[-4:]

    def set_account(self, account_name: str, bank_name: str, bank_code: str, number: str) -> None:
        """The special account (专户) at the bank in which this money lies, by itself (平顶山 2019)."""
        self.account_name, self.bank_name, self.bank_code = account_name, bank_name, bank_code
        self.account_number = number
        self.touch()

    def set_floor(self, floor_fen: int, from_year: int, to_year: int, document_no: str) -> None:
        """What is to come in at least, each of these years. Raises FloorYearsReversed."""
        if to_year < from_year:
            raise FloorYearsReversed(pointer="/to_year", first=from_year, last=to_year)
        self.floor_fen, self.floor_from, self.floor_to, self.floor_document = floor_fen, from_year, to_year, document_no
        self.touch()

    def post(self, kind: str, postings: Iterable[Posting], actor: str, at: datetime,
             year: int | None = None) -> list[LedgerEntry]:
        """Move money and return the entries that say so; they must be kept in the same transaction. Without `year`
        they belong to the year of `at`.

        Raises FundFrozen, NotEnough, AboveReceivableLimit, AmountInvalid, YearClosed, YearNotOpen.
        """
        if kind in CARRYING:
            raise ValueError(f"{kind} is entered when a year is closed")
        postings, year = list(postings), year or at.year
        self._check_year(kind, year, at)
        self._check(kind, sum(check_fen(posting.amount_fen, pointer="/amount_fen") for posting in postings))
        entries = [self._enter(kind, posting, actor, at, year) for posting in postings]
        self.touch()
        return entries

    def receive(self, amount_fen: int, receipt_no: str, actor: str, at: datetime, *, kind: str = "RECEIVED",
                year: int | None = None) -> LedgerEntry:
        """Money has come in by a receipt, or the bank's interest (利息) by its advice."""
        posting = Posting(amount_fen, receipt_no, "Receipt", self.id, receipt_no)
        [entry] = self.post(kind, [posting], actor, at, year)
        event = "funds_received" if kind == "RECEIVED" else "interest_received"
        self.record(event, fund_no=self.fund_no, source=self.source, amount_fen=amount_fen)
        return entry

    def close_year(self, year: int, carried_fen: int, closing_id: str, actor: str, at: datetime) -> list[LedgerEntry]:
        """Close a year: what was available at its end leaves its books and enters those of the next (年终结转).

        Raises YearClosed, YearNotNext, YearNotOver, AmountInvalid.
        """
        self.check_closable(year, at)
        entries = []
        if check_fen(carried_fen, least=0):
            posting = Posting(carried_fen, f"JZ-{year}", "YearClosing", closing_id, str(year))
            entries = [self._enter("CARRIED_OUT", posting, actor, at, year),
                       self._enter("CARRIED_IN", posting, actor, at, year + 1)]
        self.closed_year = year
        self.touch()
        self.record("year_closed", fund_no=self.fund_no, source=self.source, year=year, carried_fen=carried_fen)
        return entries

    def check_closable(self, year: int, at: datetime) -> None:
        """Years are closed one after the other, when they are over. Raises YearClosed, YearNotNext, YearNotOver."""
        following = self.first_year if self.closed_year is None else self.closed_year + 1
        told: dict[str, Any] = {"pointer": "/year", "fund_no": self.fund_no, "year": year}
        if self.closed_year is not None and year <= self.closed_year:
            raise YearClosed(**told)
        if year >= at.year:
            raise YearNotOver(**told)
        if year != following:
            raise YearNotNext(next=following, **told)

    @property
    def open_years(self) -> str:
        """For people: from which year on entries may be made."""
        return f"{self.first_year if self.closed_year is None else self.closed_year + 1} →"

    def freeze(self, reason: str) -> None:
        """An auditor's freeze (审计冻结): nothing is paid or reserved; receipts and repayments go on."""
        self.move("freeze")
        self.frozen_reason = reason
        self.record("fund_frozen", fund_no=self.fund_no)

    def unfreeze(self) -> None:
        self.move("unfreeze")
        self.frozen_reason = None
        self.record("fund_unfrozen", fund_no=self.fund_no)

    def _check_year(self, kind: str, year: int, at: datetime) -> None:
        if self.closed_year is not None and year <= self.closed_year:
            raise YearClosed(pointer="/year", fund_no=self.fund_no, year=year)
        is_late = kind in LATE and year == at.year - 1
        if year < self.first_year or not (year == at.year or is_late):
            raise YearNotOpen(pointer="/year", fund_no=self.fund_no, year=year, open=self.open_years)

    def _check(self, kind: str, total_fen: int) -> None:
        """Everything that could refuse, before the first balance moves."""
        if self.is_frozen and kind in PAYING:
            raise FundFrozen(fund_no=self.fund_no)
        debit, credit = KINDS[kind]
        balance_fen = self._balance(credit)
        if credit == "SOURCE":
            check_fen(balance_fen + total_fen, pointer="/amount_fen")
        elif balance_fen < total_fen:
            raise NotEnough(fund_no=self.fund_no, account=credit, account_zh=ACCOUNTS_ZH[credit],
                            balance=format_yuan(balance_fen), wanted=format_yuan(total_fen), balance_fen=balance_fen)
        would_be_fen, limit_fen = self._balance(debit) + total_fen, self.receivable_limit_fen
        if kind == "ADVANCED" and limit_fen is not None and would_be_fen > limit_fen:
            raise AboveReceivableLimit(fund_no=self.fund_no, would_be=format_yuan(would_be_fen),
                                       limit=format_yuan(limit_fen))

    def _enter(self, kind: str, posting: Posting, actor: str, at: datetime, year: int) -> LedgerEntry:
        debit, credit = KINDS[kind]
        self._shift(credit, -posting.amount_fen)
        self._shift(debit, posting.amount_fen)
        self.entries_count += 1
        entry = LedgerEntry(
            new_id(), self.id, self.org_path, self.entries_count, kind, debit, credit, posting.amount_fen,
            posting.document_no, posting.about_kind, posting.about_id, posting.about_part, actor, at,
            self.head_hash, year, posting.purpose or PURPOSE_OF.get(kind)).seal()
        self.head_hash = entry.hash
        return entry

    def _balance(self, account: str) -> int:
        balance_fen: int = getattr(self, BALANCES[account])
        return balance_fen

    def _shift(self, account: str, fen: int) -> None:
        """Add to the debit side of an account; SOURCE is a credit account, CARRIED has no balance of its own."""
        if account in BALANCES:
            signed_fen = -fen if account == "SOURCE" else fen
            setattr(self, BALANCES[account], self._balance(account) + signed_fen)


def level_at(org_path: str) -> str:
    """Whose fiscal money a union has by itself: a province's union the province's, any other that of its own place."""
    return "PROVINCIAL" if division_of(org_path).endswith("0000") else "LOCAL"
