"""Agreements of before capabilities were asked for: what was ordered of their partners goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from services.relief.adapters.platforms import partner_agreements, partners
from services.relief.domain.platforms.kinds import CAPABILITIES
from shared.kernel.clock import SHANGHAI
from shared.kernel.ids import new_id
from shared.store.engine import Database, service_url
from shared.store.migrate import migrate
from tests.databases import data_folder
from tests.services.desks import PLACE, Desk
from tests.services.relief.older import as_of
from tests.services.relief.platforms.shop import DIRECTOR

OLD = (("SUPERMARKET", 8_800, 1_200), ("HOSPITAL", None, None))
AT = datetime(2025, 1, 1, 9, tzinfo=SHANGHAI)


def _put_agreements(database: Database) -> None:
    with database.write() as connection:
        for number, (kind, union_bp, partner_bp) in enumerate(OLD):
            row: dict[str, Any] = {"org_path": PLACE, "version": 1, "created_at": AT, "kind": kind}
            partner_id = new_id()
            # values() names the columns that are given: those that came later are not there yet
            connection.execute(insert(partners).values(
                **row, id=partner_id, state="ACTIVE", partner_no=f"HS{number}", union_path=PLACE, name="旧商户"))
            connection.execute(insert(partner_agreements).values(
                **row, id=new_id(), state="SIGNED", agreement_no=f"HX{number}", partner_id=partner_id, edition=1,
                document_no="XY", union_bp=union_bp, partner_bp=partner_bp, valid_from=date(2025, 1, 1),
                drafted_by="director"))


def test_an_agreement_of_before_keeps_all_a_supermarket_can_do(url: str | None, desk: Callable[[str], Desk],
                                                               tmp_path: Path) -> None:
    home = data_folder(tmp_path)
    as_of("0020", url, home, _put_agreements)
    migrate("relief", url, home)
    database = Database(service_url("relief", url, home))
    relief = Desk("relief", database, desk)
    found = {one["kind"]: one for one in relief.must("list_partner_agreements", DIRECTOR)["items"]}
    assert set(found["SUPERMARKET"]["capabilities"]) == set(CAPABILITIES)
    assert found["HOSPITAL"]["capabilities"] == []
    assert {one["employer_id"] for one in relief.must("list_partners", DIRECTOR)["items"]} == {None}
    database.close()
