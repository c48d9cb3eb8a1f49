"""What the door itself refuses, before any service is asked."""

from __future__ import annotations

from typing import Any

from shared.kernel.errors import Forbidden, Refusal, Unavailable

REALM = 'Bearer realm="bangfu"'


class BadRequest(Refusal):
    status = 400
    code = "bad-request"
    zh = "请求格式有误:{why}"
    en = "The request is malformed: {why}"


class NoSuchPath(Refusal):
    status = 404
    code = "no-such-path"
    zh = "没有这个地址:{path}。接口清单见 /docs。"
    en = "There is nothing at {path}. /docs lists what there is."


class MethodNotAllowed(Refusal):
    status = 405
    code = "method-not-allowed"
    zh = "该地址不支持 {method},可用:{allowed}。"
    en = "{method} is not possible here; possible: {allowed}."

    @property
    def headers(self) -> dict[str, str]:
        return {"Allow": self.params["allowed"]}


class BodyTooLarge(Refusal):
    status = 413
    code = "body-too-large"
    zh = "请求正文超过 {most_bytes} 字节。请分批提交。"
    en = "The body is larger than {most_bytes} bytes. Send it in parts."


class NotJson(Refusal):
    status = 415
    code = "content-type-unsupported"
    zh = "请求正文应为 JSON,请使用 Content-Type: application/json。"
    en = "The body must be JSON: send Content-Type: application/json."


class BodyUnexpected(Refusal):
    status = 400
    code = "body-unexpected"
    zh = "此事项不需要请求正文,请去掉正文。"
    en = "This operation takes no body; leave it out."


class ParameterRepeated(Refusal):
    status = 400
    code = "parameter-repeated"
    zh = "查询参数“{name}”出现多次,请只写一次。"
    en = "The query parameter {name} stands more than once; give it once."


class ParameterUnknown(Refusal):
    status = 400
    code = "parameter-unknown"
    zh = "此事项没有查询参数“{name}”,请去掉。"
    en = "This operation has no query parameter {name}; leave it out."


class KeyMissing(Refusal):
    status = 400
    code = "idempotency-key-missing"
    zh = "请加上 Idempotency-Key 请求头:每次新的办理用一个新的随机值(如 UUID),重试时用原值。"
    en = "Send an Idempotency-Key header: a new random value (a UUID) for each command, the same one to repeat it."


class KeyInvalid(Refusal):
    status = 400
    code = "idempotency-key-invalid"
    zh = "Idempotency-Key 应为 8 至 100 个可见 ASCII 字符。"
    en = "The Idempotency-Key must be 8 to 100 visible ASCII characters."


class VersionMissing(Refusal):
    status = 428
    code = "if-match-missing"
    zh = '请加上 If-Match 请求头,值为您读到该记录时的 ETag,如 "7"。'
    en = 'Send an If-Match header with the ETag of the record as you read it, for example "7".'


class VersionInvalid(Refusal):
    status = 400
    code = "if-match-invalid"
    zh = 'If-Match 应为该记录的一个 ETag,如 "7"(含引号);不接受 *、W/ 和多个值。'
    en = 'If-Match must be one ETag of the record, for example "7" with its quotes; not *, not W/, not several.'


class SignInNeeded(Refusal):
    """Base of the 401s; the challenge says which (RFC 6750)."""

    status = 401
    code = "token-missing"
    zh = "请先登录:POST /v1/sign-in,再以 Authorization: Bearer 令牌 访问。"
    en = "Sign in first: POST /v1/sign-in, then send Authorization: Bearer and the token."
    challenge = REALM

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": self.challenge}


class TokenInvalid(SignInNeeded):
    code = "token-invalid"
    zh = "令牌无效。请重新登录。"
    en = "The token is not one of ours. Sign in again."
    challenge = f'{REALM}, error="invalid_token", error_description="not one of ours"'


class TokenExpired(SignInNeeded):
    code = "token-expired"
    zh = "令牌已过期。请用续期令牌 POST /v1/refresh,或重新登录。"
    en = "The token has expired. POST /v1/refresh with the refresh token, or sign in again."
    challenge = f'{REALM}, error="invalid_token", error_description="expired"'


class SessionEnded(SignInNeeded):
    code = "session-ended"
    zh = "会话已结束(已退出、密码已改或账号已停用)。请重新登录。"
    en = "The session has ended (signed out, password changed or account disabled). Sign in again."
    challenge = f'{REALM}, error="invalid_token", error_description="session ended"'


class RoleMissing(Forbidden):
    code = "role-missing"
    zh = "您的岗位无权办理“{operation_zh}”。可办理的岗位:{roles_zh}。"
    en = "Your roles may not do this: {operation_en}. Roles that may: {roles_en}."


class ScopeMissing(Forbidden):
    code = "scope-missing"
    zh = "该接口客户端无权调用“{operation_zh}”。需要的权限范围:{scope}。"
    en = "This API client may not do this: {operation_en}. It needs the scope {scope}."


class TooMany(Refusal):
    status = 429
    code = "too-many-requests"
    zh = "请求过于频繁({limit})。请在 {retry_after_seconds} 秒后重试。"
    en = "Too many requests ({limit}). Try again in {retry_after_seconds} s."

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.params["retry_after_seconds"])}


class NotReady(Unavailable):
    code = "not-ready"

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))


def extra_headers(refusal: Refusal) -> dict[str, Any]:
    """The headers a refusal brings along."""
    return dict(getattr(refusal, "headers", {}))
