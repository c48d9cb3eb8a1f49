"""Requests that reach the rows: real records in their present version, and bodies that the contract takes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import strategies as st

from gateway.render import Route
from shared.kernel.ids import new_id
from tests.fuzz.described import Described
from tests.fuzz.values import Known, good
from tests.stage import Stage


@dataclass(frozen=True)
class Call:
    """One request that was thought of. `fresh` asks for the record's present version, else `version` is sent."""

    path: dict[str, str]
    query: dict[str, Any]
    body: Any
    fresh: bool
    version: int


def calls(route: Route, stage: Stage, known: Known) -> st.SearchStrategy[Call]:
    """Requests for a row, as its contract describes them."""
    row = route.row
    places = {name: st.sampled_from(stage.known(route)) if stage.known(route) and position == 0 else st.builds(new_id)
              for position, name in enumerate(row.path_fields)}
    return st.builds(Call, st.fixed_dictionaries(places), good(row.query, known) if row.query else st.just({}),
                     good(row.body, known) if row.body else st.none(), st.integers(0, 9).map(bool), st.integers(1, 50))


def send(door: Described, route: Route, call: Call) -> Any:
    """The answer to it."""
    path = route.rule
    for name, value in call.path.items():
        path = path.replace(f"<{name}>", quote(value, safe=""))
    query = f"?{urlencode({key: text_of(value) for key, value in call.query.items()})}" if call.query else ""
    headers: dict[str, str] = {"Idempotency_Key": new_id()} if route.needs_key else {}
    if route.row.versioned:
        headers["If_Match"] = f'"{_version(door, route, call)}"'
    body = None if call.body is None else json.dumps(call.body).encode()
    return door.ask(route.row.method, path + query, body, **headers)


def text_of(value: Any) -> str:
    """A query value as it stands in an address."""
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _version(door: Described, route: Route, call: Call) -> int:
    if not call.fresh:
        return call.version
    one = next(iter(call.path.values()))
    found = door.ask("GET", f"{route.rule.partition('/<')[0]}/{one}")
    return int(found.headers["ETag"].strip('"')) if found.status_code == 200 else call.version
