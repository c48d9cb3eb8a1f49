"""A batch from the list to the archive."""

from __future__ import annotations

from collections.abc import Callable

from tests.services.desks import Desk
from tests.services.relief.payments.bank import (
    AUDITOR,
    SENDER,
    answer,
    filled,
    lines,
    workers,
)
from tests.services.relief.samples import assert_sound, fund, get_fund


def test_a_list_is_paid_to_the_last_fen(desk: Callable[[str], Desk]) -> None:
    relief, money = desk("relief"), fund(desk("relief"))
    batch = filled(relief, money, lines(workers(desk("membership"), 3)))
    assert get_fund(relief, money["id"])["reserved_fen"] == 30_000
    batch.send()
    assert {row["state"] for row in batch.rows()} == {"SENT"}
    (file,) = batch.files()
    batch.told(answer(batch.content(file["id"]), lambda _: "成功"))
    assert (batch.now["state"], batch.now["paid_fen"], batch.now["paid_count"]) == ("SETTLED", 30_000, 3)
    assert {row["state"] for row in batch.rows()} == {"PAID"}
    assert get_fund(relief, money["id"])["paid_fen"] == 30_000
    batch.must("reconcile_payment_batch", SENDER, statement_no="DZ-1", debited_fen=30_000)
    batch.must("archive_payment_batch", AUDITOR)
    assert batch.now["state"] == "ARCHIVED"
    assert_sound(relief, money["id"])
    kinds = [event["type"].split(".")[1] for event in relief.told() if "payment" in event["type"]]
    assert kinds == ["payment_batch_drafted", "payment_batch_checked", "payment_batch_approved", "payment_batch_sent",
                     "payments_settled", "payment_batch_settled", "payment_batch_reconciled"]
