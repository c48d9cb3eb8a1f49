"""After the stories and everything that was thrown at them: the trails are whole, and a changed row is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest

from shared.runtime.operate import UNITS, audit_verify, parked_list
from tests.databases import copy_of, fresh_url
from tests.flows.settled import unsettled
from tests.stage import Stage

FIRST = "(strand, number) = (select strand, number from relief.audit {} limit 1)"
TAMPERINGS = {
    "a changed actor": "update relief.audit set actor = 'somebody-else' where " + FIRST.format("order by at"),
    "a changed amount": "update relief.audit set detail = replace(detail, '1', '2') where "
                        + FIRST.format("where detail like '%1%'"),
    "a changed place": "update relief.audit set org_path = '/00/' where " + FIRST.format("order by at desc"),
    "a lost row": "delete from relief.audit where " + FIRST.format("order by number, strand"),
    "a lost end": "delete from relief.audit where (strand, number) in "
                  "(select strand, max(number) from relief.audit group by strand)",
    "a forged head": "update relief.audit_strands set count = count - 1 where count > 1",
}


@pytest.fixture(scope="module")
def copied(stage: Stage, postgres_url: str) -> Iterator[str]:
    """The database of the running centre as it is now, elsewhere."""
    with fresh_url("postgresql", postgres_url) as copy:
        assert copy is not None
        assert stage.centre.database_url is not None
        copy_of(stage.centre.database_url, copy)
        yield copy


def test_every_trail_is_whole(stage: Stage) -> None:
    verified = audit_verify(stage.centre.settings)
    assert [row["service"] for row in verified] == list(UNITS)
    assert [row["faults"] for row in verified if not row["is_whole"]] == []
    assert min(sum(head["count"] for head in row["heads"]) for row in verified if row["service"] != "reporting") > 0
    for name in UNITS:
        told = stage.everybody.reads(f"/v1/{name}/audit-verification")
        assert told == {"is_whole": True, "faults": []}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_changed_row_is_found(stage: Stage, copied: str, postgres_url: str, tampering: str) -> None:
    with fresh_url("postgresql", postgres_url, copied) as url:
        assert url is not None
        settings = replace(stage.centre.settings, database_url=url)
        assert all(row["is_whole"] for row in audit_verify(settings))
        with psycopg.connect(url) as connection:
            assert connection.execute(TAMPERINGS[tampering].encode()).rowcount > 0
        broken = [row for row in audit_verify(settings) if not row["is_whole"]]
    assert [row["service"] for row in broken] == ["relief"]
    assert broken[0]["faults"]


def test_the_ledgers_are_whole(stage: Stage) -> None:
    for fund in stage.ids["/v1/relief/funds"]:
        assert stage.everybody.reads(f"/v1/relief/funds/{fund}/verification")["is_whole"]
        trial = stage.everybody.reads(f"/v1/relief/funds/{fund}/trial-balance")
        assert (trial["difference_fen"], trial["agrees"]) == (0, True)


def test_nothing_is_stuck_but_what_was_meant_to_be(stage: Stage) -> None:
    """Of all that was fuzzed every event went out; what is parked is of the version that nobody knows."""
    left = unsettled(stage.centre.settings, 5)
    assert [row for row in left if row["unpublished"] or row["retrying"]] == []
    assert {row["type"].rpartition(".")[2] for row in parked_list(stage.centre.settings)} == {"v99"}
