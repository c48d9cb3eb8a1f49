"""Holds every answer of the door against what /openapi.json says of it."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs
import requests

from gateway.render import Route

NO_BODY = 204
SECURITY_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


@dataclass
class Described:
    """The description of a door, and a connection to it. `token` signs in."""

    base: str
    token: str | None
    session: requests.Session = field(default_factory=requests.Session)
    _checks: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session.trust_env = False

    @cached_property
    def document(self) -> dict[str, Any]:
        return dict(self.session.get(f"{self.base}/openapi.json", timeout=30).json())

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> requests.Response:
        """One request; underscores in header names become hyphens."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        return self.session.request(method, self.base + path, data=body, headers=sent, timeout=30,
                                    allow_redirects=False)

    def raw(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"",
            version: str = "HTTP/1.1") -> tuple[int, bytes]:
        """The status and the head of the answer to a request that no library would write."""
        lines = [f"{method} {path} {version}", *(f"{name}: {value}" for name, value in headers.items())]
        if "Host" not in headers:
            lines.append("Host: localhost")
        at = urlsplit(self.base)
        assert at.hostname
        with socket.create_connection((at.hostname, at.port or 80), timeout=10) as line:
            line.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body)
            line.shutdown(socket.SHUT_WR)
            said = b"".join(iter(lambda: line.recv(65_536), b""))
        return int(said.split(b" ", 2)[1]), said.partition(b"\r\n\r\n")[0]

    def faults(self, route: Route, answer: requests.Response) -> list[str]:
        """What in this answer the description does not allow."""
        told = self.document["paths"][route.rule.replace("<", "{").replace(">", "}")][route.row.method.lower()]
        response = self._resolved(told["responses"].get(str(answer.status_code)))
        if answer.status_code >= 500 or response is None:
            return [f"{answer.status_code}: {answer.text[:300]}"]
        found = [f"{name} is {answer.headers.get(name)}" for name, value in SECURITY_HEADERS.items()
                 if answer.headers.get(name) != value]
        found += [f"no {name}" for name in response.get("headers", ()) if name not in answer.headers
                  and not (answer.status_code >= 400 and name.startswith("RateLimit"))]
        return found + self._content_faults(response.get("content", {}), answer)

    def _content_faults(self, content: dict[str, Any], answer: requests.Response) -> list[str]:
        kind = answer.headers.get("Content-Type")
        if not content:
            return [f"a body where none belongs: {answer.text[:80]}"] if answer.content or kind else []
        if kind not in content:
            return [f"content type {kind}"]
        if content[kind]["schema"].get("format") == "binary":
            return []
        data = json.loads(answer.content)
        found = [f"{error.instance_path}: {error.message}"[:300] for error in
                 self._check(content[kind]["schema"]).iter_errors(data)]
        if "ETag" in answer.headers and answer.status_code < 300 and answer.headers["ETag"] != f'"{data["version"]}"':
            found.append(f"ETag {answer.headers['ETag']} of version {data['version']}")
        return found

    def _check(self, schema: dict[str, Any]) -> Any:
        key = json.dumps(schema, sort_keys=True)
        if key not in self._checks:
            whole = {**schema, "components": self.document["components"]}
            self._checks[key] = jsonschema_rs.Draft202012Validator(whole)
        return self._checks[key]

    def _resolved(self, response: dict[str, Any] | None) -> dict[str, Any] | None:
        if response is None or "$ref" not in response:
            return response
        return dict(self.document["components"]["responses"][response["$ref"].rsplit("/", 1)[1]])
