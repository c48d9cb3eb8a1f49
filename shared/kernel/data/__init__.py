"""Dated tables the kernel reads: rules and holidays are data, with the document each comes from."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

Stamp = tuple[str, int]
"""A file and when it was last written (ns): changes when the file does, so it keys a cache."""

_HERE = Path(__file__).parent


def stamps(name: str, variable: str) -> tuple[Stamp, ...]:
    """The table that ships with the product and, after it, the one the environment variable names. Raises OSError."""
    files = [str(_HERE / name), os.environ.get(variable, "")]
    return tuple((file, Path(file).stat().st_mtime_ns) for file in files if file)


class RuleTableError(ValueError):
    """A rule file cannot be used. It names the file or the series, and the days."""


@lru_cache(maxsize=16)
def read(stamp: Stamp) -> Any:
    """The content of a YAML file. Raises OSError, RuleTableError."""
    try:
        return yaml.safe_load(Path(stamp[0]).read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise RuleTableError(f"{stamp[0]} cannot be read: {' '.join(str(error).split())}") from error
