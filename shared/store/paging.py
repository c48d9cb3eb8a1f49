"""Pages by keyset: stable while rows are added, and as fast on page 1,000 as on page 1."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, or_

from shared.kernel.errors import Invalid


class CursorInvalid(Invalid):
    code = "cursor-invalid"
    zh = "分页游标无效。请从第一页重新查询,不要修改 next_cursor。"
    en = "The cursor is not one of ours for this list. Start from the first page and pass next_cursor unchanged."


class SortInvalid(Invalid):
    code = "sort-invalid"
    zh = "不能按“{sort}”排序。可用:{allowed}(前加 - 为倒序)。"
    en = "Cannot sort by {sort}. Possible: {allowed} (- before it for descending)."


def ordered(query: Select[Any], columns: Sequence[Column[Any]], identity: Column[Any],
            page: Mapping[str, Any]) -> Select[Any]:
    """`query` sorted, continued after the cursor and limited to one row more than the page."""
    name, descending = _sort(columns, page.get("sort"))
    column = {c.name: c for c in columns}[name]
    if page.get("cursor"):
        query = query.where(_after(column, identity, descending, _read(page["cursor"], name, descending, column)))
    order = (column.desc(), identity.desc()) if descending else (column.asc(), identity.asc())
    return query.order_by(*order).limit(page["limit"] + 1)


def cut(rows: Sequence[Any], columns: Sequence[Column[Any]], identity: Column[Any],
        page: Mapping[str, Any]) -> dict[str, Any]:
    """The page and the cursor of the next one."""
    name, descending = _sort(columns, page.get("sort"))
    items, more = rows[: page["limit"]], len(rows) > page["limit"]
    last = items[-1] if more else None
    cursor = None if last is None else _write(name, descending, getattr(last, name), getattr(last, identity.name))
    return {"items": items, "next_cursor": cursor}


def _sort(columns: Sequence[Column[Any]], sort: str | None) -> tuple[str, bool]:
    """The first of `columns` descending unless the caller says otherwise."""
    if sort is None:
        return columns[0].name, True
    name = sort.removeprefix("-")
    if name not in {column.name for column in columns}:
        raise SortInvalid(pointer="/sort", sort=sort, allowed=", ".join(column.name for column in columns))
    return name, sort.startswith("-")


def _after(column: Column[Any], identity: Column[Any], descending: bool, last: tuple[Any, str]) -> ColumnElement[bool]:
    value, row_id = last
    if descending:
        return or_(column < value, and_(column == value, identity < row_id))
    return or_(column > value, and_(column == value, identity > row_id))


def _write(name: str, descending: bool, value: Any, row_id: str) -> str:
    text = value.isoformat() if isinstance(value, (date, datetime)) else value
    return urlsafe_b64encode(json.dumps([name, descending, text, row_id]).encode()).decode().rstrip("=")


def _read(cursor: str, name: str, descending: bool, column: Column[Any]) -> tuple[Any, str]:
    try:
        found = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        of_name, of_order, value, row_id = found
        kind = column.type.python_type
        if (of_name, of_order) != (name, descending) or not isinstance(row_id, str):
            raise ValueError(cursor)
        value = kind.fromisoformat(value) if issubclass(kind, date) else value
        if not isinstance(value, kind):
            raise ValueError(cursor)
    except (ValueError, TypeError) as error:
        raise CursorInvalid(pointer="/cursor") from error
    return value, row_id
