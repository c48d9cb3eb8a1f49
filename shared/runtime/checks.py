"""What `bangfu doctor` looks at. Each check says what it found and, if need be, what to do."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from importlib import import_module, metadata
from pathlib import Path

from shared.kernel import clock
from shared.kernel.dated import RuleTableError
from shared.kernel.errors import Refusal
from shared.kernel.parameters import RULES_VARIABLE
from shared.runtime import keys
from shared.runtime.broker import AMQP_OFFSET, TOP
from shared.runtime.config import Settings
from shared.runtime.servers.ports import LOOPBACK
from shared.runtime.servers.rabbitmq import PrivateRabbitMQ, handshake
from shared.runtime.start import readyz

MIN_PYTHON = (3, 11)
MIN_RABBITMQ = (3, 10)
DISK_WARNING_BYTES = 2_000_000_000
DISK_PROBLEM_BYTES = 300_000_000
KEY_FILE_MODE = 0o600

OK, WARNING, PROBLEM = "ok", "warning", "problem"


@dataclass(frozen=True)
class Finding:
    """`level` is ok, warning or problem; `text` says what is and what to do."""

    level: str
    what: str
    text: str

    def as_dict(self) -> dict[str, str]:
        """For `--json`."""
        return asdict(self)


def examine(settings: Settings) -> Iterator[Finding]:
    """All findings, in the order in which a person would look."""
    for check in CHECKS:
        yield from check(settings)


def check_python(_settings: Settings) -> Iterator[Finding]:
    """The interpreter."""
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= MIN_PYTHON
    yield Finding(OK if good else PROBLEM, "python", version if good else f"{version}: install Python 3.11 or newer")


def check_libraries(_settings: Settings) -> Iterator[Finding]:
    """What is installed against requirements/run.lock."""
    lock = TOP / "requirements" / "run.lock"
    if not lock.exists():
        yield Finding(WARNING, "libraries", f"no {lock}: versions were not compared")
        return
    wrong = [f"{name} {have or 'missing'} (lock: {want})" for name, have, want in _differences(lock)]
    if wrong:
        yield Finding(PROBLEM, "libraries", f"{', '.join(wrong)}. Run `make run` again, or pip install -r {lock}")
    else:
        yield Finding(OK, "libraries", "as in the lock")


def check_keys(settings: Settings) -> Iterator[Finding]:
    """The key file, or BANGFU_KEYS."""
    try:
        loaded = keys.load(settings)
    except keys.KeysInvalid as error:
        yield Finding(PROBLEM, "keys", str(error))
        return
    if settings.keys is None:
        mode = stat.S_IMODE(settings.keys_file.stat().st_mode)
        if mode != KEY_FILE_MODE:
            yield Finding(PROBLEM, "keys", f"others may read it (mode {mode:o}): chmod 600 {settings.keys_file}")
            return
    yield Finding(OK, "keys", f"present, current field key {loaded.current_field_key}")


def check_disk(settings: Settings) -> Iterator[Finding]:
    """Free space where the data lies."""
    folder = next(path for path in (settings.data, *settings.data.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    level = PROBLEM if free < DISK_PROBLEM_BYTES else WARNING if free < DISK_WARNING_BYTES else OK
    advice = "" if level == OK else ": make room before the databases and the broker stop"
    yield Finding(level, "disk", f"{free / 1e9:.1f} GB free at {folder}{advice}")


def check_clock(_settings: Settings) -> Iterator[Finding]:
    """The training clock."""
    try:
        shifted = clock.is_shifted()
    except Refusal as error:
        yield Finding(PROBLEM, "clock", error.text("en"))
        return
    if shifted:
        yield Finding(WARNING, "clock", f"training clock: today is {clock.today()}; unset BANGFU_CLOCK_FILE")
    else:
        yield Finding(OK, "clock", f"{clock.now().isoformat(timespec='seconds')}")


def check_rules(settings: Settings) -> Iterator[Finding]:
    """The dated rules of each service, with those of BANGFU_RULES, and the example cases of that folder; a service
    does not start with faulty rules, but does with a case that they do not bear out."""
    unread = list(_unread_rule_files())
    yield from unread
    for service in settings.services:
        try:
            definition = import_module(f"services.{service}.service").SERVICE
        except RuleTableError as error:
            yield Finding(PROBLEM, "rules", f"{service}: {error}")
            return
        for said in definition.examples():
            yield Finding(PROBLEM, "example", f"{service}: {said}")
    if unread:
        return
    yield Finding(OK, "rules", f"complete{', with ' + folder if (folder := os.environ.get(RULES_VARIABLE)) else ''}")


def _unread_rule_files() -> Iterator[Finding]:
    """A folder or a file of BANGFU_RULES whose name nobody looks for."""
    folder = os.environ.get(RULES_VARIABLE)
    if not folder:
        return
    if not Path(folder).is_dir():
        yield Finding(PROBLEM, "rules", f"{RULES_VARIABLE} names {folder}, which is no folder")
        return
    known = {path.name for path in Path(import_module("services").__path__[0]).glob("*/rules/*.yaml")}
    for path in sorted(Path(folder).glob("*.y*ml")):
        if path.name not in known:
            near = ", ".join(get_close_matches(path.name, known)) or ", ".join(sorted(known))
            yield Finding(PROBLEM, "rules", f"nothing reads {path}; known names: {near}")


def check_broker(settings: Settings) -> Iterator[Finding]:
    """RabbitMQ: AMQP_URL, else the private node of `bangfu run`."""
    url = settings.amqp_url or _private_url(settings)
    if url is None:
        yield Finding(PROBLEM, "broker", "AMQP_URL is not set and no private node was ever started: `bangfu run`")
        return
    properties = handshake(url)
    if properties is None:
        yield Finding(PROBLEM, "broker", f"no RabbitMQ answers at {_without_password(url)}: is it running?")
        return
    version = str(properties.get("version", "0"))
    old = tuple(map(int, re.findall(r"\d+", version)[:2])) < MIN_RABBITMQ
    text = f"RabbitMQ {version} at {_without_password(url)}"
    yield Finding(PROBLEM if old else OK, "broker", f"{text}: 3.10 or newer is needed" if old else text)


def check_databases(settings: Settings) -> Iterator[Finding]:
    """Each service's database: there, and migrated."""
    from shared.store.engine import Database, service_url
    from shared.store.migrate import pending

    for service in (*settings.services, "gateway"):
        url = service_url(service, settings.database_url, settings.data)
        if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
            yield Finding(PROBLEM, "database", f"{service}: no file {url.database}; run `bangfu migrate`")
            continue
        database = Database(url)
        try:
            with database.read() as connection:
                missing = pending(service, connection)
        except Refusal as error:
            yield Finding(PROBLEM, "database", f"{service}: {error.text('en')} ({url!r})")
            continue
        finally:
            database.close()
        if missing:
            yield Finding(PROBLEM, "database", f"{service}: lacks {', '.join(missing)}; run `bangfu migrate`")
        else:
            yield Finding(OK, "database", f"{service}: up to date ({url.get_backend_name()})")


