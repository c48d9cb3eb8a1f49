"""F1 over and over while processes and servers die: nothing is lost, nothing happens twice, all settles by itself."""

from __future__ import annotations

import signal
import sys
import time

import pytest

from tests.crash.books import findings
from tests.crash.telling import Telling, tellers
from tests.storm import PROCESSES, Storm
from tests.stubborn import tally

#: between two kills, so that the next one finds the centre at work or half recovered
BREATH_SECONDS = 1.0


def judge(storm: Storm, telling: Telling, began: float) -> None:
    """All is ready and right again; the figures go into the report of the run."""
    storm.recovered()
    found = findings(storm.centre.settings, telling.told, storm.client)
    sys.stdout.write(f"{len(telling.told)} stories in {time.monotonic() - began:.0f} s, "
                     f"answers {tally(storm.client.tries)}\n")
    assert not found, "\n".join(found[:20]) + storm.centre.logs()
    assert telling.told


def test_a_storm(storm: Storm) -> None:
    """kill -9 of each process in turn, of the gateway's worker alone, and of the broker and the database while the
    others still come back."""
    began = time.monotonic()
    with tellers(storm.cast) as telling:
        time.sleep(BREATH_SECONDS)
        for name in PROCESSES[:5]:
            storm.kill(name)
            time.sleep(BREATH_SECONDS)
        storm.kill_worker()
        with storm.no_database(signal.SIGQUIT):
            time.sleep(BREATH_SECONDS)
        for name in PROCESSES[5:]:
            storm.kill(name)
            time.sleep(BREATH_SECONDS)
        with storm.no_broker(signal.SIGKILL):
            pass
    judge(storm, telling, began)


@pytest.mark.long
def test_a_long_storm(storm: Storm) -> None:
    """Each process several times, each server in each way, with stories told in between."""
    began = time.monotonic()
    with tellers(storm.cast) as telling:
        for number in (signal.SIGTERM, signal.SIGKILL):
            for name in PROCESSES:
                storm.kill(name)
                telling.wait_for(2, 20)
            with storm.no_broker(number):
                time.sleep(BREATH_SECONDS)
            telling.wait_for(5, 30)
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with storm.no_database(number):
                time.sleep(BREATH_SECONDS)
            telling.wait_for(5, 30)
        storm.serving("gateway")
        storm.kill_worker()
        for name in reversed(PROCESSES):
            storm.kill(name)
    judge(storm, telling, began)
    assert len(telling.told) > 30
