"""Lines of campaigns from before grounds were known: each is of a household with a file, whose need it met."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import IntegrityError

from services.relief.adapters.applications import campaign_lines
from services.relief.domain.applications.campaign import ReliefCampaign
from shared.kernel.clock import now
from shared.store.engine import Database, service_url
from shared.store.migrate import migrate
from tests.databases import data_folder
from tests.services.relief.applications.crowds import a_file
from tests.services.relief.older import as_of, put

OLD = text("INSERT INTO campaign_lines (id, campaign_id, org_path, number, file_id, file_no, worker_id, grade, "
           "amount_fen, state, created_at) VALUES ('line', 'campaign', '/37/', 1, :file_id, 'KN1', 'worker', 'DEEP', "
           "100, 'RESERVED', '2026-01-01T00:00:00+00:00')")


def test_old_lines_keep_their_file(url: str | None, tmp_path: Path) -> None:
    home, file = data_folder(tmp_path), a_file(1)
    campaign = ReliefCampaign("campaign", "/37/", "WW1", "-", "FESTIVAL", "MID_AUTUMN", 2026, "EMERGENCY", "a", now())

    def put_old(database: Database) -> None:
        with database.write() as connection:
            put(connection, file, campaign)
            connection.execute(OLD, {"file_id": file.id})

    as_of("0020", url, home, put_old)
    migrate("relief", url, home)
    database = Database(service_url("relief", url, home))
    with database.read() as connection:
        row = connection.execute(select(campaign_lines)).one()
    assert (row.ground, row.household_id, row.file_id, row.file_no) == ("HARDSHIP", file.id, file.id, "KN1")
    kept = {**row._mapping, "id": "other", "number": 2}
    with database.write() as connection:
        connection.execute(insert(campaign_lines).values({**kept, "file_id": None, "file_no": None}))
        for wrong in ({}, {"file_id": None, "amount_fen": 0}, {"file_id": "nobody"}, {"campaign_id": "none"}):
            refused(connection, {**kept, "id": "third", **wrong})
    database.close()


def refused(connection: Connection, values: dict[str, object]) -> None:
    """The checks and keys of the table are what they were."""
    with pytest.raises(IntegrityError), connection.begin_nested():
        connection.execute(insert(campaign_lines).values(values))
