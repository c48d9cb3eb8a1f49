"""Data for a contract's schema, good and bad, made from its fields: whatever row is added is tried the same way."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from marshmallow import Schema, fields, validate

from shared.contracts import fields as f
from shared.kernel.clock import SHANGHAI, today
from shared.kernel.ids import new_id
from shared.runtime.demo import people

#: ids to choose from beside new ones, by the name of their field
Known = Mapping[str, Sequence[str]]
MOST_ITEMS = 4
NUMBERS = st.integers(0, 999_999)
#: drawn from a number, so that to hypothesis a known id is the simpler choice
NEW_IDS = NUMBERS.map(lambda _number: new_id())
ORG_PATHS = st.sampled_from(["/37/", "/37/3799/", "/37/3799/379901/", "/37/3799/379901/", "/44/4403/", "/a-b/c/"])
DAYS = st.integers(-400, 400).map(lambda days: today() + timedelta(days=days))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001  hypothesis takes naive bounds
    lambda at: at.replace(tzinfo=SHANGHAI))
#: text as people write it, and as nobody should
TEXTS = st.one_of(st.text("一二三四五六七八九十工会帮扶abcXYZ019 ,。-_'\"%\\{}<>&;\t\n", max_size=60),
                  st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
SPECIAL: dict[type[Any], st.SearchStrategy[Any]] = {
    f.Day: DAYS.map(str),
    f.Moment: MOMENTS.map(datetime.isoformat),
    f.OrgPath: ORG_PATHS,
    f.ResidentId: NUMBERS.map(people.resident_id),
    f.Uscc: NUMBERS.map(people.uscc),
    f.BankCard: NUMBERS.map(people.bank_card),
    f.Mobile: NUMBERS.map(people.mobile),
    f.Content: st.binary(min_size=1, max_size=60).map(lambda content: b64encode(content).decode()),
    fields.Boolean: st.booleans(),
    fields.Dict: st.dictionaries(st.text(max_size=10), st.integers() | st.text(max_size=10), max_size=MOST_ITEMS),
}
#: any JSON, and what is only nearly JSON data of ours
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from([
        2**53 + 1, -(2**63), 10**400, 1e308, "\x00", "9" * 5_000, "2026-02-30", "20260508", "2026-W19-5",
        "2026-13-01T00:00:00+08:00", "20260508T090000+0800", "null",
        "0192f3b4-7c00-4000-8000-000000000001", "/37/../", "", " ", "\ud800", "true", "1", "1e3", "١٢٣"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=6)


def good(schema: type[Schema], known: Known | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """JSON that the schema loads, its optional fields there or not."""
    needed, free = {}, {}
    for name, field in schema().fields.items():
        (needed if field.required else free)[name] = value_of(name, field, known or {})
    return st.fixed_dictionaries(needed, optional=free)


@st.composite
def spoilt(draw: st.DrawFn, schema: type[Schema]) -> Any:
    """Good data in which one value, somewhere, is replaced, lost or added."""
    data: Any = draw(good(schema))
    place, key = data, None
    while isinstance(place, (dict, list)) and place:
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        outer, key = place, draw(st.sampled_from(keys))
        place = outer[key]
        if draw(st.booleans()) or not isinstance(place, (dict, list)) or not place:
            change = draw(st.integers(0, 9))
            if change == 0:
                del outer[key]
            elif change == 1 and isinstance(outer, dict):
                outer[draw(st.text(max_size=8))] = draw(JUNK)
            else:
                outer[key] = draw(JUNK)
            return data
    return draw(JUNK) if key is None else data


def value_of(name: str, field: fields.Field[Any], known: Known) -> st.SearchStrategy[Any]:
    """What this field takes."""
    found = _value(name, field, known)
    return found | st.none() if field.allow_none else found


def _value(name: str, field: fields.Field[Any], known: Known) -> st.SearchStrategy[Any]:
    if isinstance(field, fields.Nested):
        inner = good(type(field.schema), known)
        return st.lists(inner, min_size=1, max_size=MOST_ITEMS, unique_by=_key) if field.many else inner
    if isinstance(field, fields.List):
        least, most = _bounds(field, 0, MOST_ITEMS)
        return st.lists(value_of(name, field.inner, known), min_size=least, max_size=max(least, min(most, MOST_ITEMS)),
                        unique_by=_key)
    choices = [choice for one in field.validators if isinstance(one, validate.OneOf) for choice in one.choices]
    if choices:
        return st.sampled_from(choices)
    return _by_kind(name, field, known)


def _key(item: Any) -> object:
    """What stands once in a list: a row's key; all else may stand twice."""
    return item["key"] if isinstance(item, dict) and "key" in item else object()


def _by_kind(name: str, field: fields.Field[Any], known: Known) -> st.SearchStrategy[Any]:
    if isinstance(field, f.Id):
        some = [one for key, ids in known.items() if name.removesuffix("s").endswith(key) for one in ids]
        return st.sampled_from(some) | NEW_IDS if some else NEW_IDS
    for kind, made in SPECIAL.items():
        if isinstance(field, kind):
            return made
    if isinstance(field, fields.Integer):
        return st.integers(*_bounds(field, -(2**31), 2**31))
    patterns = [one.regex for one in field.validators if isinstance(one, validate.Regexp)]
    if patterns and not isinstance(field, f.Text):
        return st.from_regex(patterns[0])
    return _text(field)


def _text(field: fields.Field[Any]) -> st.SearchStrategy[str]:
    least, most = _bounds(field, 0, 60)
    if least > 1:
        return st.text("abcdefgh0123456789", min_size=least, max_size=most)
    return TEXTS.map(lambda text: text.strip()[:most].strip()).filter(lambda text: len(text) >= least)


def _bounds(field: fields.Field[Any], least: int, most: int) -> tuple[int, int]:
    for one in field.validators:
        if isinstance(one, (validate.Range, validate.Length)):
            least = least if one.min is None else int(one.min)
            most = most if one.max is None else int(one.max)
    return least, most
