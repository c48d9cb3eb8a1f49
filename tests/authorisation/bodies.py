"""The simplest body a contract takes: its required fields, each with the least there is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from marshmallow import Schema, fields, validate

from shared.contracts import fields as f
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.runtime.demo import people
from shared.runtime.demo.cast import DISTRICT

Known = Mapping[str, Sequence[str]]
VALUES: dict[type[Any], Any] = {
    f.Day: str(today()), f.Moment: now().isoformat(), f.OrgPath: DISTRICT, f.ResidentId: people.resident_id(7),
    f.Uscc: people.uscc(7), f.BankCard: people.bank_card(7), f.Mobile: people.mobile(7), fields.Boolean: True,
    fields.Dict: {}, f.Text: "甲", f.Content: "JVBERi0="}


def simplest(schema: type[Schema], known: Known) -> dict[str, Any]:
    """Data that the schema loads; ids are of `known` records where there are any."""
    return {name: _least(name, field, known) for name, field in schema().fields.items() if field.required}


def _least(name: str, field: fields.Field[Any], known: Known) -> Any:
    if isinstance(field, fields.Nested):
        return simplest(type(field.schema), known)
    bounds = [one.min or 0 for one in field.validators if isinstance(one, (validate.Length, validate.Range))]
    least = max(bounds, default=0)
    if isinstance(field, fields.List):
        return [_least(name, field.inner, known)] * int(least)
    if isinstance(field, f.Id):
        return next((ids[0] for key, ids in known.items() if name.removesuffix("s").endswith(key) and ids), new_id())
    if isinstance(field, fields.Integer):
        return int(least)
    choices = [choice for one in field.validators if isinstance(one, validate.OneOf) for choice in one.choices]
    return choices[0] if choices else _text(field, int(least))


def _text(field: fields.Field[Any], least: int) -> Any:
    for kind, value in VALUES.items():
        if isinstance(field, kind):
            return value
    for one in field.validators:
        if isinstance(one, validate.Regexp):
            return _matching(one.regex)
    return "a" * max(1, least)


@cache
def _matching(pattern: re.Pattern[str]) -> str:
    once = settings(max_examples=1, phases=[Phase.generate], database=None)
    return str(find(st.from_regex(pattern), lambda _text: True, settings=once))
