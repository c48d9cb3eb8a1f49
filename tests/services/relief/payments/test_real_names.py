"""The real-name list: everybody who was paid, once, with a masked ID; who took it away is in the trail."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from services.membership.adapters.tables import workers as vault
from services.relief.application.payments import real_names
from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services.desks import Desk, pointers
from tests.services.relief.households import EXCHANGE
from tests.services.relief.payments.bank import (
    AUDITOR,
    DIRECTOR,
    SENDER,
    Batch,
    answer,
    filled,
    lines,
    trail,
    workers,
)
from tests.services.relief.samples import fund

Row = Sequence[Any]


def paid(relief: Desk, money: dict[str, Any], worker_ids: list[str], fen: int = 10_000, first: int = 1) -> Batch:
    """A settled batch: the bank has paid everybody."""
    batch = filled(relief, money, lines(worker_ids, fen, first))
    batch.send()
    for file in batch.files():
        batch.told(answer(batch.content(file["id"]), lambda _: "成功"))
    return batch


def listed(relief: Desk, operation: str, path: dict[str, str], who: Any = AUDITOR, **query: str) -> list[Row]:
    """The rows of a workbook without its headings; of a CSV likewise."""
    content = relief.must(operation, who, path=path, query=query)
    if query.get("format") == "CSV":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]
    return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True))


def fen(told: Any) -> int:
    return int(Decimal(str(told)) * 100)


def test_a_batch_names_everybody_it_paid_and_nobody_else(desk: Callable[[str], Desk]) -> None:
    relief, membership = desk("relief"), desk("membership")
    money, ids = fund(relief), workers(membership, 3)
    batch = filled(relief, money, lines(ids))
    assert batch.relief.refused("download_batch_names", AUDITOR, path=batch.path)["code"] == "batch-not-settled"
    batch.send()
    (file,) = batch.files()
    content = batch.content(file["id"])
    failed = content.decode("utf-8-sig").splitlines()[1].split(",")
    batch.told(answer(content, lambda line: "失败" if line == failed[1] else "成功"))
    *rows, total = listed(relief, "download_batch_names", batch.path)
    known = [membership.must("get_worker", DIRECTOR, path={"worker_id": one}) for one in ids]
    assert {(row[1], row[2]) for row in rows} == {
        (one["name"], one["id_number_masked"]) for one in known if one["name"] != failed[2]}
    assert {(fen(row[3]), row[5], row[6], row[7].date(), row[8], row[9]) for row in rows} == {
        (10_000, "生活救助", batch.now["document_no"], today(), money["fund_no"], batch.now["batch_no"])}
    assert (total[1], total[2], fen(total[3])) == ("合计", "2 人", batch.now["paid_fen"])


def test_what_came_back_is_told_beside_what_was_paid(desk: Callable[[str], Desk]) -> None:
    relief = desk("relief")
    batch = paid(relief, fund(relief), workers(desk("membership"), 2))
    parts, whole = batch.rows()
    for line, amount in ((parts, 2_500), (whole, None)):
        made = relief.must("propose_payment_recovery", DIRECTOR, body={
            "line_id": line["id"], "document_no": f"TH-{line['id']}", "on": str(today()), "amount_fen": amount,
            "reason": "重复享受"})
        relief.must("confirm_payment_correction", AUDITOR, path={"correction_id": made["id"]},
                    version=made["version"])
    *rows, total = listed(relief, "download_batch_names", batch.path)
    assert sorted((fen(row[3]), fen(row[4])) for row in rows) == [(10_000, 2_500), (10_000, 10_000)]
    assert (fen(total[3]), fen(total[4])) == (20_000, 12_500)


def test_a_fund_names_whom_it_paid_in_a_period(desk: Callable[[str], Desk]) -> None:
    relief, ids = desk("relief"), workers(desk("membership"), 2)
    money, other = fund(relief), fund(relief)
    for first in (1, 3):
        paid(relief, money, ids, first=first)
    paid(relief, other, ids)
    path = {"fund_id": money["id"]}
    *rows, total = listed(relief, "download_fund_names", path, format="CSV")
    assert ([row[8] for row in rows], total[2], total[3]) == ([money["fund_no"]] * 4, "2 人", "400.00")
    later = str(today() + timedelta(days=1))
    assert listed(relief, "download_fund_names", path, date_from=later, date_to=later)[0][1] == "合计"
    status, told = relief.do("download_fund_names", AUDITOR, path=path, query={
        "date_from": str(today()), "date_to": str(today() - timedelta(days=1))})
    assert (status, told["code"]) == (422, "period-backwards")


def test_who_took_names_away_is_known_on_both_sides(desk: Callable[[str], Desk]) -> None:
    relief, membership = desk("relief"), desk("membership")
    batch = paid(relief, fund(relief), workers(membership, 1))
    listed(relief, "download_batch_names", batch.path, who=SENDER)
    (taken,), (told,) = trail(relief, "download_real_names"), trail(membership, "name_payees")
    assert (taken["actor"], taken["subject_id"]) == (SENDER.account_id, batch.now["id"])
    assert told["subject_id"] == batch.now["id"]


def test_a_name_never_runs_as_a_formula(desk: Callable[[str], Desk]) -> None:
    relief, membership = desk("relief"), desk("membership")
    batch = paid(relief, fund(relief), workers(membership, 1))
    with membership.database.write() as connection:
        connection.execute(vault.update().values(name="=HYPERLINK(1)"))
    for asked in ({}, {"format": "CSV"}):
        assert listed(relief, "download_batch_names", batch.path, **asked)[0][1] == "'=HYPERLINK(1)"


def test_a_long_list_comes_in_parts_that_join(desk: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_names, "MOST_LINES", 2)
    monkeypatch.setattr(real_names, "MOST_ASKED", 1)
    relief = desk("relief")
    batch = paid(relief, fund(relief), workers(desk("membership"), 3))
    for part in ({}, {"part": "3"}):
        told = relief.refused("download_batch_names", AUDITOR, path=batch.path, query=part)
        assert told["code"] == "real-names-in-parts"
    names = [row[1] for part in "12" for row in listed(relief, "download_batch_names", batch.path, part=part)[:-1]]
    assert len(set(names)) == 3


# -- whole IDs ---------------------------------------------------------------------------------------------------

UPLOAD = {"purpose": "录入全国工会帮扶工作管理系统"}
BOTH = pytest.mark.parametrize("of_fund", [False, True], ids=["batch", "fund"])


@BOTH
def test_whoever_enters_the_national_system_has_whole_ids(desk: Callable[[str], Desk], of_fund: bool) -> None:
    relief, membership = desk("relief"), desk("membership")
    money = fund(relief)
    batch = paid(relief, money, workers(membership, 2))
    operation = "download_fund_identities" if of_fund else "download_batch_identities"
    path = {"fund_id": money["id"]} if of_fund else batch.path
    *rows, total = listed(relief, operation, path, who=EXCHANGE, **UPLOAD)
    with membership.database.read() as connection:
        known = {(row.name, row.id_number) for row in connection.execute(select(vault.c.name, vault.c.id_number))}
    assert ({(row[1], row[2]) for row in rows}, total[2]) == (known, "2 人")
    assert all(len(row[2]) == 18 for row in rows)


@BOTH
def test_the_purpose_is_asked_and_kept_on_both_sides(desk: Callable[[str], Desk], of_fund: bool) -> None:
    relief, membership = desk("relief"), desk("membership")
    money = fund(relief)
    batch = paid(relief, money, workers(membership, 1))
    operation = "download_fund_identities" if of_fund else "download_batch_identities"
    path = {"fund_id": money["id"]} if of_fund else batch.path
    assert pointers(relief.refused(operation, SENDER, path=path)) == ["/purpose"]
    assert (trail(relief, "download_identified_names"), trail(membership, "identify_payees")) == ([], [])
    listed(relief, operation, path, who=SENDER, **UPLOAD)
    (taken,), (told,) = trail(relief, "download_identified_names"), trail(membership, "identify_payees")
    assert (taken["actor"], told["subject_id"]) == (SENDER.account_id, next(iter(path.values())))
    for entry in (taken, told):
        assert UPLOAD["purpose"] in entry["detail"]


@pytest.mark.parametrize("operation", ["download_batch_identities", "download_fund_identities"])
def test_who_may_have_whole_ids_is_meant(desk: Callable[[str], Desk], operation: str) -> None:
    row = desk("relief").definition.contract.operation(operation)
    assert row is not None
    assert row.roles == {Role.CASHIER, Role.EXCHANGE_OFFICER}
