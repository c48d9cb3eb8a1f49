"""Codes of payments (资金发放). The domain has the same lists; a test holds them together."""

from __future__ import annotations

BATCH_STATES = ("DRAFTED", "CHECKED", "APPROVED", "SENT", "SETTLED", "PARTLY_SETTLED", "RECONCILED", "ARCHIVED",
                "CANCELLED")
BATCH_KINDS = ("LIST", "COLLECT")
FILE_FORMATS = ("CSV", "XLSX", "PAIN001")
SHEET_FORMATS = ("XLSX", "CSV")
RETURN_FORMATS = ("CSV", "XLSX", "PAIN002")
JOB_KINDS = ("COLLECT", "CHECK", "BUILD", "MARK", "BOOK", "EXPIRE", "RELEASE")
LINE_STATES = ("RESERVED", "BATCHED", "SENT", "UNKNOWN", "PAID", "RELEASED", "RECOVERED")
PAYEE_KINDS = ("WORKER", "PARTNER", "SCHEME")
#: why a line may not go to the bank: first what does not match in the vault; then, where the source of the money asks
#: (依档帮扶), the household has no active file of the level (FILE_UNFIT) or the migrant is no member; the household or
#: the person would get more than the cap; last, the file for which it was approved is suspended or cancelled, the unit
#: has not paid its part of the fee that the union shares, or the worker of a list's line is registered outside of the
#: unit whose money it is, and has no file there
FAULTS = ("PAYEE_UNKNOWN", "CARD_MISSING", "HOLDER_DIFFERS", "ID_INVALID", "PAYEE_INACTIVE", "PAYEE_DECEASED",
          "FILE_UNFIT", "NOT_A_MEMBER", "ABOVE_CAP", "FILE_NOT_IN_FORCE", "FEE_NOT_PAID", "PAYEE_ELSEWHERE")
#: what the bank says of a line
BANK_OUTCOMES = ("ACCEPTED", "REJECTED", "RETURNED")
#: what became of a line, as others hear of it
OUTCOMES = ("PAID", "FAILED", "RETURNED", "RECOVERED")
#: what a correction settles; a rest that is written off stays with the payee
CORRECTED = (*OUTCOMES, "WRITTEN_OFF")
CORRECTION_STATES = ("PROPOSED", "CONFIRMED", "REFUSED")
RETURN_STATES = ("BOOKING", "BOOKED")
