"""OpenAPI 3.1 from the tables: what is served is what is described."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Response
from marshmallow import Schema

from gateway.render import Route, routes
from gateway.schemas import ID, new_spec
from shared.contracts.gateway import CONTRACT as OWN
from shared.contracts.gateway import SESSIONS
from shared.contracts.table import Contract, Operation
from shared.kernel.roles import Role
from shared.service.messages import JSON, PROBLEM, dump

if TYPE_CHECKING:
    from gateway.door import Gateway

VERSION = "3.1.0"
#: the bundled Swagger UI reads 3.0; the document is the same but for how it says `null`
VERSION_FOR_UI = "3.0.3"
TITLE = "帮扶 Bangfu"
ABOUT = """工会帮扶服务平台接口。The API of the assistance centres.

* 登录 Sign in: `POST /v1/sign-in`, then `Authorization: Bearer <access_token>`.
* 每个办理事项都要带 `Idempotency-Key`(登录类除外,每次都签发新令牌)。Every command carries an `Idempotency-Key`;
  those of signing in take none, because they issue new tokens each time.
* 修改记录要带 `If-Match`(读到的 ETag)。Changes carry an `If-Match` with the ETag that was read.
* 错误为 RFC 9457 problem,按 `Accept-Language` 给出中文或英文。Errors are RFC 9457 problems in Chinese or English.
* 金额单位为分。Money is in fen.
"""
SECURITY = "bearer"
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "status", "code", "title", "detail", "params", "instance", "trace_id"],
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string", "description": "explained at this address"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "stable; decide by this, not by the texts"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "params": {"type": "object", "description": "what the texts are filled with"},
        "errors": {"type": "array", "items": {
            "type": "object", "required": ["pointer", "code", "detail"], "additionalProperties": False,
            "properties": {"pointer": {"type": "string", "description": "JSON pointer of the field"},
                           "code": {"type": "string"}, "detail": {"type": "string"}}}},
        "instance": {"type": "string"},
        "trace_id": {"type": "string"},
        "current": {"description": "412: the record as it stands now"},
        "sent": {"description": "412: the body that was sent"},
    },
}
PROBLEMS = {
    400: "请求格式有误 Malformed", 401: "未登录 Not signed in", 403: "无权办理 Not allowed", 404: "没有找到 Not found",
    409: "当前不能办理 Not possible now", 412: "记录已被修改 The record has changed", 413: "正文过大 Body too large",
    415: "正文不是 JSON Not JSON", 422: "内容有误 Not valid", 428: "缺少 If-Match If-Match missing",
    429: "请求过于频繁 Too many requests", 500: "系统错误 Our fault", 503: "暂不可用 Not available",
}
#: said by the server before the request is read: a page, no problem document
UNREAD = {414: "地址过长 The address is too long", 431: "请求头过大 The headers are too large"}
KEY = {"name": "Idempotency-Key", "in": "header", "required": True,
       "description": "每次新的办理用新的随机值,重试用原值 a new random value for each command, the same to repeat it",
       "schema": {"type": "string", "minLength": 8, "maxLength": 100, "pattern": r"^[\x21-\x7e]+$"}}
IF_MATCH = {"name": "If-Match", "in": "header", "required": True, "description": "读到的 ETag the ETag that was read",
            "schema": {"type": "string", "pattern": r'^"[1-9][0-9]{0,14}"$'}}
TRACE_HEADER = {"Trace-Id": {"description": "跟踪号 names this request in our logs", "schema": {"type": "string"}}}
ETAG_HEADER = {"ETag": {"description": "the record's version", "schema": {"type": "string"}}}
LOCATION_HEADER = {"Location": {"description": "where the new record is read", "schema": {"type": "string"}}}
FILE_HEADER = {"Content-Disposition": {"description": "the file's name", "schema": {"type": "string"}}}
RATE_HEADERS = {name: {"description": "per minute, account and worker process of the gateway",
                       "schema": {"type": "integer"}}
                for name in ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")}


def document(contracts: Mapping[str, Contract], version: str = VERSION) -> dict[str, Any]:
    """The specification as a dictionary."""
    spec, _ = new_spec(TITLE, version, info={"description": ABOUT}, servers=[{"url": "/"}], tags=_tags(contracts))
    spec.components.security_scheme(SECURITY, {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    spec.components.schema("Problem", PROBLEM_SCHEMA)
    for status, text in PROBLEMS.items():
        spec.components.response(f"Problem{status}", {
            "description": text, "headers": TRACE_HEADER, "content": {PROBLEM: {"schema": "Problem"}}})
    for status, text in UNREAD.items():
        spec.components.response(f"Unread{status}", {"description": text, "content": {"text/html": {}}})
    for route in routes(contracts):
        path = route.rule.replace("<", "{").replace(">", "}")
        spec.path(path, operations={route.row.method.lower(): _operation(route, version)})
    return dict(spec.to_dict())


def _tags(contracts: Mapping[str, Contract]) -> list[dict[str, str]]:
    return [{"name": contract.service, "description": f"{contract.zh} · {contract.en}"}
            for contract in (SESSIONS, OWN, *contracts.values())]


def _operation(route: Route, version: str) -> dict[str, Any]:
    row = route.row
    told: dict[str, Any] = {
        "operationId": f"{route.service}_{row.name}", "tags": [route.service], "summary": row.zh,
        "description": _description(row), "parameters": _parameters(route),
        "responses": {str(row.status): _success(route, version),
                      **{str(status): f"Problem{status}" for status in _statuses(route)},
                      **{str(status): f"Unread{status}" for status in UNREAD}},
        "security": [] if row.public else [{SECURITY: []}],
        "x-roles": [role.value for role in Role if role in row.roles],
    }
    if row.client_scope:
        told["x-client-scope"] = row.client_scope
    if row.is_command and row.body is not None:
        told["requestBody"] = {"required": True, "content": {JSON: {"schema": row.body}}}
    return told


def _description(row: Operation) -> str:
    roles = [role for role in Role if role in row.roles]
    if row.public:
        return f"{row.en}.\n\n无需登录 open to everybody"
    if len(roles) == len(Role):
        return f"{row.en}.\n\n所有账号 every account"
    return f"{row.en}.\n\n岗位 roles: " + "、".join(f"{role.value} {role.zh} {role.en}" for role in roles)


def _parameters(route: Route) -> list[Any]:
    row = route.row
    found: list[Any] = [{"name": name, "in": "path", "required": True, "schema": _path_schema(name)}
                        for name in row.path_fields]
    if row.query is not None:
        found.append({"in": "query", "schema": row.query})
    return found + ([KEY] if route.needs_key else []) + ([IF_MATCH] if row.versioned else [])


def _path_schema(name: str) -> dict[str, Any]:
    if name.endswith("_id") and name != "event_id":
        return {"type": "string", "format": "uuid", "pattern": ID}
    return {"type": "string", "minLength": 1}


def _success(route: Route, version: str) -> dict[str, Any]:
    row = route.row
    headers = {**TRACE_HEADER, **({} if row.public else RATE_HEADERS)}
    if row.media_types:
        return {"description": row.en, "headers": {**headers, **FILE_HEADER},
                "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in row.media_types}}
    if row.answer is None:
        return {"description": row.en, "headers": headers}
    if row.many:
        return {"description": row.en, "headers": headers, "content": {JSON: {"schema": _page(row.answer, version)}}}
    if "version" in row.answer().fields:
        headers = {**headers, **ETAG_HEADER}
    if route.has_location:
        headers = {**headers, **LOCATION_HEADER}
    return {"description": row.en, "headers": headers, "content": {JSON: {"schema": row.answer}}}


def _page(answer: type[Schema], version: str) -> dict[str, Any]:
    cursor: dict[str, Any] = {"type": ["string", "null"]}
    if version == VERSION_FOR_UI:
        cursor = {"type": "string", "nullable": True}
    return {"type": "object", "required": ["items", "next_cursor"], "additionalProperties": False,
            "properties": {"items": {"type": "array", "items": answer}, "next_cursor": cursor}}


def _statuses(route: Route) -> list[int]:
    """The problems an operation can answer with."""
    row = route.row
    found = {400, 429, 500, 503, *(() if row.public and not route.is_session else (401,))}
    if row.is_command:
        found |= {409} | ({413, 415, 422} if row.body is not None else {413})
    if row.path_fields:
        found.add(409)  # a record that cannot be read as it stands: destroyed, or opened to somebody else
    if row.path_fields or not route.is_session:
        found |= {404, 422}
    if not row.public or route.is_session:
        found.add(403)
    return sorted(found | ({412, 428} if row.versioned else set()))


def add(app: Gateway, contracts: Mapping[str, Contract]) -> None:
    """Serve /openapi.json, and the same for the bundled Swagger UI."""

    @cache
    def written(version: str) -> bytes:
        return dump(document(contracts, version))

    @app.get("/openapi.json")
    def openapi_json() -> Response:
        return Response(written(VERSION), content_type=JSON)

    @app.get("/docs/openapi-3.0.json")
    def openapi_for_ui() -> Response:
        return Response(written(VERSION_FOR_UI), content_type=JSON)
