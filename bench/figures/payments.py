"""Payment batches: lists of ten thousand lines, the memory and the cost of a hundred thousand."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.bridge import Bridge, bridge
from bench.centre import Centre
from bench.machine import BRIDGE, BRIDGE_REQUIREMENTS, Machine, cpu_seconds, family, install_peers
from bench.paying import A_REQUEST, Office, opened
from bench.turns import Figure, Options, Rounds, take_turns

LINES_GOAL, GROWTH_GOAL, MEMORY_GOAL_MB = 2.0, 1.5, 500
SMALL, LARGE = 1_000, 100_000
KB = 1_000


@dataclass(frozen=True)
class Cost:
    """What one batch took: of the clock, and of the processors (gateway, services, PostgreSQL), a line in ms."""

    seconds: float
    cpu_ms: float


def measure(machine: Machine, options: Options, wanted: Callable[[str], bool]) -> list[Figure]:
    """`payment_lines`, `payment_batch_10k_s`, `payment_line_cost_growth`, `payment_batch_100k_mb`."""
    figures: list[Figure] = []
    with Centre(machine, ("membership", "relief")) as centre:
        office = opened(centre)
        if wanted("payment_lines"):
            install_peers(BRIDGE, BRIDGE_REQUIREMENTS)
            with bridge(machine) as peer:
                figures.append(_lines_figure(_lines(machine, options, office, peer)))
        if wanted("payment_batch_10k_s"):
            figures.append(_whole(options, office))
        if wanted("payment_line_cost_growth") or wanted("payment_batch_100k_mb"):
            figures += _large(machine, options, office)
    return figures


def _lines(machine: Machine, options: Options, office: Office, peer: Bridge) -> Rounds[float]:
    """Lines a second that are accepted, ten thousand in one request."""

    def ours(_round: int) -> float:
        path, body = office.draft(A_REQUEST), office.body(0, A_REQUEST)
        return _timed(machine, lambda: office.send(path, body))

    def theirs(_round: int) -> float:
        body = peer.lines(peer.envelope(A_REQUEST), A_REQUEST)
        return _timed(machine, lambda: peer.store(body))

    return take_turns(options, {Centre.name: ours, Bridge.name: theirs}, [lambda: ours(0), lambda: theirs(0)])


def _timed(machine: Machine, send: Callable[[], None]) -> float:
    machine.checkpoint()
    began = time.perf_counter()
    send()
    return A_REQUEST / (time.perf_counter() - began)


def _lines_figure(rounds: Rounds[float]) -> Figure:
    ratio = rounds.ratio(Centre.name, Bridge.name, lambda one: one)
    return Figure("payment_lines", rounds.median(Centre.name, lambda one: one), "lines/s", Bridge.name, ratio,
                  f"ratio ≥ {LINES_GOAL:g}", ratio >= LINES_GOAL,
                  {"peer_value": rounds.median(Bridge.name, lambda one: one), "lines": A_REQUEST,
                   "rounds": len(rounds.found[Bridge.name])})


def _whole(options: Options, office: Office) -> Figure:
    """Propose, check, approve, bank file, return file, reconciled."""
    runs = [office.whole(A_REQUEST) for _ in range(options.rounds)]
    steps = {f"{step}_s": median(run[step] for run in runs) for step in runs[0]}
    return Figure("payment_batch_10k_s", median(sum(run.values()) for run in runs), "s", None, None, "", None,
                  {**steps, "lines": A_REQUEST, "rounds": options.rounds})


def _large(machine: Machine, options: Options, office: Office) -> list[Figure]:
    small = [_cost(machine, office, SMALL) for _ in range(max(3, options.rounds))]
    for process in family(office.centre.pids):
        Path(f"/proc/{process.pid}/clear_refs").write_text("5")  # forget the peak so far
    large = _cost(machine, office, LARGE)
    services = [_peak_mb(process.pid) for process in family(office.centre.pids)]
    growth = large.cpu_ms / median(one.cpu_ms for one in small)
    clock = (large.seconds / LARGE) / median(one.seconds / SMALL for one in small)
    return [
        Figure("payment_line_cost_growth", growth, "×", None, None, f"at most {GROWTH_GOAL}", growth <= GROWTH_GOAL,
               {"cpu_ms_small": median(one.cpu_ms for one in small), "cpu_ms_large": large.cpu_ms,
                "by_the_clock": clock, "lines_small": SMALL, "lines_large": LARGE, "seconds_large": large.seconds}),
        Figure("payment_batch_100k_mb", max(services), "MB", None, None, f"under {MEMORY_GOAL_MB} MB",
               max(services) < MEMORY_GOAL_MB, {"lines": LARGE, "all_processes_mb": sum(services)})]


def _cost(machine: Machine, office: Office, count: int) -> Cost:
    machine.checkpoint()
    pids = [*office.centre.pids, machine.database.pid or 0]
    before, began = cpu_seconds(pids), time.perf_counter()
    office.whole(count)
    return Cost(time.perf_counter() - began, (cpu_seconds(pids) - before) * 1000 / count)


def _peak_mb(pid: int) -> float:
    """The most a process held at once since the peak was forgotten."""
    status = Path(f"/proc/{pid}/status").read_text("ascii", errors="replace")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) * 1.024 / KB
