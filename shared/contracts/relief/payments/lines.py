"""The lines of a list: thousands in one request, so they are read in one pass and not schema by schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError, fields, validate

from shared.contracts.fields import Fen, Id, Strict
from shared.kernel.ids import is_id
from shared.kernel.money import MAX_FEN

MOST_LINES = 20_000
#: so many wrong lines are told at once
MOST_TOLD = 100
KEY_PATTERN = r"^[0-9A-Za-z][0-9A-Za-z_./:-]{0,39}\Z"
_KEY = re.compile(KEY_PATTERN)
_TWICE = {"code": "key-twice", "zh": "该编号在本次名册中出现两次", "en": "this key stands twice in the request"}


class NewLine(Strict):
    """One payment. `key` names it within its deciding paper (`document_no`): the same key is never paid twice, in
    capitals or not; it is kept in capitals."""

    key = fields.String(required=True, validate=[validate.Length(1, 40), validate.Regexp(KEY_PATTERN)])
    worker_id = Id(required=True)
    amount_fen = Fen(required=True)


@dataclass(frozen=True)
class Lines:
    """What was sent, by column; amounts in fen."""

    keys: list[str] = field(default_factory=list)
    worker_ids: list[str] = field(default_factory=list)
    amounts_fen: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.keys)


class LineList(fields.List):
    """A list of `NewLine` that loads as `Lines`. Wrong lines are told by their place, as the schema would tell them."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(fields.Nested(NewLine), validate=validate.Length(1, MOST_LINES), load_only=True, **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        if len(value) > MOST_LINES:
            raise ValidationError(f"Length must be between 1 and {MOST_LINES}.")
        wrong: list[int] = []
        lines = _columns(value, wrong)
        if wrong:
            raise ValidationError(_told(value, wrong[:MOST_TOLD]))
        if len(set(lines.keys)) != len(lines.keys):
            raise ValidationError(_twice(lines.keys))
        return lines


def _columns(value: list[Any], wrong: list[int]) -> Lines:
    """The good lines by column; the places of the others go into `wrong`."""
    keys: list[str] = []
    workers: list[str] = []
    amounts: list[int] = []
    fits = _KEY.fullmatch
    for place, line in enumerate(value):
        if type(line) is dict and len(line) == 3:
            key, worker, amount = line.get("key"), line.get("worker_id"), line.get("amount_fen")
            if type(key) is str and fits(key) and is_id(worker) and type(amount) is int and 0 < amount <= MAX_FEN:
                keys.append(key.upper())  # ASCII by its pattern, so this is what `same_text` makes of it
                workers.append(str(worker))
                amounts.append(amount)
                continue
        wrong.append(place)
    return Lines(keys, workers, amounts)


def _told(value: list[Any], wrong: list[int]) -> dict[int, Any]:
    schema = NewLine()
    return {place: schema.validate(value[place]) or {"key": ["String does not match expected pattern."]}
            for place in wrong}


def _twice(keys: list[str]) -> dict[int, Any]:
    seen: set[str] = set()
    places = [place for place, key in enumerate(keys) if key in seen or seen.add(key)]  # type: ignore[func-returns-value]
    return {place: {"key": [_TWICE]} for place in places[:MOST_TOLD]}
