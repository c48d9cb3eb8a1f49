"""The `bangfu` command: for whoever operates a centre."""

from shared.runtime.cli.group import main

__all__ = ["main"]
