"""The dated rules of this service, from `rules/*.yaml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from services.mediation.domain.roster import RepresentationRule
from shared.kernel import data
from shared.kernel.org import division_of

FILE = Path(__file__).parent.parent / "rules" / "representation.yaml"


def representation(on: date, org_path: str) -> RepresentationRule:
    """The rule for a dispute applied for on this day at this place: the most local row, then the latest."""
    rows = data.read((str(FILE), FILE.stat().st_mtime_ns))["rules"]
    division = division_of(org_path)
    fits = [row for row in rows if row["effective_from"] <= on and row["jurisdiction"] in ("CN", *_parts(division))]
    row = max(fits, key=lambda one: (len(one["jurisdiction"].removeprefix("CN")), one["effective_from"]))
    return RepresentationRule(row["collective_least"], row["least"], row["most"], row["basis"])


def _parts(division: str) -> tuple[str, ...]:
    return tuple(division[:length] for length in (2, 4, 6))
