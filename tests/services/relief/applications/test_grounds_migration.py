"""Lines of campaigns from before grounds were known: each is of a household with a file, whose need it met."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.relief.adapters.applications import campaign_lines
from services.relief.domain.applications.campaign import ReliefCampaign
from shared.kernel.clock import now
from shared.store.engine import Database, service_url
from shared.store.migrate import KIT, migrations_of, upgrade
from tests.databases import KINDS, data_folder, fresh_url
from tests.services.relief.applications.crowds import a_file

OLD = text("INSERT INTO campaign_lines (id, campaign_id, org_path, number, file_id, file_no, worker_id, grade, "
           "amount_fen, state, created_at) VALUES ('line', 'campaign', '/37/', 1, :file_id, 'KN1', 'worker', 'DEEP', "
           "100, 'RESERVED', '2026-01-01T00:00:00+00:00')")


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    given = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with fresh_url(request.param, given) as url:
        (data_folder(tmp_path) / "db").mkdir()
        found = Database(service_url("relief", url, data_folder(tmp_path)), is_patient=True)
        if request.param == "postgresql":
            with found.engine.begin() as connection:
                connection.execute(text("create schema relief"))
        yield found
        found.close()


def test_old_lines_keep_their_file(database: Database, tmp_path: Path) -> None:
    scripts = migrations_of("relief")
    before = shutil.copytree(scripts, tmp_path / "before", ignore=shutil.ignore_patterns("0021*", "__pycache__"))
    file = a_file(1)
    campaign = ReliefCampaign("campaign", "/37/", "WW1", "-", "FESTIVAL", "MID_AUTUMN", 2026, "EMERGENCY", "a", now())
    with database.engine.begin() as connection, Session(connection) as session:
        upgrade(connection, KIT, "kit_version")
        upgrade(connection, before, "service_version")
        session.add_all([file, campaign])
        session.flush()
        connection.execute(OLD, {"file_id": file.id})
        upgrade(connection, scripts, "service_version")
        row = connection.execute(select(campaign_lines)).one()
    assert (row.ground, row.household_id, row.file_id, row.file_no) == ("HARDSHIP", file.id, file.id, "KN1")
    kept = {**row._mapping, "id": "other", "number": 2}
    with database.engine.begin() as connection:
        connection.execute(insert(campaign_lines).values({**kept, "file_id": None, "file_no": None}))
        for wrong in ({}, {"file_id": None, "amount_fen": 0}, {"file_id": "nobody"}, {"campaign_id": "none"}):
            refused(connection, {**kept, "id": "third", **wrong})


def refused(connection: Connection, values: dict[str, object]) -> None:
    """The checks and keys of the table are what they were."""
    with pytest.raises(IntegrityError), connection.begin_nested():
        connection.execute(insert(campaign_lines).values(values))
