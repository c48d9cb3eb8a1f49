"""Reads and writes through the door: HTTP → bus → service → PostgreSQL, and back."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count

from bench import load
from bench.centre import Centre
from bench.contenders import Contender, faststream, nameko_http
from bench.machine import Machine, cpu_seconds
from bench.turns import Figure, Options, Rounds, take_turns

CONNECTIONS = 16
EMPLOYERS = 500
WARM_UP_SECONDS = 2.0
#: more than any contender writes in a second
MOST_WRITES_PER_SECOND = 1_500
READ_GOAL, WRITE_GOAL = 1.5, 1.2

_numbers = count(1)


@dataclass(frozen=True)
class Run:
    """One contender's turn. `cpu_ms` is door, service and broker, a request."""

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float


def measure(machine: Machine, options: Options, wanted: Callable[[str], bool]) -> list[Figure]:
    """`gateway_read`, `gateway_read_cpu_ms`, `gateway_write`."""
    with ExitStack() as running:
        ours = running.enter_context(Centre(machine, ("membership",)))
        ids = _some_employers(machine, ours)
        fast = running.enter_context(faststream(machine))
        fast.wait_until_it_reads(ids[0])
        figures: list[Figure] = []
        if wanted("gateway_read") or wanted("gateway_read_cpu_ms"):
            with nameko_http(machine) as stock:
                stock.wait_until_it_reads(ids[0])
                figures += _read_figures(_reads(machine, options, ids, [ours, stock, fast]))
        if wanted("gateway_write"):
            figures.append(_write_figure(_writes(machine, options, [ours, fast])))
        return figures


def _reads(machine: Machine, options: Options, ids: list[str], contenders: list[Contender]) -> Rounds[Run]:
    def job(of: Contender, seconds: float) -> load.Job:
        return load.Job(of.port, CONNECTIONS, seconds, [of.read(one) for one in random.sample(ids, len(ids))], 200)

    runs = {one.name: lambda _, one=one: _run(machine, one, job(one, options.seconds)) for one in contenders}
    warm = [lambda one=one: load.run(job(one, WARM_UP_SECONDS)) for one in contenders]
    return take_turns(options, runs, warm)


def _some_employers(machine: Machine, ours: Contender) -> list[str]:
    requests = [ours.write(next(_numbers)) for _ in range(EMPLOYERS)]
    load.run(load.Job(ours.port, CONNECTIONS, 60, requests, 201, again=False))
    machine.sql("vacuum analyze membership.employers")
    return [row[0] for row in machine.sql("select id from membership.employers")]


def _writes(machine: Machine, options: Options, contenders: list[Contender]) -> Rounds[Run]:
    def job(of: Contender, seconds: float) -> load.Job:
        requests = [of.write(next(_numbers)) for _ in range(int(seconds * MOST_WRITES_PER_SECOND))]
        return load.Job(of.port, CONNECTIONS, seconds, requests, 201, again=False)

    runs = {one.name: lambda _, one=one: _run(machine, one, job(one, options.seconds)) for one in contenders}
    warm = [lambda one=one: load.run(job(one, WARM_UP_SECONDS)) for one in contenders]
    return take_turns(options, runs, warm)


def _run(machine: Machine, one: Contender, job: load.Job) -> Run:
    machine.checkpoint()
    before = cpu_seconds(one.pids) + machine.broker_cpu_seconds()
    seen = load.run(job)
    used = cpu_seconds(one.pids) + machine.broker_cpu_seconds() - before
    return Run(seen.per_second, seen.p50_ms, seen.p99_ms, used * 1000 / seen.requests)


def _read_figures(rounds: Rounds[Run]) -> list[Figure]:
    peers = [name for name in rounds.found if name != Centre.name]
    return [*(_rate("gateway_read", rounds, peer, READ_GOAL) for peer in sorted(peers, reverse=True)),
            *(_cpu(rounds, peer) for peer in sorted(peers, reverse=True))]


def _write_figure(rounds: Rounds[Run]) -> Figure:
    return _rate("gateway_write", rounds, "faststream", WRITE_GOAL)


def _rate(name: str, rounds: Rounds[Run], peer: str, goal: float) -> Figure:
    ratio = rounds.ratio(Centre.name, peer, lambda run: run.per_second)
    p99, peer_p99 = (rounds.median(one, lambda run: run.p99_ms) for one in (Centre.name, peer))
    return Figure(name, rounds.median(Centre.name, lambda run: run.per_second), "req/s", peer, ratio,
                  f"ratio ≥ {goal}, p99 no worse", ratio >= goal and p99 <= peer_p99,
                  {"peer_value": rounds.median(peer, lambda run: run.per_second),
                   "p50_ms": rounds.median(Centre.name, lambda run: run.p50_ms), "p99_ms": p99, "peer_p99_ms": peer_p99,
                   "cpu_ms": rounds.median(Centre.name, lambda run: run.cpu_ms),
                   "peer_cpu_ms": rounds.median(peer, lambda run: run.cpu_ms),
                   "connections": CONNECTIONS, "rounds": len(rounds.found[peer])})


def _cpu(rounds: Rounds[Run], peer: str) -> Figure:
    return Figure("gateway_read_cpu_ms", rounds.median(Centre.name, lambda run: run.cpu_ms), "ms/request", peer,
                  rounds.ratio(Centre.name, peer, lambda run: run.cpu_ms), "", None,
                  {"peer_value": rounds.median(peer, lambda run: run.cpu_ms), "connections": CONNECTIONS,
                   "rounds": len(rounds.found[peer])})
