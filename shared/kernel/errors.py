"""Refusals: what the product says when it will not do a thing, and why.

A refusal is a small named class in the domain that knows its text in Chinese and in English. The edge maps the five
kinds below to HTTP statuses once; nothing else in the product knows about HTTP.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from shared.kernel import words


class Refusal(Exception):
    """Base of everything the product refuses. `params` fill the two texts and travel to the caller as data."""

    status: ClassVar[int] = 409
    code: ClassVar[str] = "refused"
    zh: ClassVar[str] = "无法办理。"
    en: ClassVar[str] = "This cannot be done."

    def __init__(self, *, pointer: str | None = None, **params: Any) -> None:
        self.params = params
        self.pointer = pointer
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """The refusal in `zh` or `en`."""
        template = self.zh if language == "zh" else self.en
        return template.format(**self.params)


class Conflict(Refusal):
    """A rule or the present state forbids it (409)."""


class Invalid(Refusal):
    """What was sent is well-formed but wrong (422); `pointer` is the JSON pointer of the field."""

    status = 422
    code = "invalid"


class NotFound(Refusal):
    """Nothing of that id within the caller's part of the organisation tree (404)."""

    status = 404
    code = "not-found"
    zh = "在您的权限范围内没有找到该记录:{id}。请核对编号,或联系所属工会。"
    en = "No such record within your organisation: {id}. Check the id, or ask the unit it belongs to."


class Forbidden(Refusal):
    """The caller may not do this, whatever the record (403)."""

    status = 403
    code = "forbidden"
    zh = "您的岗位无权办理此事项。"
    en = "Your role may not do this."


class Stale(Refusal):
    """The record has changed since the caller read it (412). `current` is the record as it stands now."""

    status = 412
    code = "stale-version"
    zh = "该记录已被他人修改(现为第 {current_version} 版,您基于第 {sent_version} 版)。请对照后重新提交。"
    en = "The record has changed (now version {current_version}, you sent {sent_version}). Compare and send again."

    def __init__(self, *, current: Any, current_version: int, sent_version: int) -> None:
        self.current = current
        super().__init__(current_version=current_version, sent_version=sent_version)


class Unavailable(Refusal):
    """Something the product needs is away for now (503); the command was not carried out."""

    status = 503
    code = "service-unavailable"
    zh = "{what} 暂时不可用,未办理。请在 {retry_after_seconds} 秒后重试。"
    en = "{what} is not available for now; nothing was done. Try again in {retry_after_seconds} s."

    def __init__(self, what: str, retry_after_seconds: int = 2) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__(what=what, retry_after_seconds=retry_after_seconds)


class OutcomeUnknown(Unavailable):
    """No answer in time. A command may or may not have been carried out: repeat it with its key."""

    code = "outcome-unknown"
    zh = "{what} 未在时限内答复。如为办理请求,请用同一 Idempotency-Key 重试,不会重复办理。"
    en = "{what} did not answer in time. Repeat a command with the same Idempotency-Key: it is not done twice."


class WrongState(Conflict):
    """The state table has no such move from here."""

    code = "wrong-state"
    zh = "当前状态为“{state}”,不能执行“{command}”。可执行:{allowed}。"
    en = "In state {state} the command {command} is not possible. Possible: {allowed}."

    def __init__(self, *, state: str, command: str, allowed: Sequence[str]) -> None:
        self.allowed = allowed
        super().__init__(state=state, command=command, allowed=", ".join(allowed) or "-")

    def text(self, language: str) -> str:
        if language != "zh":
            return super().text(language)
        return self.zh.format(state=words.state(self.params["state"]), command=words.command(self.params["command"]),
                              allowed="、".join(map(words.command, self.allowed)) or "无")


class SamePerson(Forbidden):
    """Separation of duty (职责分离): two steps of one matter need two people."""

    code = "separation-of-duty"
    zh = "职责分离:“{second}”不能由办理“{first}”的同一人办理。请换一位有权限的同事。"
    en = "Separation of duty: {second} must not be done by the person who did {first}. Ask a colleague who may."

    def text(self, language: str) -> str:
        """The steps are named in both languages, as `认定 / assessment`."""
        told = {name: str(step).split(" / ")[0 if language == "zh" else -1] for name, step in self.params.items()}
        return (self.zh if language == "zh" else self.en).format(**told)


class DayInFuture(Invalid):
    code = "date-in-future"
    zh = "日期 {day} 还没有到,请填写已发生的日期。"
    en = "{day} has not come yet: give the day on which it happened."


class WorkerUnknown(Invalid):
    code = "worker-unknown"
    zh = "职工 {worker_id} 未登记。请先在会员服务中登记。"
    en = "The worker {worker_id} is not registered. Register them in membership first."


class WorkerDeceased(Conflict):
    code = "worker-deceased"
    zh = "职工 {worker_id} 已登记死亡,不能再为其办理。请为其家庭的其他成员办理;登记有误的,请会员服务先更正死亡登记。"
    en = ("The worker {worker_id} is recorded as deceased. Do this for another member of the household; if it was "
          "recorded wrongly, have membership correct the death first.")


class EmployerUnknown(Invalid):
    code = "employer-unknown"
    zh = "用人单位 {employer_id} 未登记。请先在会员服务中登记。"
    en = "The employer {employer_id} is not registered. Register it in membership first."
