"""gunicorn's settings. Read in the master before gevent patches anything, so it imports nothing of the product but
the worker, which imports nothing else of it."""

# ruff: noqa: N999
from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

# psycopg's own wait is C code that would stop every green thread of the worker
os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"

_data = Path(os.environ.get("BANGFU_DATA") or "var").absolute()
_metrics = _data / "metrics" / "gateway"

bind = f"{os.environ.get('BANGFU_HOST') or '127.0.0.1'}:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("BANGFU_GATEWAY_WORKERS") or 1)
worker_class = "gateway.worker.Worker"
worker_connections = 500
wsgi_app = "gateway.wsgi:app"
preload_app = False  # connections and keys belong to a worker
control_socket_disable = True  # needs a writable home, which a read-only container has not
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a heartbeat file, no data

timeout = 60
graceful_timeout = 20
keepalive = 30
backlog = 512

limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190

accesslog = None  # BANGFU_ACCESS_LOG=1 logs each request with its trace id instead
errorlog = "-"
loglevel = "warning"
proc_name = "bangfu-gateway"
server_software = "bangfu"
forwarded_allow_ips = ""  # BANGFU_TRUSTED_PROXIES says how many proxies are believed

if workers > 1:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_metrics)


def on_starting(_server: Any) -> None:
    """Begin with empty counters: those of workers long gone would be added up for ever."""
    if workers > 1:
        shutil.rmtree(_metrics, ignore_errors=True)
        _metrics.mkdir(parents=True)


def post_worker_init(worker: Any) -> None:
    """Connect after the fork, before the first request."""
    from shared.runtime.collector import leave_what_started

    worker.wsgi.start(wait_seconds=2)
    leave_what_started()


def child_exit(_server: Any, worker: Any) -> None:
    """Forget the gauges of a worker that is gone."""
    if workers > 1:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)


def worker_exit(_server: Any, worker: Any) -> None:
    """Let go of broker and database."""
    if getattr(worker, "wsgi", None) is not None:
        worker.wsgi.close()
