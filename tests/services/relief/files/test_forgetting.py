"""Destruction leaves no word of a household, in no table: a new text column that nobody thought of fails here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, String, Table, insert, select, text, update

from services.relief.adapters.base import metadata
from services.relief.adapters.files import hardship_files
from services.relief.application.files.forgetting import forget
from services.relief.domain.files.hardship_file import HardshipFile
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.store.encryption import Encrypted
from shared.store.types import Instant
from tests.services.desks import Desk
from tests.services.relief.funds.money import work
from tests.services.relief.households import DIRECTOR, draft

WORD = "不可留下的话"
#: characters from which on a column may tell a story; what is shorter is a code, a number or an account
STORY = 100
#: tables that hang on one which names the file
PARTS = {"hardship_members": "file_id", "assistance_steps": "plan_id", "pair_contacts": "pair_id"}
UNIT, RULE, CODES = "where it lay", "number of a rule or a document", "codes, ids or amounts"
KEPT = {
    "org_path": UNIT, "from_org_path": UNIT, "document": RULE, "grade_document": RULE, "source_document": RULE,
    "rule_rows": RULE, "other_causes": CODES, "rigid": CODES, "surveyors": CODES, "reviewed_placements": CODES,
    "approvals": CODES, "household": CODES, "missing": CODES, "need_key": CODES, "counted_claims": CODES,
    "figures": CODES, "pin": "the card's, not the household's",
    "file_accesses.purpose": "the register of who read what for", "file_accesses.reason": "the same",
    "file_accesses.outside_body": "the same",
}


class UndoneError(Exception):
    """Nothing of the test is to stay."""


def tells(column: Column[Any]) -> bool:
    kind = column.type
    return isinstance(kind, Encrypted | JSON) or (isinstance(kind, String) and (kind.length or STORY) >= STORY)


def tied() -> list[Table]:
    """The tables with a household's words, those first that others hang on."""
    return [table for table in metadata.sorted_tables
            if "file_id" in table.c or table is hardship_files or table.name in PARTS]


def valued(column: Column[Any]) -> Any:
    kind = column.type
    if tells(column):
        return [WORD] if isinstance(kind, JSON) else WORD
    for known, value in ((Boolean, False), (Date, today()), (Instant, now())):
        if isinstance(kind, known):
            return value
    return new_id()[-(kind.length or 36):] if isinstance(kind, String) else 1


def row(table: Table, known: dict[str, Any]) -> dict[str, Any]:
    values = {column.name: known.get(column.name, valued(column)) for column in table.c}
    return {**values, "id": known.get(table.name, new_id())} if "id" in table.c else values


def test_no_word_is_left(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    file.must("cancel_hardship_file", DIRECTOR, reason="LEFT_AREA")
    file_id, day = file.now["id"], date.fromisoformat(file.now["archive_until"]) + timedelta(days=1)
    known = {"file_id": file_id, "plan_id": new_id(), "pair_id": new_id(), "state": "KEPT"}
    known |= {"assistance_plans": known["plan_id"], "pair_ups": known["pair_id"]}
    with pytest.raises(UndoneError), work(relief) as unit:
        session = unit.session
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        words = {column.name: valued(column) for column in hardship_files.c if tells(column)}
        session.execute(update(hardship_files).where(hardship_files.c.id == file_id).values(**words))
        for table in tied():
            if table is not hardship_files:
                session.execute(insert(table).values(**row(table, known)))
        found = session.get(HardshipFile, file_id)
        assert found is not None
        found.destroy(day)
        forget(unit, [file_id])
        session.flush()
        left = {f"{table.name}.{column.name}" for table in tied() for column in table.c if tells(column)
                for (value,) in session.execute(select(column)) if WORD in str(value)}
        assert {one for one in left if one not in KEPT and one.partition(".")[2] not in KEPT} == set()
        assert not {one for one in KEPT if "." in one} - left, "what is said to stay is there"
        raise UndoneError
