"""The first commands on a new machine: what they say when they cannot go on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
NOBODY = "65534"


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env={**os.environ, **environment}, cwd=TOP, capture_output=True, text=True, timeout=60
    )


def test_help_explains_every_target() -> None:
    targets = re.findall(r"^([a-z-]+):", (TOP / "Makefile").read_text("utf-8"), re.M)
    printed = run("make", "help").stdout
    assert {"run", "test", "test-long", "lint", "lock", "help"} <= set(targets)
    assert all(f"make {target} " in printed for target in targets)


def test_the_integration_server_runs_what_a_contributor_runs() -> None:
    script = TOP / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").rstrip().endswith("exec make test")


def test_a_python_that_is_too_old_is_told() -> None:
    result = run("scripts/bootstrap", "run", PYTHON="/bin/false")
    assert result.returncode == 1
    assert "3.11" in result.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user without rights")
def test_without_rights_the_line_for_the_administrator_is_printed(server_folder: Path) -> None:
    script = shutil.copy(TOP / "scripts" / "apt-install", server_folder / "apt-install")
    tools = server_folder / "tools"
    tools.mkdir()
    for tool in ("bash", "env", "id"):
        (tools / tool).symlink_to(str(shutil.which(tool)))
    setpriv = str(shutil.which("setpriv"))
    result = run(
        setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--", script, "rabbitmq-server",
        PATH=str(tools),
    )  # fmt: skip
    assert result.returncode == 3
    assert "apt-get install -y --no-install-recommends rabbitmq-server" in result.stderr
