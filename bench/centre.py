"""The product as a contender: migrated, with one signed-in clerk, its services in one process behind one gateway."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
import uuid

from bench.machine import TOP, Machine
from gateway.accounts.cli import add_account
from shared.runtime import keys
from shared.runtime.config import Settings
from shared.runtime.demo.api import Api
from shared.runtime.demo.people import uscc
from shared.runtime.servers.ports import free_port
from shared.runtime.servers.process import Process
from shared.runtime.start import children, readyz

START_SECONDS = 60
PLACE = "/37/3702/370202/"
CLERK, CLERK_ROLE = "bench.clerk", "R1"
#: one account sends everything, and its token must outlive the run
PLENTY = {"BANGFU_RATE_PER_MINUTE": "100000000", "BANGFU_ACCESS_SECONDS": "86400"}


class Centre:
    """`services` run in one process. Start one centre of a machine at a time: they share its queues and databases."""

    name = "bangfu"

    def __init__(self, machine: Machine, services: tuple[str, ...]) -> None:
        self.machine, self.port = machine, free_port()
        told = {**PLENTY, "PORT": str(self.port), "BANGFU_DATA": str(machine.folder / "data"), "BANGFU_DEMO": "0",
                "AMQP_URL": machine.broker.url, "DATABASE_URL": machine.database.url,
                "BANGFU_SERVICES": ",".join(services), "PYTHONUNBUFFERED": "1"}
        self.environment = {**os.environ, **told}
        self.settings = Settings.read(self.environment)
        self._processes: list[Process] = []

    def __enter__(self) -> Centre:
        keys.ensure(self.settings)
        subprocess.run([sys.executable, "-m", "shared.runtime.cli", "migrate"], env=self.environment, cwd=TOP,
                       check=True, capture_output=True)
        password = self._clerk()
        try:
            for _name, process, port in children(self.settings, self.environment):
                process.start()
                self._processes.append(process)
                process.wait_ready(lambda at=port: readyz(at) == 200, START_SECONDS)
            self.api = Api(f"http://127.0.0.1:{self.port}")
            self.clerk = self.api.sign_in(self._name, password)
        except BaseException:  # what is left running would be measured with all that follows
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.stop()

    @property
    def pids(self) -> list[int]:
        """Services and gateway."""
        return [process.pid for process in self._processes if process.pid]

    def read(self, employer_id: str) -> str:
        """A signed-in read of one employer."""
        return self._request("GET", f"/v1/membership/employers/{employer_id}")

    def write(self, number: int) -> str:
        """A signed-in, repeatable registration of employer `number`."""
        body = json.dumps({"uscc": uscc(number), "name": f"甲乙丙机械有限公司{number}"}, ensure_ascii=False)
        return self._request("POST", "/v1/membership/employers", body)

    def _request(self, method: str, path: str, body: str | None = None) -> str:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}",
                 f"Authorization: Bearer {self.clerk.token}"]
        if body is not None:
            lines += [f"Idempotency-Key: {uuid.uuid4()}", "Content-Type: application/json",
                      f"Content-Length: {len(body.encode())}"]
        return "\r\n".join([*lines, "", body or ""])

    def _clerk(self) -> str:
        self._name, password = f"{CLERK}-{time.time_ns()}", secrets.token_urlsafe(16)
        add_account(self.settings, self._name, password, "测试窗口", [(CLERK_ROLE, PLACE)])
        return password
