"""What relief tells of payments (资金发放).

The first versions (first_events.py) named the purposes and kinds of payees there were then. From the second on these
are texts: more of them need no new version, and who listens passes over those that it does not know. Only the newest
version is told.
"""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Choice, Day, Fen, Id, Strict, Text, Whole, listed
from shared.contracts.relief.payments import codes
from shared.contracts.relief.told import told


class BatchTold(Strict):
    batch_id = Id(required=True)
    batch_no = Text(19, required=True)
    fund_id = Id(required=True)
    purpose: fields.String = Text(32, required=True)


class BatchCounted(BatchTold):
    lines_count = Whole(0, 100_000, required=True)
    total_fen = Fen(least=0, required=True)


class BatchSent(BatchCounted):
    sent_on = Day(required=True)


class BatchSettled(BatchTold):
    """`is_full` when every line was paid."""

    is_full = fields.Boolean(required=True)
    paid_count = Whole(0, 100_000, required=True)
    paid_fen = Fen(least=0, required=True)
    failed_count = Whole(0, 100_000, required=True)
    failed_fen = Fen(least=0, required=True)
    unknown_count = Whole(0, 100_000, required=True)


class BatchStuck(BatchTold):
    job = Choice(codes.JOB_KINDS, required=True)
    reason = Text(300, required=True)


class SettledLine(Strict):
    line_id = Id(required=True)
    about_kind = Text(40, required=True)
    about_id = Id(required=True)
    about_part = Text(60, required=True)
    payee_kind: fields.String = Text(20, required=True)
    payee_id = Id(required=True)
    amount_fen = Fen(required=True)
    outcome = Choice(codes.OUTCOMES, required=True)
    on = Day(required=True)


class PaymentsSettled(BatchTold):
    """What became of some lines of a batch; a batch tells it for a chunk at a time."""

    lines = listed(SettledLine, 1, 500, required=True)


class LineTold(BatchTold):
    """What is told of one line that was paid."""

    line_id = Id(required=True)
    about_kind = Text(40, required=True)
    about_id = Id(required=True)
    about_part = Text(60, required=True)
    payee_kind: fields.String = Text(20, required=True)
    payee_id = Id(required=True)


class PartlyRecovered(LineTold):
    """A part of a wrong payment came back by a receipt; `owed_fen` is what is left of it."""

    receipt_no = Text(60, required=True)
    on = Day(required=True)
    amount_fen = Fen(required=True)
    recovered_fen = Fen(required=True)
    owed_fen = Fen(required=True)


class WrittenOff(LineTold):
    """The rest of a wrong payment is given up; `recovered_fen` came back before."""

    evidence_no = Text(60, required=True)
    amount_fen = Fen(required=True)
    recovered_fen = Fen(least=0, required=True)


EVENTS = (
    told("payment_batch_drafted", BatchTold, "发放批次已起草", "Payment batch drafted", version=2),
    told("payment_batch_checked", BatchCounted, "发放批次已核对", "Payment batch checked", version=2),
    told("payment_batch_approved", BatchCounted, "发放批次已批准", "Payment batch approved", version=2),
    told("payment_batch_sent", BatchSent, "发放批次已送银行", "Payment batch sent to the bank", version=2),
    told("payment_batch_settled", BatchSettled, "发放批次已有结果", "Outcome of a payment batch known", version=2),
    told("payment_batch_reconciled", BatchCounted, "发放批次已对账", "Payment batch reconciled", version=2),
    told("payment_batch_cancelled", BatchTold, "发放批次已撤销", "Payment batch cancelled", version=2),
    told("payment_batch_stuck", BatchStuck, "发放批次处理停滞", "A step of a payment batch stands still", version=2),
    told("payments_settled", PaymentsSettled, "发放明细已有结果", "Outcome of payments known", "PERSONAL", 2),
    told("payment_written_off", WrittenOff, "错发款已核销", "Rest of a wrong payment written off", "PERSONAL", 2),
    told("payment_partly_recovered", PartlyRecovered, "错发款已部分追回", "Part of a wrong payment came back",
         "PERSONAL", 2),
)
