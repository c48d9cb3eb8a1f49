"""What the states and commands of the state tables are called in Chinese; `words.yaml` has the list."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def _words() -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return read


def state(code: str) -> str:
    """The name of a state; its code when nobody named it."""
    return _words()["states"].get(code, code)


def command(code: str) -> str:
    """The name of a command; its code when nobody named it."""
    return _words()["commands"].get(code, code)
