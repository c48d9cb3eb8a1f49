"""Stock nameko: a service that reads one employer by RPC. Nobody is asked who they are, nothing is checked."""

from __future__ import annotations

import os

os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"  # psycopg's own wait would stop the whole hub

import eventlet

eventlet.monkey_patch()

# ruff: noqa: E402
from typing import Any

from nameko.rpc import rpc
from nameko.runners import ServiceRunner
from sqlalchemy import create_engine, select

from bench.peers.rows import EMPLOYERS, as_json

ENGINE = create_engine(os.environ["PEER_DATABASE_URL"], pool_size=20)


class Employers:
    name = "employers"

    @rpc
    def get_employer(self, employer_id: str) -> dict[str, Any]:
        with ENGINE.connect() as connection:
            row = connection.execute(select(EMPLOYERS).where(EMPLOYERS.c.id == employer_id)).mappings().one()
        return as_json(row)


if __name__ == "__main__":
    runner = ServiceRunner({"AMQP_URI": os.environ["AMQP_URL"], "max_workers": 20})
    runner.add_service(Employers)
    runner.start()
    runner.wait()
