"""After the stories and everything that was thrown at them: the trails are whole, and a changed row is found."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from shared.runtime.config import Settings
from shared.runtime.operate import UNITS, audit_verify, outbox_state, parked_list
from tests.flows.settled import unsettled
from tests.stage import Stage

TAMPERINGS = {
    "a changed actor": "update audit set actor = 'somebody-else' where rowid = (select min(rowid) from audit)",
    "a changed amount": "update audit set detail = replace(detail, '1', '2') where rowid = "
                        "(select rowid from audit where detail like '%1%' limit 1)",
    "a changed place": "update audit set org_path = '/00/' where rowid = (select max(rowid) from audit)",
    "a lost row": "delete from audit where rowid = (select rowid from audit order by rowid limit 1 offset 2)",
    "a lost end": "delete from audit where (strand, number) in (select strand, max(number) from audit group by strand)",
    "a forged head": "update audit_strands set count = count - 1 where count > 1",
}


@pytest.fixture
def copied(stage: Stage, tmp_path: Path) -> Settings:
    """The databases of the running centre as they are now, elsewhere."""
    (tmp_path / "db").mkdir()
    for file in (stage.centre.data / "db").glob("*.sqlite3"):
        with closing(sqlite3.connect(file)) as running, closing(sqlite3.connect(tmp_path / "db" / file.name)) as copy:
            running.backup(copy)
    return replace(stage.centre.settings, data=tmp_path)


def test_every_trail_is_whole(stage: Stage) -> None:
    verified = audit_verify(stage.centre.settings)
    assert [row["service"] for row in verified] == list(UNITS)
    assert [row["faults"] for row in verified if not row["is_whole"]] == []
    assert min(sum(head["count"] for head in row["heads"]) for row in verified if row["service"] != "reporting") > 0
    for name in UNITS:
        told = stage.everybody.reads(f"/v1/{name}/audit-verification")
        assert told == {"is_whole": True, "faults": []}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_changed_row_is_found(copied: Settings, tampering: str) -> None:
    assert all(row["is_whole"] for row in audit_verify(copied))
    with closing(sqlite3.connect(copied.data / "db" / "relief.sqlite3")) as opened:
        assert opened.execute(TAMPERINGS[tampering]).rowcount > 0
        opened.commit()
    broken = [row for row in audit_verify(copied) if not row["is_whole"]]
    assert [row["service"] for row in broken] == ["relief"]
    assert broken[0]["faults"]


def test_the_ledgers_are_whole(stage: Stage) -> None:
    for fund in stage.ids["/v1/relief/funds"]:
        assert stage.everybody.reads(f"/v1/relief/funds/{fund}/verification")["is_whole"]
        trial = stage.everybody.reads(f"/v1/relief/funds/{fund}/trial-balance")
        assert (trial["difference_fen"], trial["agrees"]) == (0, True)


def test_nothing_is_stuck_but_what_was_meant_to_be(stage: Stage) -> None:
    """Of all that was fuzzed every event went out; what is parked is of the version that nobody knows."""
    unsettled(stage.centre.settings, 5)
    assert [row for row in outbox_state(stage.centre.settings) if row["unpublished"]] == []
    assert {row["type"].rpartition(".")[2] for row in parked_list(stage.centre.settings)} == {"v99"}
