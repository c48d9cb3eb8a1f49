"""The stock of one lot (库存): what every movement does to its counters, and what must always hold.

On hand = received − issued − disposed. Of what is on hand, some is reserved for orders and some held back (waiting for
disposal, or returned and not yet disinfected again); only the rest is free to take.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

COUNTERS = ("received", "issued", "disposed", "reserved", "held")
#: kind of movement → what it does to the counters
KINDS: Mapping[str, Mapping[str, int]] = {
    "RECEIVED": {"received": 1},
    "FOUND": {"received": 1},
    "ISSUED": {"issued": 1},
    "RETURNED": {"issued": -1, "held": 1},
    "HELD": {"held": 1},
    "UNHELD": {"held": -1},
    "DISPOSED": {"disposed": 1, "held": -1},
    "LOST": {"disposed": 1},
    "RESERVED": {"reserved": 1},
    "UNRESERVED": {"reserved": -1},
    "DISPATCHED": {"issued": 1, "reserved": -1},
}


@dataclass(frozen=True)
class Movement:
    """One row of the stock ledger (库存流水): `quantity` is positive, `number` counts within the lot."""

    number: int
    kind: str
    quantity: int
    about_kind: str
    about_id: str


def counted(movements: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The counters that movements (kind, quantity) add up to."""
    found = dict.fromkeys(COUNTERS, 0)
    for kind, quantity in movements:
        for counter, sign in KINDS[kind].items():
            found[counter] += sign * quantity
    return found


def on_hand(counters: Mapping[str, int]) -> int:
    return counters["received"] - counters["issued"] - counters["disposed"]


def is_sound(counters: Mapping[str, int]) -> bool:
    """Nothing is negative, and no more is reserved and held than there is."""
    return min(counters.values()) >= 0 and counters["reserved"] + counters["held"] <= on_hand(counters)
