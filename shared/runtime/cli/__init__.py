"""The `bangfu` command: for whoever operates a centre."""

from shared.runtime.cli.main import main

__all__ = ["main"]
