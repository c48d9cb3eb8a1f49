"""How fast an outbox is emptied."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from kombu import Connection, Queue, binding

from bench.machine import TOP, Machine
from bench.turns import Figure, Options, take_turns
from shared.bus.topology import EVENTS

EVENTS_OF_OURS, EVENTS_OF_THEIRS = 20_000, 3_000
MOST_SECONDS = 300
GOAL = 5.0
QUEUE = "bench.relay"


@dataclass(frozen=True)
class Run:
    events: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.events / self.seconds


def measure(machine: Machine, options: Options, _wanted: Callable[[str], bool]) -> list[Figure]:
    """`relay`."""
    with Connection(machine.broker.url) as connection:
        queue = Queue(QUEUE, bindings=[binding(EVENTS, routing_key="membership.#")], durable=True,
                      queue_arguments={"x-queue-type": "quorum"})(connection.default_channel)
        queue.declare()

        def run(module: str, events: int) -> Run:
            found = _run(machine, module, events)
            arrived = queue.purge()
            assert arrived == events, f"{arrived} of {events} events arrived"
            return found

        rounds = take_turns(options, {"bangfu": lambda _: run("bench.relaying", EVENTS_OF_OURS),
                                      "confirm each": lambda _: run("bench.peers.confirming", EVENTS_OF_THEIRS)})
        queue.delete()
    ratio = rounds.ratio("bangfu", "confirm each", lambda one: one.per_second)
    return [Figure("relay", rounds.median("bangfu", lambda one: one.per_second), "events/s", "confirm_per_message",
                   ratio, f"ratio ≥ {GOAL}", ratio >= GOAL,
                   {"peer_value": rounds.median("confirm each", lambda one: one.per_second),
                    "events": EVENTS_OF_OURS, "peer_events": EVENTS_OF_THEIRS, "rounds": options.rounds})]


def _run(machine: Machine, module: str, events: int) -> Run:
    machine.checkpoint()
    environment = {**machine.peer_environment(0), "RELAY_SCHEMA": "relay", "RELAY_EVENTS": str(events)}
    told = subprocess.run([sys.executable, "-W", "ignore", "-m", module], env=environment, cwd=TOP, text=True,
                          stdout=subprocess.PIPE, timeout=MOST_SECONDS, check=True)
    return Run(**json.loads(told.stdout))
