"""What a database of before gets from the migrations: the level of old funds, the tier of old measures, entries of what
employers had paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from shared.kernel.ids import new_id
from shared.store.engine import Database, service_url
from shared.store.migrate import KIT, migrations_of, upgrade
from tests.databases import KINDS, data_folder, fresh_url
from tests.services.relief.older import upgrade_to

VALUES: tuple[tuple[type[Any], Any], ...] = (
    (sa.Boolean, False), (sa.DateTime, datetime(2026, 1, 5, tzinfo=UTC)), (sa.Date, date(2026, 1, 5)), (sa.Integer, 0),
    (sa.String, "x"), (sa.JSON, []))


@pytest.fixture(params=KINDS)
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """A database as it was before migration 0023."""
    yield from _older(request, tmp_path, "before 0023")


@pytest.fixture(params=KINDS)
def before_entries(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    yield from _older(request, tmp_path, "before 0027")


def _older(request: pytest.FixtureRequest, tmp_path: Path, revision: str) -> Iterator[Connection]:
    server = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with fresh_url(request.param, server) as url:
        database = Database(service_url("relief", url, data_folder(tmp_path)))
        with database.write() as connection:
            if not database.is_sqlite:
                connection.execute(sa.text("CREATE SCHEMA IF NOT EXISTS relief"))
            upgrade(connection, KIT, "kit_version")
            upgrade_to(connection, revision)
            yield connection
        database.close()


def kept(connection: Connection, table: str, **values: Any) -> str:
    """A row with what is told, and something in every other column that wants it."""
    found = sa.Table(table, sa.MetaData(), autoload_with=connection)
    wanted = [column for column in found.c if not column.nullable and column.server_default is None]
    row = {column.name: next(value for kind, value in VALUES if isinstance(column.type, kind)) for column in wanted}
    row |= {"id": new_id(), **values}
    connection.execute(found.insert().values(row))
    return str(row["id"])


def told(connection: Connection, table: str, column: str) -> dict[str, Any]:
    return {row[0]: row[1] for row in connection.execute(sa.text(f"SELECT id, {column} FROM {table}"))}


def funds(connection: Connection) -> dict[str, str]:
    places = {"province": "/37/", "city": "/37/3702/", "county": "/37/3702/370202/", "hainan": "/46/4601/"}
    made = {name: kept(connection, "funds", source="LOCAL_FISCAL", org_path=path, fund_no=name)
            for name, path in places.items()}
    return {**made, "union": kept(connection, "funds", source="UNION", org_path="/37/", fund_no="union")}


def test_old_funds_are_held_to_what_they_were_held_to(before: Connection) -> None:
    made = funds(before)
    upgrade(before, migrations_of("relief"), "service_version")
    levels = told(before, "funds", "fiscal_level")
    assert {name: levels[fund_id] for name, fund_id in made.items()} == {
        "province": "PROVINCIAL", "city": "LOCAL", "county": "LOCAL", "hainan": "PROVINCIAL", "union": None}


def test_old_payments_get_the_tier_of_what_they_were_for(before: Connection) -> None:
    fund_id = funds(before)["union"]
    application = kept(before, "relief_applications", tier="ROOT_CAUSE", application_no="JZ")
    campaign = kept(before, "relief_campaigns", tier="EMERGENCY", campaign_no="HD")

    def line(kind: str, about_id: str, purpose: str = "LIVING") -> str:
        return kept(before, "payment_lines", fund_id=fund_id, about_kind=kind, about_id=about_id, purpose=purpose,
                    amount_fen=1, about_part=new_id())

    made: dict[str, Callable[[], str]] = {
        "ROOT_CAUSE": lambda: line("ReliefApplication", application),
        "EMERGENCY": lambda: line("ReliefCampaign", campaign),
        "SAFEGUARD": lambda: line("PaymentList", new_id())}
    lines = {tier: [make()] for tier, make in made.items()}
    lines["EMERGENCY"].append(line("PaymentList", new_id(), "TEMPORARY"))
    lines["ROOT_CAUSE"].append(line("PaymentList", new_id(), "TRAINING"))
    lines["SAFEGUARD"].append(line("ReliefApplication", new_id()))
    upgrade(before, migrations_of("relief"), "service_version")
    tiers = told(before, "payment_lines", "tier")
    assert tiers == {line_id: tier for tier, ids in lines.items() for line_id in ids}


def test_what_employers_had_paid_becomes_an_entry(before_entries: Connection) -> None:
    advance = kept(before_entries, "wage_advances", advance_no="DF", total_fen=100)
    paid, other = (kept(before_entries, "wage_advance_lines", advance_id=advance, claim_id=new_id(), claimed_fen=100,
                        advanced_fen=60, employer_paid_fen=fen, is_refused=False) for fen in (40, 0))
    upgrade(before_entries, migrations_of("relief"), "service_version")
    assert told(before_entries, "wage_advance_lines", "most_fen") == {paid: 60, other: 60}
    columns = ("advance_id", "amount_fen")
    entries = [list(told(before_entries, "employer_payments", column).values()) for column in columns]
    assert entries == [[advance], [40]]
