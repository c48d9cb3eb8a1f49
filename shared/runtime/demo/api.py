"""A small client of the public API, as a front-end team would write one."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

TIMEOUT_SECONDS = 30
#: how long `until` looks, unless told otherwise
PATIENCE_SECONDS = 30.0
T = TypeVar("T")


class Refused(RuntimeError):
    """The API refused what the story expected to work."""


class TookTooLong(RuntimeError):
    """Something that follows from events did not happen in time."""


@dataclass(frozen=True)
class Reply:
    """An answer. `version` is the number in the ETag."""

    status: int
    data: Any
    headers: dict[str, str]

    @property
    def version(self) -> int:
        return int(self.headers["etag"].strip('"'))

    @property
    def code(self) -> str:
        """The problem's code, or an empty text."""
        return str(self.data.get("code", "")) if isinstance(self.data, dict) else ""


class Api:
    """The door at `base`, without anybody signed in."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
        """One request; refusals are replies too."""
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, headers or {}, method=method)  # noqa: S310  our door
        if data is not None and not request.has_header("Content-type"):
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                return _reply(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return _reply(error.code, error.headers, error.read())

    def sign_in(self, name: str, password: str) -> Person:
        """Raises Refused."""
        reply = self.send("POST", "/v1/sign-in", {"name": name, "password": password})
        if reply.status != 200:
            raise Refused(f"sign-in of {name}: {reply.status} {reply.data}")
        return Person(self, name, reply.data["access_token"])


class Person:
    """Somebody signed in. `post` gives every command a key of its own unless told one."""

    def __init__(self, api: Api, name: str, token: str) -> None:
        self.api, self.name, self.token = api, name, token

    def get(self, path: str, **query: Any) -> Reply:
        return self.send("GET", path + (f"?{urlencode(query)}" if query else ""))

    def post(self, path: str, body: Any = None, *, version: int | None = None, key: str | None = None) -> Reply:
        headers = {"Idempotency-Key": (key or str(uuid.uuid4())).replace(" ", "-")}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self.send("POST", path, {} if body is None else body, headers)

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
        return self.api.send(method, path, body, {"Authorization": f"Bearer {self.token}", **(headers or {})})

    def does(self, path: str, body: Any = None, *, version: int | None = None, key: str | None = None) -> Any:
        """`post` that must work; the record. Raises Refused with the whole problem."""
        return self._worked(self.post(path, body, version=version, key=key), path)

    def reads(self, path: str, **query: Any) -> Any:
        """`get` that must work; the data. Raises Refused."""
        return self._worked(self.get(path, **query), path)

    def _worked(self, reply: Reply, path: str) -> Any:
        if reply.status >= 400:
            raise Refused(f"{self.name} at {path}: {reply.status} {json.dumps(reply.data, ensure_ascii=False)}")
        return reply.data

    def attempts(self, path: str, step: str, body: Any = None) -> Reply:
        """Read the record at `path`, then give the command `step` with its version; the answer, whatever it is.

        A record also changes by events: when it did between the two, look again and repeat.
        """
        reply = self.post(f"{path}/{step}", body, version=self.reads(path)["version"])
        for _ in range(5):
            if reply.status != 412:
                break
            reply = self.post(f"{path}/{step}", body, version=self.reads(path)["version"])
        return reply

    def changes(self, path: str, step: str, body: Any = None) -> Any:
        """`attempts` that must work; the changed record. Raises Refused."""
        return self._worked(self.attempts(path, step, body), f"{path}/{step}")


def until(what: str, look: Callable[[], T | None], seconds: float | None = None) -> T:
    """What `look` finds as soon as it finds something: for what follows from events. Raises TookTooLong."""
    seconds = seconds or PATIENCE_SECONDS
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise TookTooLong(f"{what}: not after {seconds} s")


def _reply(status: int, headers: Any, body: bytes) -> Reply:
    is_json = "json" in (headers.get("Content-Type") or "")
    return Reply(status, json.loads(body) if is_json and body else body, {k.lower(): v for k, v in headers.items()})
