"""Every state table of every service: each state can be reached, each command is given somewhere, and nothing but a
move of the table changes a state."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest

from shared.kernel import words
from shared.kernel.aggregate import Aggregate
from shared.kernel.states import Machine
from shared.runtime.config import SERVICES


def _kinds(base: type[Aggregate] = Aggregate) -> Iterator[type[Aggregate]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)


for _name in SERVICES:
    import_module(f"services.{_name}.service")
KINDS = sorted({kind for kind in _kinds() if kind.__module__.startswith("services.") and "machine" in vars(kind)},
               key=lambda kind: (kind.__module__, kind.__name__))


def _given(kind: type[Aggregate]) -> set[str]:
    """Every text that the code of the aggregate's folder names: the commands that are given are among them."""
    folder = Path(inspect.getfile(kind)).parent
    return {node.value for path in folder.glob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) for argument in node.args for node in ast.walk(argument)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _reachable(machine: Machine) -> set[str]:
    found, new = {machine.initial}, {machine.initial}
    while new:
        new = {machine.next(state, command) for state in new for command in machine.allowed(state)} - found
        found |= new
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_state_can_be_reached(kind: type[Aggregate]) -> None:
    assert _reachable(kind.machine) == kind.machine.states


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_clerk_reads_its_states_and_commands_in_chinese(kind: type[Aggregate]) -> None:
    names = [*map(words.state, kind.machine.states), *map(words.command, kind.machine.commands)]
    assert [name for name in names if name.isascii()] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_command_is_given_somewhere(kind: type[Aggregate]) -> None:
    assert kind.machine.commands - _given(kind) == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nothing_but_a_move_changes_its_state(kind: type[Aggregate]) -> None:
    bases = [one for one in kind.__mro__ if one.__module__.startswith("services.")]
    nodes = [node for base in bases for node in ast.walk(ast.parse(dedent(inspect.getsource(base))))]
    targets = [target for node in nodes if isinstance(node, ast.Assign) for target in node.targets]
    assert not [one for one in targets if isinstance(one, ast.Attribute) and ast.unparse(one) == "self.state"]
