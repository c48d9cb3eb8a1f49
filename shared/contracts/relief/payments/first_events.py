"""The first versions of what relief told of payments: understood for ever, told no longer."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Choice, Strict, listed
from shared.contracts.relief.funds.codes import FIRST_PURPOSES
from shared.contracts.relief.payments import events as newest
from shared.contracts.relief.told import told

FIRST_PAYEE_KINDS = ("WORKER", "PARTNER")


class OfPurpose(Strict):
    purpose: fields.String = Choice(FIRST_PURPOSES, required=True)


class OfPayee(Strict):
    payee_kind: fields.String = Choice(FIRST_PAYEE_KINDS, required=True)


class BatchToldV1(OfPurpose, newest.BatchTold):
    pass


class BatchCountedV1(OfPurpose, newest.BatchCounted):
    pass


class BatchSentV1(OfPurpose, newest.BatchSent):
    pass


class BatchSettledV1(OfPurpose, newest.BatchSettled):
    pass


class BatchStuckV1(OfPurpose, newest.BatchStuck):
    pass


class SettledLineV1(OfPayee, newest.SettledLine):
    pass


class PaymentsSettledV1(OfPurpose, newest.PaymentsSettled):
    lines = listed(SettledLineV1, 1, 500, required=True)


class PartlyRecoveredV1(OfPayee, OfPurpose, newest.PartlyRecovered):
    pass


class WrittenOffV1(OfPayee, OfPurpose, newest.WrittenOff):
    pass


EVENTS = (
    told("payment_batch_drafted", BatchToldV1, "发放批次已起草", "Payment batch drafted"),
    told("payment_batch_checked", BatchCountedV1, "发放批次已核对", "Payment batch checked"),
    told("payment_batch_approved", BatchCountedV1, "发放批次已批准", "Payment batch approved"),
    told("payment_batch_sent", BatchSentV1, "发放批次已送银行", "Payment batch sent to the bank"),
    told("payment_batch_settled", BatchSettledV1, "发放批次已有结果", "Outcome of a payment batch known"),
    told("payment_batch_reconciled", BatchCountedV1, "发放批次已对账", "Payment batch reconciled"),
    told("payment_batch_cancelled", BatchToldV1, "发放批次已撤销", "Payment batch cancelled"),
    told("payment_batch_stuck", BatchStuckV1, "发放批次处理停滞", "A step of a payment batch stands still"),
    told("payments_settled", PaymentsSettledV1, "发放明细已有结果", "Outcome of payments known", "PERSONAL"),
    told("payment_written_off", WrittenOffV1, "错发款已核销", "Rest of a wrong payment written off", "PERSONAL"),
    told("payment_partly_recovered", PartlyRecoveredV1, "错发款已部分追回", "Part of a wrong payment came back",
         "PERSONAL"),
)
