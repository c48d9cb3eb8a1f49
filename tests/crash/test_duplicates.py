"""Every event twice and out of order, every command many times at once: the same as once."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from sqlalchemy import text

from shared.runtime.config import Settings
from shared.runtime.operate import UNITS, database
from shared.store.draft_migration import metadata_of
from shared.store.tables import KIT
from tests.crash.books import SETTLE_SECONDS, findings, queued
from tests.crash.shuffling import shuffled, tell_again, told
from tests.crash.telling import ADVANCE_FEN, HEADCOUNT, Telling, secured, tellers
from tests.flows.settled import unsettled
from tests.storm import Storm, until

AT_ONCE = 20
TIMES = 2
REST_SECONDS = 1.0


def everything(settings: Settings) -> dict[str, list[Any]]:
    """Every row of every table of the centre, the kit's own among them."""
    found = {}
    for unit in UNITS:
        with database(settings, unit) as opened, opened.read() as connection:
            for table in (*metadata_of(unit).sorted_tables, *KIT.sorted_tables):
                rows = connection.execute(text(f"select * from {table.name}"))
                found[f"{unit}.{table.name}"] = sorted(map(repr, rows))
    return found


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> list[str]:
    """What is not as it was, row by row: gone (-) and new (+)."""
    return [f"{name} {sign} {row}" for name in before for sign, one, other in (
        ("-", before, after), ("+", after, before)) for row in sorted(set(one[name]) - set(other[name]))]


def at_rest(settings: Settings) -> dict[str, list[Any]]:
    """Every row, when all events are taken and nothing has changed for a while (what is in hand, nobody counts)."""

    def look() -> dict[str, list[Any]] | None:
        if unsettled(settings, SETTLE_SECONDS) or list(queued(settings)):
            return None
        before = everything(settings)
        time.sleep(REST_SECONDS)
        return before if not changed(before, everything(settings)) else None

    found: dict[str, list[Any]] = until("the centre at rest", look)
    return found


@pytest.mark.long
def test_stories_come_right_under_a_broker_that_doubles_and_shuffles(storm: Storm) -> None:
    settings = storm.centre.settings
    with shuffled(settings) as shufflers, tellers(storm.cast, most=3) as telling:
        telling.wait_for(3, 120)
    at_rest(settings)
    found = findings(settings, telling.told, storm.client)
    assert not found, found
    assert len(telling.told) >= 3
    assert sum(one.shuffled for one in shufflers) > 30


def test_events_told_again_change_nothing(storm: Storm) -> None:
    settings = storm.centre.settings
    if not told(settings):
        Telling(storm.cast).tell_one()
    before = at_rest(settings)
    assert tell_again(settings, TIMES) == TIMES * len(told(settings)) > 0
    different = changed(before, at_rest(settings))
    assert not different, "\n".join(different)


def test_a_payment_sent_twenty_times_at_once_pays_once(storm: Storm) -> None:
    story = secured(storm.cast)
    cashier, path = storm.cast["R11"], f"/v1/relief/wage-advances/{story.advance_id}"
    body = {"fund_id": story.fund["id"], "document_no": f"FK-{story.number}"}
    version, key = cashier.reads(path)["version"], f"twenty at once {story.number}"
    start, replies = threading.Barrier(AT_ONCE), []

    def send() -> None:
        start.wait()
        replies.append(cashier.post(f"{path}/disburse", body, version=version, key=key))

    threads = [threading.Thread(target=send) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {reply.status for reply in replies} == {200}
    assert all(reply.data == replies[0].data for reply in replies)
    assert sum("idempotent-replayed" not in reply.headers for reply in replies) == 1
    fund = f"/v1/relief/funds/{story.fund['id']}"
    entries = storm.cast["R12"].reads(f"{fund}/entries", kind="ADVANCED", limit=100)["items"]
    assert (len(entries), sum(entry["amount_fen"] for entry in entries)) == (HEADCOUNT, ADVANCE_FEN)
    assert storm.cast["R12"].reads(f"{fund}/trial-balance")["agrees"]


def test_twenty_different_payments_at_once_pay_once(storm: Storm) -> None:
    """Without a common key the version and the state of the record decide."""
    story = secured(storm.cast)
    cashier, path = storm.cast["R11"], f"/v1/relief/wage-advances/{story.advance_id}"
    version, start, statuses = cashier.reads(path)["version"], threading.Barrier(AT_ONCE), []

    def send(number: int) -> None:
        start.wait()
        body = {"fund_id": story.fund["id"], "document_no": f"FK-{story.number}-{number}"}
        statuses.append(cashier.post(f"{path}/disburse", body, version=version).status)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [412] * (AT_ONCE - 1)
    fund = storm.cast["R12"].reads(f"/v1/relief/funds/{story.fund['id']}")
    assert fund["receivable_fen"] == ADVANCE_FEN
