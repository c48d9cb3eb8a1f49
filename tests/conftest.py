"""Servers for the tests: given ones, else private ones started when first needed; nothing may be left running."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import psutil
import pytest

from shared.runtime.collector import leave_what_started
from shared.runtime.servers.postgresql import PrivatePostgreSQL
from shared.runtime.servers.rabbitmq import PrivateRabbitMQ

if TYPE_CHECKING:
    from tests.stage import Stage
    from tests.storm import Storm

pytest_plugins = ["tests.sharing"]

# how long an example takes says nothing on a machine that runs other things too
hypothesis.settings.register_profile("bangfu", deadline=None)
hypothesis.settings.load_profile("bangfu")

RUN_VARIABLE = "BANGFU_TEST_RUN"


def pytest_collection_finish() -> None:
    """What collecting made stays to the end: looking through it again and again took a quarter of the time."""
    leave_what_started()


@pytest.fixture(scope="session", autouse=True)
def no_process_left() -> Iterator[None]:
    """At the end nothing runs any more that a test of this session started, directly or not."""
    os.environ[RUN_VARIABLE] = run = uuid.uuid4().hex
    yield
    left = list(_processes_of(run))
    names = [f"{process.pid} {' '.join(process.cmdline())[:120]}" for process in left]
    for process in left:
        process.kill()
    assert not names, "left running:\n" + "\n".join(names)


@pytest.fixture(scope="session")
def server_folder(no_process_left: None) -> Iterator[Path]:
    """A folder that the user `postgres` may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="bangfu-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def amqp_url(server_folder: Path) -> Iterator[str]:
    """A RabbitMQ: TEST_AMQP_URL, or one of our own for the whole session."""
    if given := os.environ.get("TEST_AMQP_URL"):
        yield given
        return
    with PrivateRabbitMQ(server_folder / "rabbitmq") as broker:
        yield broker.url


@pytest.fixture(scope="session")
def postgres_url(server_folder: Path) -> Iterator[str]:
    """A PostgreSQL whose user may create databases: TEST_DATABASE_URL, or one of our own for the whole session."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with PrivatePostgreSQL(server_folder / "postgresql", fsync=False) as server:
        yield server.url


@pytest.fixture(scope="session")
def storm(server_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storm]:
    """A centre on servers of its own, for the tests that break it; each leaves it whole."""
    from tests.storm import brewed

    with brewed(server_folder, tmp_path_factory.mktemp("storm")) as one:
        yield one


@pytest.fixture(scope="session")
def stage(server_folder: Path, postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A centre on a broker of its own in which every story was told: for who may see what, and for fuzzing. On
    PostgreSQL, which is stricter than SQLite about lengths, large numbers and odd characters."""
    from tests.databases import fresh_url
    from tests.stage import staged

    with (PrivateRabbitMQ(server_folder / "stage") as broker, fresh_url("postgresql", postgres_url) as url,
          staged(tmp_path_factory.mktemp("stage"), broker.url, url) as one):
        yield one


def _processes_of(run: str) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        try:
            if process.environ().get(RUN_VARIABLE) == run and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except psutil.Error:
            continue
