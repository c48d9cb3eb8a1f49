"""How long it takes from a commit in one service to its effect in another, when there is nothing else to do."""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.centre import Centre
from bench.machine import PEERS, TOP, Machine, python_process
from bench.turns import Figure, Options, take_turns
from shared.runtime.demo.api import until

SERVICES = ("membership", "reception", "reporting")
PAUSE_SECONDS = 0.05
EVENTS_PER_ROUND = 120
ARRIVE_SECONDS = 30.0
P50_GOAL, P99_GOAL_MS = 3.0, 150.0

#: what the commit of the visit and the commit of its fact lie apart, by PostgreSQL's own commit times; the audit row
#: carries the transaction of the visit, because nothing ever changes it
APART = """
    select extract(epoch from pg_xact_commit_timestamp(facts.xmin) - pg_xact_commit_timestamp(audit.xmin)) * 1000
    from reporting.facts join reception.outbox using (event_id)
    join reception.audit on audit.subject_id = outbox.subject and audit.action = 'register_visit'
    where outbox.position > {after}"""


@dataclass(frozen=True)
class Run:
    p50_ms: float
    p99_ms: float


def measure(machine: Machine, options: Options, _wanted: Callable[[str], bool]) -> list[Figure]:
    """`event_latency_p50_ms`, `event_latency_p99_ms`."""
    environment = machine.peer_environment(0)
    handler = python_process(machine, "faststream-handler", ["-m", "bench.peers.fast_handler"], environment, peers=True)
    with handler, Centre(machine, SERVICES) as ours:
        rounds = take_turns(options, {"bangfu": lambda _: _ours(machine, ours),
                                      "faststream": lambda _: _theirs(environment)},
                            [lambda: _ours(machine, ours), lambda: _theirs(environment)])
    p50, peer_p50 = (rounds.median(name, lambda run: run.p50_ms) for name in ("bangfu", "faststream"))
    p99, peer_p99 = (rounds.median(name, lambda run: run.p99_ms) for name in ("bangfu", "faststream"))
    ratio = rounds.ratio("bangfu", "faststream", lambda run: run.p50_ms)
    more: dict[str, float | int | str] = {"events": EVENTS_PER_ROUND, "pause_ms": PAUSE_SECONDS * 1000,
                                          "rounds": options.rounds}
    return [Figure("event_latency_p50_ms", p50, "ms", "faststream", ratio, f"ratio ≤ {P50_GOAL}", ratio <= P50_GOAL,
                   {"peer_value": peer_p50, **more}),
            Figure("event_latency_p99_ms", p99, "ms", "faststream",
                   rounds.ratio("bangfu", "faststream", lambda run: run.p99_ms), f"under {P99_GOAL_MS:g} ms",
                   p99 < P99_GOAL_MS, {"peer_value": peer_p99, **more})]


def _ours(machine: Machine, ours: Centre) -> Run:
    after = machine.sql("select coalesce(max(position), 0) from reception.outbox")[0][0]
    for _ in range(EVENTS_PER_ROUND):
        time.sleep(PAUSE_SECONDS)
        ours.clerk.does("/v1/reception/visits", {"channel": "WINDOW", "categories": ["COUNSELLING"], "summary": "咨询"})

    def arrived() -> list[float]:
        rows = machine.sql(APART.format(after=after))
        return [float(row[0]) for row in rows] if len(rows) >= EVENTS_PER_ROUND else []

    return _run(until("the visits are counted", arrived, ARRIVE_SECONDS))


def _theirs(environment: dict[str, str]) -> Run:
    told = {**environment, "EVENTS": str(EVENTS_PER_ROUND), "PAUSE_SECONDS": str(PAUSE_SECONDS)}
    seen = subprocess.run([str(PEERS / "bin" / "python"), "-m", "bench.peers.fast_publisher"], env=told, cwd=TOP,
                          stdout=subprocess.PIPE, text=True, check=True, timeout=ARRIVE_SECONDS * 3)
    return _run(json.loads(seen.stdout))


def _run(latencies_ms: list[float]) -> Run:
    points = statistics.quantiles(latencies_ms, n=100, method="inclusive")
    return Run(points[49], points[98])
