"""Payment line (发放明细): money reserved for one payee in one matter, until the bank has said what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PAYEE_KINDS = ("WORKER", "PARTNER", "SCHEME")
#: RESERVED waits for a batch; FAILED comes back to RESERVED; nobody knows of an UNKNOWN one until the bank tells
LINE_STATES = ("RESERVED", "BATCHED", "SENT", "UNKNOWN", "PAID", "RELEASED", "RECOVERED")


@dataclass(frozen=True)
class Fault:
    """Why the bank must not get a line: a code of FAULTS, and where a rule says so its words, Chinese and English."""

    code: str
    note: str | None = None


@dataclass(frozen=True)
class Due:
    """What is to be paid. Matter and part (`about_kind`, `about_id`, `about_part`) name it once and for all: no two
    lines share them. `payee_id` is the id of a worker, of a partner's agreement or of a scheme's
    account; `document_no` the deciding paper. No
    batch takes it before `due_from`. `tier` (帮扶层次) is that of the measure."""

    about_kind: str
    about_id: str
    about_part: str
    payee_kind: str
    payee_id: str
    amount_fen: int
    document_no: str
    due_from: date | None = None
    tier: str = "SAFEGUARD"


@dataclass(frozen=True)
class Outcome:
    """What became of a line: PAID on a day, FAILED (the money is reserved again, another batch may take it), RETURNED
    by the bank after it was paid (reserved again), PARTLY_RECOVERED from the payee (`amount_fen` is the part),
    RECOVERED: all of it is back, or WRITTEN_OFF: the rest (`amount_fen`) never will be."""

    about_kind: str
    about_id: str
    about_part: str
    state: str
    amount_fen: int
    on: date
    reason: str = ""
