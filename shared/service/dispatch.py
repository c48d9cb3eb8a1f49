"""Runs one operation row: reads what was sent, calls the handler in a unit of work, keeps the answer of a command.

Transport-free: the bus edge of every service calls it, and the gateway calls it for its own operations.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from urllib.parse import quote

from marshmallow import ValidationError
from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from shared.contracts.table import Contract, Operation, ready
from shared.kernel.clock import real_now
from shared.kernel.dated import RuleGap
from shared.kernel.errors import Conflict, Invalid, NotFound, Refusal, Stale, Unavailable
from shared.kernel.ids import is_id
from shared.service.messages import Answer, Request, dump
from shared.service.problems import content_problem, problem
from shared.store import audit
from shared.store.encryption import cipher
from shared.store.engine import Database, DatabaseAway
from shared.store.reading import Reading
from shared.store.tables import commands
from shared.store.work import Outside, Work

ATTEMPTS = 4
#: no contract has it: the service says 404, and so that it is there and can work
PING = "__ping__"
Handler = Callable[[Any, "Asked"], Any]

_STORED = select(commands).where(commands.c.command_id == bindparam("key"))
_STORE = insert(commands)


@dataclass(frozen=True)
class Asked:
    """What a handler is given beside its unit of work: the loaded path, query and body, and who asks."""

    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]


class KeyReused(Invalid):
    code = "idempotency-key-reused"
    zh = "该 Idempotency-Key 已用于另一请求。重试请原样重发;新的办理请换一个新的键。"
    en = "This Idempotency-Key was used for another request. Repeat that one unchanged, or take a new key."


class InProgress(Conflict):
    code = "command-in-progress"
    zh = "同一请求正在办理中,请稍后用同一 Idempotency-Key 查询结果。"
    en = "The same command is being carried out. Ask again with the same Idempotency-Key."


class BodyUnreadable(Invalid):
    status = 400
    code = "body-unreadable"
    zh = "请求正文不是 UTF-8 的 JSON:{why}"
    en = "The body is not JSON in UTF-8: {why}"


class TooLate(Unavailable):
    """The caller's deadline passed before the commit: nothing was done."""

    code = "deadline-passed"


class RuleMissing(Invalid):
    """No rule is in force on the day, in the place, that the request is about."""

    code = "rule-missing"
    zh = "没有适用的规定:{what}。请核对日期;日期无误的,请管理员补充规定文件(BANGFU_RULES)。"
    en = "No rule applies: {what}. Check the dates; if they are right, have the rule files completed (BANGFU_RULES)."


class OurFault(Refusal):
    status = 500
    code = "internal-error"
    zh = "系统内部错误,未办理。请把跟踪号告诉管理员。"
    en = "Something is wrong on our side; nothing was done. Tell an administrator the trace id."


def handlers(contract: Contract, modules: Iterable[ModuleType]) -> dict[str, Handler]:
    """The function named like each operation, from exactly one of `modules`. LookupError names what is amiss."""
    offered: dict[str, list[Handler]] = {}
    for module in modules:
        for name, one in vars(module).items():
            if callable(one) and one.__module__ == module.__name__:
                offered.setdefault(name, []).append(one)
    found = {row.name: offered.get(row.name, []) for row in contract.operations}
    for name, functions in found.items():
        if len(functions) != 1:
            raise LookupError(f"{contract.service}.{name}: {len(functions)} handlers, there must be one")
    return {name: functions[0] for name, functions in found.items()}


