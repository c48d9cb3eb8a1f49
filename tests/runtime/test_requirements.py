"""The locks and the packaging: nothing in them ties the product to one registry or one machine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
LOCKS = [TOP / "requirements" / name for name in ("run.lock", "dev.lock")]


def pins(lock: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", lock.read_text("utf-8"), re.M):
        found.setdefault(name, []).append(version)
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_registry_and_no_folder(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert not re.search(r"://|find-links|index-url|(^|\s)(/|\.\./)", text, re.M)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_a_hash(lock: Path) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text("utf-8"))
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)


def test_tests_run_on_the_versions_that_are_delivered() -> None:
    run, dev = map(pins, LOCKS)
    assert run
    assert {name: dev.get(name) for name in run} == run


def test_what_is_asked_for_is_locked() -> None:
    wanted = re.findall(r"^([A-Za-z][A-Za-z0-9_.-]*)", (TOP / "requirements" / "run.in").read_text("utf-8"), re.M)
    locked = {name.lower().replace("_", "-") for name in pins(LOCKS[0])}
    assert {name.lower().replace("_", "-") for name in wanted} <= locked
    assert "nameko==2.14.1" in LOCKS[0].read_text("utf-8")


def test_the_project_itself_asks_for_nothing_beside_the_locks() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    assert "dependencies" not in project
