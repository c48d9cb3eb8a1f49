"""The door as it is run: gunicorn with gevent workers, in processes of its own."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from shared.runtime.servers.ports import free_port
from shared.runtime.servers.process import Process
from tests.gateway.conftest import PASSWORD
from tests.gateway.test_bus import ROOT, tiny_process

SERVE = "from gateway.app import create_app\nfrom shared.runtime import logging\n" \
        "from shared.runtime.config import Settings\nfrom tests.gateway.tiny import CONTRACT\n" \
        "logging.set_up('text', service='gateway')\napp = create_app(Settings.read(), {'tiny': CONTRACT})\n"


@pytest.fixture(scope="module")
def door(prepared: Path, tmp_path_factory: pytest.TempPathFactory, amqp_url: str) -> Iterator[str]:
    """Address of a door with two workers and the tiny service behind it."""
    folder, port = tmp_path_factory.mktemp("gunicorn"), free_port()
    data = folder / "var"
    shutil.copytree(prepared, data)
    (folder / "tiny_wsgi.py").write_text(SERVE)
    path = os.pathsep.join([str(ROOT), str(folder), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "PORT": str(port), "BANGFU_DATA": str(data),
                   "AMQP_URL": amqp_url, "BANGFU_GATEWAY_WORKERS": "2", "BANGFU_ARGON2": "8,1,1",
                   "BANGFU_RATE_PER_MINUTE": "100000", "BANGFU_SIGN_IN_PER_MINUTE": "1000"}
    gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "-c", str(ROOT / "gateway" / "gunicorn.conf.py"),
                "tiny_wsgi:app"]
    address = f"http://127.0.0.1:{port}"
    with (tiny_process(amqp_url, data),
          Process("gunicorn", gunicorn, env=environment, log=folder / "gunicorn.log", cwd=ROOT) as process):
        process.wait_ready(lambda: answers(f"{address}/readyz"), 60)
        yield address
        assert process.pid is not None
        idle = [requests.Session() for _ in range(4)]  # as browsers do, they keep their connections
        assert {one.get(f"{address}/healthz", timeout=3).status_code for one in idle} == {200}
        os.kill(process.pid, signal.SIGTERM)
        until = time.monotonic() + 5
        while process.exit_code() is None and time.monotonic() < until:
            time.sleep(0.05)
        assert process.exit_code() == 0, process.tail()
        assert "Traceback" not in process.tail()


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=3).status_code == 200
    except (requests.ConnectionError, requests.Timeout):
        return False


@pytest.fixture(scope="module")
def token(door: str) -> str:
    answer = requests.post(f"{door}/v1/sign-in", json={"name": "clerk", "password": PASSWORD}, timeout=10)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def test_slow_answers_do_not_hold_up_the_others(door: str, token: str) -> None:
    def ask(path: str) -> int:
        return requests.get(f"{door}{path}", headers={"Authorization": f"Bearer {token}"}, timeout=10).status_code

    with ThreadPoolExecutor(8) as pool:
        slow = [pool.submit(ask, "/v1/tiny/sleep?seconds=1.5") for _ in range(2)]
        time.sleep(0.2)
        began = time.monotonic()
        assert {ask("/v1/me") for _ in range(40)} == {200}
        assert time.monotonic() - began < 1.2
        assert not any(call.done() for call in slow)
        assert {call.result() for call in slow} == {200}


def test_metrics_add_up_over_the_workers(door: str, token: str) -> None:
    def counted() -> float:
        prefix = 'bangfu_gateway_request_seconds_count{operation="get_me",service="session",status="200"}'
        lines = requests.get(f"{door}/metrics", timeout=10).text.splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(prefix))

    before = counted()
    for _ in range(10):
        requests.get(f"{door}/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=10)
    assert counted() == before + 10


def test_sign_out_reaches_the_other_worker(door: str) -> None:
    answer = requests.post(f"{door}/v1/sign-in", json={"name": "director", "password": PASSWORD}, timeout=10)
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    for _ in range(20):  # so that both workers remember the token
        assert requests.get(f"{door}/v1/me", headers=headers, timeout=10).status_code == 200
    requests.post(f"{door}/v1/sign-out", headers=headers, timeout=10)
    time.sleep(2)
    assert {requests.get(f"{door}/v1/me", headers=headers, timeout=10).status_code for _ in range(20)} == {401}


def test_limits_on_line_and_headers(door: str) -> None:
    assert requests.get(f"{door}/v1/me?{'x' * 5_000}", timeout=10).status_code in (400, 414)
    assert requests.get(f"{door}/v1/me", headers={"X": "x" * 9_000}, timeout=10).status_code in (400, 431)