def check_gateway(settings: Settings) -> Iterator[Finding]:
    """The gateway's own opinion."""
    address = f"http://{LOOPBACK}:{settings.port}/readyz"
    status = readyz(settings.port)
    if status == http.client.OK:
        yield Finding(OK, "gateway", f"{address} is ready")
    elif status is None:
        yield Finding(PROBLEM, "gateway", f"nothing answers at {address}: `bangfu run`, or check PORT")
    else:
        yield Finding(PROBLEM, "gateway", f"{address} answers {status}: see what it lists as missing")


CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    check_python, check_libraries, check_keys, check_disk, check_clock, check_rules, check_broker, check_databases,
    check_gateway,
)  # fmt: skip


def _differences(lock: Path) -> Iterator[tuple[str, str | None, str]]:
    """(name, installed version, locked version) of every library without a condition that differs."""
    for line in lock.read_text("utf-8").splitlines():
        match = re.match(r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^\s;\\]+)\s*\\?$", line)
        if not match:
            continue
        name, wanted = match.groups()
        try:
            have: str | None = metadata.version(name)
        except metadata.PackageNotFoundError:
            have = None
        if have != wanted:
            yield name, have, wanted


def _private_url(settings: Settings) -> str | None:
    folder = settings.data / "rabbitmq"
    if not (folder / "password").exists():
        return None
    return PrivateRabbitMQ(folder, settings.port + AMQP_OFFSET, dist_port=1, epmd_port=1).url


def _without_password(url: str) -> str:
    return re.sub(r"//([^:/@]+):[^@]*@", r"//\1@", url)
