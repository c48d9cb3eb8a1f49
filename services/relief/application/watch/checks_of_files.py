"""Checks by file: one household in two files, deep hardship without dibao, no aid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, or_, select

from services.relief.adapters.files import hardship_members
from services.relief.adapters.means import means_tests
from services.relief.adapters.watch import circumstances
from services.relief.application.watch.looking import parameter, rows_of_files
from services.relief.domain.watch.finding import Hit

#: 低保, and 特困供养, which stands in its place
MONTHLY = ("DIBAO", "EXTREME_POVERTY")


def split_household(connection: Connection, closed_ids: Sequence[str], _on: date) -> list[Hit]:
    """DUP-1: members of a closed file who stand in two open ones now. Two open files never share a member."""
    old, new = hardship_members.alias("old"), hardship_members.alias("new")
    query = select(old.c.file_id, new.c.file_id.label("open_id")).join_from(
        old, new, (old.c.worker_id == new.c.worker_id) & new.c.is_open).where(old.c.file_id.in_(closed_ids)).distinct()
    together: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(query):
        together[row.file_id].add(row.open_id)
    found = {old_id: sorted(open_ids) for old_id, open_ids in together.items() if len(open_ids) > 1}
    rows = {row.id: row for row in rows_of_files(connection, [*found, *(one for ids in found.values() for one in ids)])}
    hits = []
    for old_id, (first, *others) in found.items():
        for other in others:
            figures = {"old_file_no": rows[old_id].file_no, "other_file_no": rows[other].file_no}
            hits.append(Hit("DUP-1", "FILE", first, rows[first].org_path, other, figures, first))
    return hits


def deep_without_dibao(connection: Connection, file_ids: Sequence[str], on: date) -> list[Hit]:
    """BLD-2: graded deep (P < L), and neither the newest means test that asked nor civil affairs' list says that the
    household receives dibao."""
    deep = [row for row in rows_of_files(connection, file_ids) if row.grade == "DEEP"]
    in_dibao, listed = _in_dibao(connection, [row.id for row in deep]), _on_dibao_list(connection, file_ids, on)
    return [Hit("BLD-2", "FILE", row.id, row.org_path, str(on.year), {"grade": row.grade}, row.id)
            for row in deep if not in_dibao.get(row.id) and row.id not in listed]


def _on_dibao_list(connection: Connection, file_ids: Sequence[str], on: date) -> set[str]:
    """The files of which a member stands on a valid list as one who gets monthly relief."""
    c, m = circumstances.c, hardship_members.c
    query = select(m.file_id).join_from(hardship_members, circumstances, m.worker_id == c.worker_id).where(
        m.file_id.in_(file_ids), m.is_open, c.kind == "RELIEF_LIST", c.part.in_(MONTHLY), c.is_running,
        or_(c.until.is_(None), c.until >= on), or_(c.valid_until.is_(None), c.valid_until >= on))
    return set(connection.execute(query).scalars())


def _in_dibao(connection: Connection, file_ids: Sequence[str]) -> dict[str, bool]:
    """File → what its newest test says; those that did not ask say nothing."""
    t = means_tests.c
    query = select(t.file_id, t.receives_dibao).where(t.file_id.in_(file_ids), t.receives_dibao.is_not(None))
    return {row.file_id: bool(row.receives_dibao) for row in connection.execute(query.order_by(t.created_at, t.id))}


def never_aided(connection: Connection, file_ids: Sequence[str], on: date) -> list[Hit]:
    """BLD-3: active and never aided, or not for a year (从未救助)."""
    hits = []
    for row in rows_of_files(connection, file_ids):
        aided_on, since = row.last_aid_on, row.approved_on
        rule = parameter("BLD-3-LAST" if aided_on else "BLD-3-NEVER", on, row.org_path)
        if since is not None and max(since, aided_on or since) + timedelta(days=rule.value) < on:
            figures = {"days": (on - since).days, "last_aid": aided_on and aided_on.isoformat()}
            hits.append(Hit("BLD-3", "FILE", row.id, row.org_path, str(on.year), figures, row.id, rule=rule))
    return hits
