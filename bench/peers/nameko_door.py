"""Stock nameko: HTTP in, RPC out."""

from __future__ import annotations

import os

import eventlet

eventlet.monkey_patch()

# ruff: noqa: E402
import json
from typing import Any

from nameko.rpc import RpcProxy
from nameko.runners import ServiceRunner
from nameko.web.handlers import http
from werkzeug.wrappers import Response


class Door:
    name = "door"
    employers = RpcProxy("employers")

    @http("GET", "/employers/<string:employer_id>")
    def get_employer(self, request: Any, employer_id: str) -> Response:
        found = self.employers.get_employer(employer_id)
        return Response(json.dumps(found, ensure_ascii=False), mimetype="application/json")


if __name__ == "__main__":
    runner = ServiceRunner({"AMQP_URI": os.environ["AMQP_URL"], "max_workers": 20,
                            "WEB_SERVER_ADDRESS": f"127.0.0.1:{os.environ['PORT']}"})
    runner.add_service(Door)
    runner.start()
    runner.wait()
