"""G2P Bridge as a contender: its own runner and defaults, one process, a database of its own. It stores lines and two
counters; it knows no rules, no ledger, no second person, and takes the same list twice."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from sqlalchemy import make_url

from bench.machine import BRIDGE, TOP, Machine
from shared.runtime.servers.ports import free_port, is_free
from shared.runtime.servers.process import Process

DATABASE, PROGRAMME, FEN = "peer_bridge", "P1", 500
START_SECONDS, PATIENCE_SECONDS = 60, 60
PROGRAMME_ROW = f"""INSERT INTO benefit_program_configurations (benefit_program_mnemonic, benefit_program_name,
 funding_org_code, funding_org_name, sponsor_bank_code, sponsor_bank_account_number, sponsor_bank_branch_code,
 sponsor_bank_account_currency, id_mapper_resolution_required, created_at, active)
 VALUES ('{PROGRAMME}', 'relief', 'U', 'union', 'EXAMPLE', '1', '1', 'CNY', false, now(), true)"""


class Bridge:
    """A running Bridge."""

    name = "g2p_bridge"

    def __init__(self, port: int) -> None:
        self.port = port

    def envelope(self, count: int) -> str:
        """A new envelope for so many lines; its id."""
        day = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
        told = self._post("/create_disbursement_envelope", json.dumps({"header": _header(1), "message": {
            "benefit_program_mnemonic": PROGRAMME, "disbursement_frequency": "Monthly", "cycle_code_mnemonic": "C1",
            "number_of_beneficiaries": count, "number_of_disbursements": count, "disbursement_currency_code": "CNY",
            "total_disbursement_amount": count * FEN, "disbursement_schedule_date": day}}).encode())
        return str(told["message"]["disbursement_envelope_id"])

    def lines(self, envelope_id: str, count: int) -> bytes:
        """The request that stores them."""
        return json.dumps({"header": _header(count), "message": [
            {"disbursement_envelope_id": envelope_id, "mis_reference_number": f"M{n:06d}", "narrative": "relief",
             "beneficiary_id": f"W{n:06d}", "beneficiary_name": f"工人{n:06d}", "disbursement_amount": FEN}
            for n in range(count)]}).encode()

    def store(self, body: bytes) -> None:
        """Raises AssertionError when it did not succeed."""
        told = self._post("/create_disbursements", body)
        assert told["header"]["status"] == "succ", told["header"]

    def _post(self, path: str, body: bytes) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            data = answer.read()
            assert answer.status == 200, data[:300]
            return json.loads(data)
        finally:
            connection.close()


def _header(count: int) -> dict[str, Any]:
    return {"message_id": "1", "message_ts": "2026-01-01T00:00:00", "action": "x", "sender_id": "b",
            "total_count": count}


@contextmanager
def bridge(machine: Machine) -> Iterator[Bridge]:
    """The Bridge on the machine's PostgreSQL."""
    port = free_port()
    url = make_url(machine.database.url)
    machine.sql(f"create database {DATABASE}")
    told = {"USERNAME": url.username, "PASSWORD": url.password, "HOSTNAME": url.host, "PORT": url.port,
            "DBNAME": DATABASE}
    environment = {**os.environ, "G2P_BRIDGE_HOST": "127.0.0.1", "G2P_BRIDGE_PORT": str(port),
                   **{f"G2P_BRIDGE_DB_{name}": str(value) for name, value in told.items()}}
    command = [str(BRIDGE / "bin" / "python"), "-m", "bench.peers.bridge_server"]
    subprocess.run([*command, "migrate"], env=environment, cwd=TOP, check=True, capture_output=True)
    with psycopg.connect(url.set(database=DATABASE).render_as_string(False), autocommit=True) as connection:
        connection.execute(PROGRAMME_ROW)
    process = Process("g2p-bridge", [*command, "run"], env=environment, log=machine.log("g2p-bridge"), cwd=TOP)
    process.start()
    try:
        process.wait_ready(lambda: not is_free(port), START_SECONDS)
        yield Bridge(port)
    finally:
        process.stop()
