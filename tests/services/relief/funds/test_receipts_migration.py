"""Receipts of before the register: each number is in it once, of two that were entered the first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from services.relief.adapters.funds import ledger_entries, receipt_numbers
from services.relief.adapters.mutual_aid import mutual_aid_enrolments
from services.relief.application.funds.ledger import FIELDS
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.receipt import Receipt
from services.relief.domain.mutual_aid.enrolment import Enrolment
from services.relief.rules import mutual_aid
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.store.engine import Database, service_url
from shared.store.migrate import KIT, migrations_of, upgrade
from tests.databases import data_folder
from tests.services.relief.older import put, upgrade_to

ORG = "/37/3799/379901/"


@pytest.fixture
def database(url: str | None, tmp_path: Path) -> Iterator[Database]:
    (data_folder(tmp_path) / "db").mkdir()
    found = Database(service_url("relief", url, data_folder(tmp_path)), is_patient=True)
    if found.engine.dialect.name == "postgresql":
        with found.engine.begin() as connection:
            connection.execute(text("create schema relief"))
    yield found
    found.close()


def test_old_receipts_are_registered_once(database: Database) -> None:
    fund = FundAccount.open(new_id(), ORG, "ZJ1", "UNION", "工会经费", [], None, now())
    entries = [fund.receive(100, number, "cashier", now() + timedelta(seconds=n))
               for n, number in enumerate(("R1", "r1", "R2 更正1"))]
    with database.engine.begin() as connection:
        upgrade(connection, KIT, "kit_version")
        upgrade_to(connection, "before 0025")
        put(connection, fund, enrolment("HZ1", "R1"), enrolment("HZ2", "R3"))
        connection.execute(insert(ledger_entries), [{name: getattr(one, name) for name in FIELDS} for one in entries])
        upgrade(connection, migrations_of("relief"), "service_version")
        held = {row.number_hash: (row.about, row.about_no, row.about_id)
                for row in connection.execute(select(receipt_numbers))}
        e = mutual_aid_enrolments.c
        paid_id = connection.scalar(select(e.id).where(e.enrolment_no == "HZ2"))
    assert held == {key("r1"): ("FUND", "ZJ1", entries[0].id), key("R2"): ("FUND", "ZJ1", entries[2].id),
                    key("R3"): ("ENROLMENT", "HZ2", paid_id)}


def key(number: str) -> str:
    return Receipt(number, "FUND", "-", "-").number_hash


def enrolment(number: str, receipt_no: str) -> Enrolment:
    plan = mutual_aid.plans().plan("ACCIDENT_DAILY", today(), "379901")
    made = Enrolment(new_id(), ORG, number, plan.plan, plan.terms(), 1, None, "厂", 1, 1, today(),
                     plan.ends_on(today(), 1), "officer", now())
    made.receipt_no, made.paid_on = receipt_no, today()
    return made
