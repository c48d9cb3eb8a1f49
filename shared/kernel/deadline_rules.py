"""The rows of deadlines.yaml. BANGFU_DEADLINES may name a file that adds or replaces rows (a province's own rules)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, get_args

from shared.kernel import data

DEADLINES_VARIABLE = "BANGFU_DEADLINES"
NATIONAL = "CN"
MAX_LIMIT = 3_660

Unit = Literal["calendar_day", "working_day", "month", "year", "agreed"]


class DeadlineTableError(ValueError):
    """The table of deadlines cannot be used. It names the file and the row."""


@dataclass(frozen=True)
class DeadlineRule:
    """One row: what must happen within how long of what, where, since when, and by which document.

    `jurisdiction` is CN or the first digits of a division code. `certainty` is T (full text read), X (excerpt),
    2 (secondary), K-H, K-M, K-L (general knowledge) or D (a default of this product): all but T may change locally.
    """

    code: str
    zh: str
    en: str
    limit: int
    unit: Unit
    starts_zh: str
    starts_en: str
    basis: str
    certainty: str
    jurisdiction: str
    effective_from: date
    document: str
    extension_limit: int = 0
    extension_zh: str = "该期限不可延长。"
    extension_en: str = "It cannot be extended."
    may_agree: bool = False
    may_stop: bool = False
    backwards: bool = False

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit):
            raise ValueError(f"unit {self.unit!r}")
        least = 0 if self.unit == "agreed" else 1
        if not least <= self.limit <= MAX_LIMIT or not 0 <= self.extension_limit <= MAX_LIMIT:
            raise ValueError(f"limit {self.limit!r} and extension {self.extension_limit!r}")
        if type(self.effective_from) is not date:
            raise ValueError(f"effective_from {self.effective_from!r} is no date")

    def applies_in(self, division: str) -> bool:
        """Whether the row is national or of the place the division lies in."""
        return self.jurisdiction == NATIONAL or division.startswith(self.jurisdiction)


def rules() -> tuple[DeadlineRule, ...]:
    """All rows, by code. Raises DeadlineTableError."""
    return _build(data.stamps("deadlines.yaml", DEADLINES_VARIABLE))


@lru_cache(maxsize=4)
def _build(stamps: tuple[data.Stamp, ...]) -> tuple[DeadlineRule, ...]:
    rows: dict[tuple[str, str, date], DeadlineRule] = {}
    for stamp in stamps:
        for entry in _entries(stamp):
            row = _read_row(stamp[0], entry)
            rows[row.code, row.jurisdiction, row.effective_from] = row
    return tuple(sorted(rows.values(), key=lambda row: (row.code, row.jurisdiction, row.effective_from)))


def _entries(stamp: data.Stamp) -> list[dict[str, Any]]:
    content = data.read(stamp)
    if not isinstance(content, dict) or not isinstance(content.get("deadlines"), list):
        raise DeadlineTableError(f"{stamp[0]}: needs a list `deadlines`")
    entries: list[dict[str, Any]] = content["deadlines"]
    return entries


def _read_row(file: str, entry: dict[str, Any]) -> DeadlineRule:
    try:
        values = {name: value for name, value in entry.items() if name not in ("starts", "extension")}
        extension = entry.get("extension") or {}
        texts = {f"extension_{name}": extension[name] for name in ("limit", "zh", "en") if name in extension}
        flags = {f"may_{name}": extension[name] for name in ("agree", "stop") if name in extension}
        starts = {f"starts_{language}": text for language, text in entry["starts"].items()}
        return DeadlineRule(**values, **starts, **texts, **flags)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        code = entry.get("code") if isinstance(entry, dict) else entry
        raise DeadlineTableError(f"{file}, {code}: {error!r}") from error