class Dispatcher:
    """Answers requests for one contract. `answer` never raises."""

    def __init__(self, contract: Contract, handlers: Mapping[str, Handler], database: Database, outside: Outside,
                 log: Any) -> None:
        self.contract, self.handlers, self.database = contract, handlers, database
        self.outside, self.log = outside, log
        self._running: set[str] = set()

    def answer(self, request: Request) -> Answer:
        """The answer to a request, refusals and faults included."""
        row = self.contract.operation(request.operation)
        try:
            if request.operation == PING:
                self.database.check()
            if row is None:
                raise NotFound(id=request.operation)
            asked = self._asked(row, request)
            return self._command(row, request, asked) if row.is_command else self._query(row, request, asked)
        except ValidationError as error:
            return content_problem(error)
        except Stale as stale:
            return self._stale(row, request, stale)
        except Refusal as refusal:
            return problem(refusal)
        except RuleGap as gap:
            return problem(RuleMissing(what=str(gap)))
        except Exception:
            self.log.exception("operation failed", operation=request.operation)
            return problem(OurFault())

    def _asked(self, row: Operation, request: Request) -> Asked:
        for name, value in request.path.items():
            if name.endswith("_id") and not is_id(value) and name != "event_id":
                raise NotFound(id=value[:80])
        body = read_json(request.body) if row.is_command and row.body is not None else {}
        return Asked(request.path, ready(row.query).load(request.query) if row.query else {},
                     ready(row.body).load(body) if row.body else {})

    def _query(self, row: Operation, request: Request, asked: Asked) -> Answer:
        for attempt in range(2):
            try:
                with self.database.read() as connection:
                    reading = Reading(connection, request.caller, self.outside, request.traceparent)
                    answer = answer_of(row, self.handlers[row.name](reading, asked))
                self._keep(reading.notes)
                return answer
            except Unavailable:  # a pooled connection may have died with the server; the second is a new one
                if attempt:
                    raise
        raise AssertionError

    def _keep(self, notes: list[audit.Entry]) -> None:
        """What an audit has to know of a read is kept before the reader gets it."""
        if notes:
            with self.database.write() as connection:
                audit.append(connection, notes)

    # -- commands ----------------------------------------------------------------------------------------------

    def _command(self, row: Operation, request: Request, asked: Asked) -> Answer:
        if request.command_id is None:
            return self._carry_out(row, request, asked, "")
        if request.command_id in self._running:
            raise InProgress
        self._running.add(request.command_id)
        try:
            return self._carry_out(row, request, asked, fingerprint_of(row, request))
        finally:
            self._running.discard(request.command_id)

    def _stored(self, command_id: str | None, fingerprint: str) -> Answer | None:
        """The answer given before. Raises KeyReused when the key was used for something else."""
        if command_id is None:
            return None
        with self.database.read() as connection:
            found = connection.execute(_STORED, {"key": command_id}).first()
        if found is None:
            return None
        if found.fingerprint != fingerprint:
            raise KeyReused
        return Answer(found.status, found.answer.encode(), {**found.headers, "Idempotent-Replayed": "true"})

    def _carry_out(self, row: Operation, request: Request, asked: Asked, fingerprint: str) -> Answer:
        """In one transaction: the handler's changes, their events and audit entries, and the answer itself.

        Most commands come once, so whether this one was done before is looked up when it cannot be done: two answers
        of one command exclude each other, and what the second did ends with it.
        """
        for attempt in range(ATTEMPTS):
            try:
                return self._once(row, request, asked, fingerprint)
            except DatabaseAway:
                raise  # a question would fare no better, and must not hide that the outcome is unknown
            except (Refusal, RuleGap, StaleDataError, IntegrityError) as error:
                stored = self._stored(request.command_id, fingerprint)
                if stored:
                    return stored
                # somebody else's commit came between: look again, at the new state
                if isinstance(error, (Refusal, RuleGap)) or attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError

    def _once(self, row: Operation, request: Request, asked: Asked, fingerprint: str) -> Answer:
        work = Work(self.database, self.contract, request.caller, row.name, traceparent=request.traceparent,
                    outside=self.outside, expected_version=request.expected_version)
        with work:
            check_deadline(request)
            answer = answer_of(row, self.handlers[row.name](work, asked))
            if request.command_id is not None:
                work.at_the_end(_keeping(request.command_id, row.name, fingerprint, answer))
            check_deadline(request)
        return answer

    def _stale(self, row: Operation | None, request: Request, stale: Stale) -> Answer:
        current = ready(row.answer).dump(stale.current) if row and row.answer else None
        sent = json.loads(request.body) if request.body else None
        answer = problem(stale, more={"current": current, "sent": sent})
        return Answer(answer.status, answer.body, {**answer.headers, "ETag": etag(stale.current)})


def _keeping(command_id: str, operation: str, fingerprint: str, answer: Answer) -> Callable[[Connection], None]:
    def keep(connection: Connection) -> None:
        connection.execute(_STORE, {
            "command_id": command_id, "operation": operation, "fingerprint": fingerprint, "status": answer.status,
            "headers": dict(answer.headers), "answer": answer.body.decode(), "done_at": real_now()})

    return keep


def check_deadline(request: Request) -> None:
    """Nothing is carried out behind the back of a caller who has stopped waiting."""
    if request.deadline and time.time() > request.deadline:
        raise TooLate("该请求已超时 / the request was too late")


def answer_of(row: Operation, found: Any) -> Answer:
    """The handler's result in the shape of the row's answer schema."""
    if row.media_types:
        return file_answer(row, found)
    if row.answer is None:
        return Answer(204, b"")
    if row.many:
        body: Any = {**found, "items": ready(row.answer, many=True).dump(found["items"])}
    else:
        body = ready(row.answer).dump(found)
    headers = {"ETag": etag(body)} if not row.many and "version" in body else {}
    return Answer(row.status, dump(body), headers)


def file_answer(row: Operation, found: Mapping[str, Any]) -> Answer:
    """A file as it is saved by whoever asked for it."""
    assert found["media_type"] in row.media_types, found["media_type"]
    disposition = f"attachment; filename*=UTF-8''{quote(found['file_name'], safe='')}"
    return Answer(row.status, found["content"], {"Content-Type": found["media_type"],
                                                 "Content-Disposition": disposition})


def etag(record: Any) -> str:
    """The version of a record as an ETag."""
    return f'"{record["version"] if isinstance(record, Mapping) else record.version}"'


def fingerprint_of(row: Operation, request: Request) -> str:
    """What makes two commands the same: the operation, what it is about, and the content (not its spacing).

    Keyed, since an ID number could be guessed from a plain hash.
    """
    body = read_json(request.body) if request.body else None
    text = json.dumps([row.name, dict(request.path), body], sort_keys=True, ensure_ascii=False)
    return cipher().blind_index(text, "commands")


def read_json(body: bytes) -> Any:
    """The body as JSON data. Raises BodyUnreadable: no NaN, no duplicate names, no surrogates, limited depth."""
    if not body:
        return {}
    try:
        data = json.loads(body.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BodyUnreadable(why=str(error)[:120]) from None
    return data


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found
