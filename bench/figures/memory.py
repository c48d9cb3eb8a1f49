"""What the whole product holds in memory: all services in one process, and the gateway."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec

from bench.centre import Centre
from bench.machine import TOP, Machine, family
from bench.turns import Figure, Options
from shared.runtime.config import SERVICES

GOAL_MB = 400
DEMO = "shared.runtime.demo.__main__"
DEMO_SECONDS = 600
MB = 1_000_000


def measure(machine: Machine, _options: Options, _wanted: Callable[[str], bool]) -> list[Figure]:
    """`resident_mb`."""
    with Centre(machine, SERVICES) as centre:
        has_demo = find_spec(DEMO) is not None
        if has_demo:
            subprocess.run([sys.executable, "-m", "shared.runtime.demo"], env=centre.environment, cwd=TOP, check=True,
                           stdout=subprocess.DEVNULL, timeout=DEMO_SECONDS)
        processes = family(centre.pids)
        resident = sum(process.memory_info().rss for process in processes) / MB
        shared_out = sum(process.memory_full_info().pss for process in processes) / MB
    return [Figure("resident_mb", resident, "MB", None, None, f"under {GOAL_MB} MB", resident < GOAL_MB,
                   {"after": "demo" if has_demo else "start", "processes": len(processes), "pss_mb": shared_out})]
