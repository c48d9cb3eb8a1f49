"""Bank files as ISO 20022 customer credit transfer initiation, pain.001.001.09, by the library's classes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pyiso20022.pain import pain_001_001_09 as iso
from xsdata.formats.dataclass.serializers import XmlSerializer
from xsdata.models.datatype import XmlDate, XmlDateTime

from services.relief.domain.payments.bank import BankLine, FileHead, Payer, reference, yuan

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
CURRENCY, MOST_TEXT = "CNY", 140
#: whose numbers identify banks in China, by the standard's list of clearing systems
CLEARING_SYSTEM = "CNAPS"


def pain001_file(head: FileHead, lines: Iterable[BankLine]) -> bytes:
    """One payment information block; a transaction a line, its end-to-end id the line's own.

    Raises ValueError: the standard demands a debtor, so no file is asked for without one.
    """
    lines, payer = list(lines), head.payer
    if payer is None:
        raise ValueError("pain.001 without a payer")
    count, total = str(len(lines)), Decimal(yuan(sum(line.amount_fen for line in lines)))
    message = iso.CustomerCreditTransferInitiationV09(
        grp_hdr=iso.GroupHeader85(
            msg_id=head.message_id, cre_dt_tm=XmlDateTime.from_datetime(head.made_at.replace(microsecond=0)),
            nb_of_txs=count, ctrl_sum=total, initg_pty=_party(payer.holder)),
        pmt_inf=[iso.PaymentInstruction30(
            pmt_inf_id=head.message_id, pmt_mtd=iso.PaymentMethod3Code.TRF, btch_bookg=True, nb_of_txs=count,
            ctrl_sum=total, reqd_exctn_dt=iso.DateAndDateTime2Choice(dt=XmlDate.from_date(head.made_at.date())),
            dbtr=_party(payer.holder), dbtr_acct=_account(payer.number, CURRENCY), dbtr_agt=_debtor_bank(payer),
            cdt_trf_tx_inf=[_transaction(head, line) for line in lines])])
    text = XmlSerializer().render(iso.Document(cstmr_cdt_trf_initn=message), ns_map={None: NAMESPACE})
    return str(text).encode()


def _transaction(head: FileHead, line: BankLine) -> iso.CreditTransferTransaction34:
    amount = iso.ActiveOrHistoricCurrencyAndAmount(value=Decimal(yuan(line.amount_fen)), ccy=CURRENCY)
    return iso.CreditTransferTransaction34(
        pmt_id=iso.PaymentIdentification6(end_to_end_id=reference(line.line_id)),
        amt=iso.AmountType4Choice(instd_amt=amount), cdtr_agt=_bank(nm=line.bank_name[:MOST_TEXT]),
        cdtr=_party(line.holder), cdtr_acct=_account(line.number),
        rmt_inf=iso.RemittanceInformation16(ustrd=[head.purpose[:MOST_TEXT]]))


def _debtor_bank(payer: Payer) -> iso.BranchAndFinancialInstitutionIdentification6:
    system = iso.ClearingSystemIdentification2Choice(cd=CLEARING_SYSTEM)
    return _bank(nm=payer.bank_name[:MOST_TEXT], clr_sys_mmb_id=iso.ClearingSystemMemberIdentification2(
        clr_sys_id=system, mmb_id=payer.bank_code))


def _party(name: str) -> iso.PartyIdentification135:
    return iso.PartyIdentification135(nm=name[:MOST_TEXT])


def _account(number: str, currency: str | None = None) -> iso.CashAccount38:
    other = iso.GenericAccountIdentification1(id=number)
    return iso.CashAccount38(id=iso.AccountIdentification4Choice(othr=other), ccy=currency)


def _bank(**known: Any) -> iso.BranchAndFinancialInstitutionIdentification6:
    return iso.BranchAndFinancialInstitutionIdentification6(
        fin_instn_id=iso.FinancialInstitutionIdentification18(**known))
