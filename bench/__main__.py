"""`python -m bench`: measures, prints a table, and writes results/latest.jsonl."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bench.figures import events, gateway, means, memory, payments, relay
from bench.machine import Machine, install_peers
from bench.turns import Figure, Options

LATEST = Path(__file__).parent / "results" / "latest.jsonl"
GROUPS = {
    gateway.measure: ("gateway_read", "gateway_read_cpu_ms", "gateway_write"),
    relay.measure: ("relay",),
    events.measure: ("event_latency_p50_ms", "event_latency_p99_ms"),
    memory.measure: ("resident_mb",),
    payments.measure: ("payment_lines", "payment_batch_10k_s", "payment_line_cost_growth", "payment_batch_100k_mb"),
    means.measure: ("means_tests_11853_s",),
}
NAMES = [name for names in GROUPS.values() for name in names]


@click.command()
@click.option("--only", multiple=True, type=click.Choice(NAMES), help="Measure this figure; repeat for more.")
@click.option("--rounds", type=click.IntRange(1, 100), default=5, show_default=True, help="Turns of each contender.")
@click.option("--seconds", type=click.FloatRange(0.5, 600), default=6.0, show_default=True, help="Length of a turn.")
def main(only: Sequence[str], rounds: int, seconds: float) -> None:
    """Measure the product beside its peers on this machine."""
    install_peers()
    found: list[Figure] = []
    with Machine() as machine:
        for figures in _groups(machine, Options(rounds, seconds), only or NAMES):
            found += figures
            _write(found)
    Console().print(_table(found))


def _groups(machine: Machine, options: Options, wanted: Sequence[str]) -> Iterator[list[Figure]]:
    measure: Callable[[Machine, Options, Callable[[str], bool]], list[Figure]]
    for measure, names in GROUPS.items():
        if set(names) & set(wanted):
            click.echo(f"measuring {', '.join(name for name in names if name in wanted)}")
            yield [figure for figure in measure(machine, options, wanted.__contains__) if figure.name in wanted]


def _write(figures: Sequence[Figure]) -> None:
    text = "".join(json.dumps(figure.line(), ensure_ascii=False) + "\n" for figure in figures)
    LATEST.write_text(text, "utf-8")


def _table(figures: Sequence[Figure]) -> Table:
    table = Table("figure", "ours", "beside", "theirs", "ratio", "p99 ms", "their p99", "goal", "met")
    for line in (figure.line() for figure in figures):
        cells = [line["name"], f"{line['value']:g} {line['unit']}", line["ratio_to"], line.get("peer_value"),
                 line["ratio"], line.get("p99_ms"), line.get("peer_p99_ms"), line["goal"],
                 {True: "yes", False: "NO", None: ""}[line["met"]]]
        table.add_row(*("" if cell is None else str(cell) for cell in cells))
    return table


if __name__ == "__main__":
    main()
