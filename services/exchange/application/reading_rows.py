"""Reads the rows of a batch one by one, so that one wrong row does not hold up the others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import ValidationError

from services.exchange.application.blind import index_of
from shared.contracts.exchange.rows import LAYOUTS, Layout
from shared.kernel.identifiers import check_resident_id
from shared.service.problems import field_errors

TWICE = {
    "code": "row-twice",
    "zh": "同一人同一类别在本批次中出现两次",
    "en": "The person stands in this batch twice under one category",
}


def read_rows(kind: str, raw_rows: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows as they are kept, in order, and the errors found: number (from 1), pointer, code, zh, en."""
    layout, seen = LAYOUTS[kind], set[tuple[str, str]]()
    kept: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for number, raw in enumerate(raw_rows, 1):
        row, wrong = _read(layout, number, raw)
        person = (row["id_index"] or str(number), row["category"] or "")
        if not wrong and person in seen:
            wrong = [_error(number, f"/{layout.id_number}", **TWICE)]
        if wrong:
            row = _rejected(number, raw)
        seen.add(person)
        kept.append(row)
        errors.extend(wrong)
    return kept, errors


def _read(layout: Layout, number: int, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    try:
        row = layout.row().load(raw)
    except ValidationError as error:
        return _rejected(number, raw), [_error(number, one["pointer"], one["code"], **one["detail"])
                                        for one in field_errors(error.messages, "")]
    id_number = check_resident_id(row[layout.id_number])
    return {"number": number, "state": "OK", "category": row["category"], "name": row[layout.name],
            "id_number": id_number, "id_index": index_of(id_number), "amount_fen": row[layout.amount],
            "content": _text(raw)}, []


def _rejected(number: int, raw: Mapping[str, Any]) -> dict[str, Any]:
    return {"number": number, "state": "REJECTED", "category": None, "name": None, "id_number": None,
            "id_index": None, "amount_fen": None, "content": _text(raw)}


def _error(number: int, pointer: str, code: str, zh: str, en: str) -> dict[str, Any]:
    return {"number": number, "pointer": f"/rows/{number - 1}{pointer}"[:200], "code": code, "zh": zh[:400],
            "en": en[:400]}


def _text(raw: Mapping[str, Any]) -> str:
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
