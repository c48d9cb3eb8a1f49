"""Refusals as RFC 9457 problems, once for the whole product. Both languages go along; the door keeps one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from shared.kernel.errors import Invalid, Refusal, Unavailable
from shared.service.messages import Answer, dump

TITLES = {
    400: ("请求有误", "Bad request"), 401: ("请先登录", "Sign in first"), 403: ("无权办理", "Not allowed"),
    404: ("没有找到", "Not found"), 405: ("方法不可用", "Method not possible"), 409: ("不能办理", "Not possible"),
    412: ("记录已变", "The record has changed"), 413: ("正文过大", "Body too large"),
    415: ("格式不支持", "Format not supported"), 422: ("内容有误", "Not valid"), 428: ("缺少版本", "Version missing"),
    429: ("请求过于频繁", "Too many requests"), 500: ("系统错误", "Our fault"),
    503: ("暂不可用", "Not available"),
}


class ContentInvalid(Invalid):
    """The schema of the operation does not admit what was sent."""

    code = "content-invalid"
    zh = "提交的内容有 {count} 处错误,见 errors。"
    en = "{count} field(s) are wrong, see errors."


def problem(refusal: Refusal, *, errors: list[dict[str, Any]] | None = None,
            more: Mapping[str, Any] | None = None) -> Answer:
    """The answer that tells a refusal."""
    title_zh, title_en = TITLES.get(refusal.status, TITLES[409])
    body: dict[str, Any] = {
        "type": f"/problems/{refusal.code}", "status": refusal.status, "code": refusal.code,
        "title": {"zh": title_zh, "en": title_en},
        "detail": {"zh": refusal.text("zh"), "en": refusal.text("en")},
        "params": {name: value if isinstance(value, (int, bool)) else str(value)
                   for name, value in refusal.params.items()},
    }
    if refusal.pointer:
        errors = [{"pointer": refusal.pointer, "code": refusal.code, "detail": body["detail"]}]
    if errors:
        body["errors"] = errors
    headers = {"Retry-After": str(refusal.retry_after_seconds)} if isinstance(refusal, Unavailable) else {}
    return Answer(refusal.status, dump({**body, **(more or {})}), headers)


def content_problem(error: ValidationError, root: str = "") -> Answer:
    """The answer that lists every wrong field by its JSON pointer."""
    errors = list(field_errors(error.messages, root))
    return problem(ContentInvalid(count=len(errors)), errors=errors)


def field_errors(messages: Any, pointer: str) -> Iterator[dict[str, Any]]:
    """marshmallow's nested messages, flat."""
    if isinstance(messages, Mapping) and not {"code", "zh", "en"} <= set(messages):
        for name, inner in messages.items():
            yield from field_errors(inner, pointer if name == "_schema" else f"{pointer}/{_escaped(str(name))}")
        return
    for message in messages if isinstance(messages, list) else [messages]:
        if isinstance(message, Mapping):
            yield {"pointer": pointer, "code": message["code"], "detail": {"zh": message["zh"], "en": message["en"]}}
        else:
            code, zh = _in_chinese(str(message))
            yield {"pointer": pointer, "code": code, "detail": {"zh": zh, "en": str(message)}}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


#: marshmallow's own sentences → our code and the Chinese sentence; groups of the pattern fill the braces
SENTENCES = [
    (r"Missing data for required field\.", "required", "必填,请补充"),
    (r"Unknown field\.", "unknown-field", "没有这个字段,请删除或核对名称"),
    (r"Field may not be null\.", "null", "不能为 null"),
    (r"Not a valid integer\.", "not-an-integer", "应为整数(金额单位为分),不带引号和小数"),
    (r"Not a valid string\.", "not-a-string", "应为文本"),
    (r"Not a valid utf-8 string\.", "half-a-character", "含有不完整的字符"),
    (r"Not a valid boolean\.", "not-a-boolean", "应为 true 或 false"),
    (r"Not a valid list\.", "not-a-list", "应为数组"),
    (r"Not a valid date\.", "not-a-date", "不是有效日期,格式为 YYYY-MM-DD"),
    (r"Not a valid (?:aware )?datetime\.", "not-an-instant", "不是有效时间,格式如 2026-05-01T09:00:00+08:00"),
    (r"Not a valid UUID\.", "not-an-id", "不是有效的记录编号"),
    (r"Not a valid mapping type\.|Invalid input type\.", "not-an-object", "应为 JSON 对象"),
    (r"Must be one of: (.*)\.", "not-a-choice", "应为以下之一:{0}"),
    (r"Must be greater than or equal to (\S+) and less than or equal to (\S+)\.", "out-of-range",
     "应在 {0} 到 {1} 之间"),
    (r"Length must be between (\d+) and (\d+)\.", "wrong-length", "长度应在 {0} 到 {1} 之间"),
    (r"String does not match expected pattern\.", "wrong-characters", "含有不允许的字符"),
]


def _in_chinese(message: str) -> tuple[str, str]:
    for pattern, code, zh in SENTENCES:
        found = re.fullmatch(pattern, message)
        if found:
            return code, zh.format(*found.groups())
    return "invalid", f"内容有误:{message}"
