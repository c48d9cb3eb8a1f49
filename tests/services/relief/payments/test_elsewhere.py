"""A list pays workers of the unit whose money it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from services.membership.adapters.tables import workers as vault
from services.relief.adapters.files import hardship_files
from tests.services.desks import Desk
from tests.services.relief.applications.matters import active_file
from tests.services.relief.payments.bank import CHECKER, filled, lines, workers
from tests.services.relief.samples import fund

HERE, NEXT_DOOR, BELOW = "/37/3702/370202/", "/37/3702/370203/", "/37/3702/370202/001/"


@pytest.mark.parametrize(("home", "fault"), [(HERE, None), (BELOW, None), (NEXT_DOOR, "PAYEE_ELSEWHERE"),
                                             ("/37/3702/", "PAYEE_ELSEWHERE")])
def test_the_check_names_a_worker_of_another_unit(desk: Callable[[str], Desk], home: str, fault: str | None) -> None:
    relief, membership = desk("relief"), desk("membership")
    (one,) = workers(membership, 1)
    with membership.database.write() as connection:
        connection.execute(update(vault).values(org_path=home))
    batch = filled(relief, fund(relief), lines([one]))
    batch.must("check_payment_batch", CHECKER)
    (row,) = batch.rows()
    assert row["fault"] == fault
    assert fault is None or (home in row["fault_note"] and HERE in row["fault_note"])


@pytest.mark.parametrize(("place", "fault"), [(HERE, None), (NEXT_DOOR, "PAYEE_ELSEWHERE")])
def test_whose_household_has_its_file_here_is_paid_here(desk: Callable[[str], Desk], place: str,
                                                        fault: str | None) -> None:
    relief, membership = desk("relief"), desk("membership")
    (one,) = workers(membership, 1)
    active_file(relief, [one])
    for desks, table, path in ((membership, vault, NEXT_DOOR), (relief, hardship_files, place)):
        with desks.database.write() as connection:
            connection.execute(update(table).values(org_path=path))
    batch = filled(relief, fund(relief), lines([one]))
    batch.must("check_payment_batch", CHECKER)
    assert [row["fault"] for row in batch.rows()] == [fault]
