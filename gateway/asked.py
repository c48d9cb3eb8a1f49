"""Reads what HTTP brought: query, body, Idempotency-Key, If-Match. Cheap, because it runs for every request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from flask import Request as Incoming
from werkzeug.exceptions import RequestEntityTooLarge

from gateway.refusals import (
    BadRequest,
    BodyTooLarge,
    BodyUnexpected,
    KeyInvalid,
    KeyMissing,
    NotJson,
    ParameterRepeated,
    ParameterUnknown,
    VersionInvalid,
    VersionMissing,
)
from shared.contracts.table import Operation

MOST_PARAMETERS = 50
MOST_VERSION_DIGITS = 15
JSON = "application/json"
_KEY = re.compile(r"[\x21-\x7e]{8,100}")
_ETAG = re.compile(rf'"([1-9][0-9]{{0,{MOST_VERSION_DIGITS - 1}}})"')


def query_of(row: Operation, query_string: str) -> dict[str, str]:
    """The query parameters, each once. Raises BadRequest, ParameterRepeated, ParameterUnknown."""
    if not query_string:
        return {}
    try:
        pairs = parse_qsl(query_string, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError as error:
        raise BadRequest(why=str(error)[:100]) from None
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise ParameterRepeated(name=name[:60])
        found[name] = value
    if found and row.query is None:
        raise ParameterUnknown(name=next(iter(found))[:60])
    return found


def body_of(row: Operation, incoming: Incoming) -> bytes:
    """The body as it was sent. Raises BodyTooLarge, NotJson, BodyUnexpected."""
    incoming.max_content_length = row.most_bytes
    try:
        body = incoming.get_data(cache=False)
    except RequestEntityTooLarge:
        raise BodyTooLarge(most_bytes=row.most_bytes) from None
    if not body:
        return b""
    if row.body is None:
        raise BodyUnexpected
    if incoming.environ.get("CONTENT_TYPE", "").split(";", 1)[0].strip().lower() != JSON:
        raise NotJson
    return body


def key_of(headers: Mapping[str, str]) -> str:
    """The Idempotency-Key. Raises KeyMissing, KeyInvalid."""
    key = headers.get("HTTP_IDEMPOTENCY_KEY", "").strip()
    if not key:
        raise KeyMissing
    if not _KEY.fullmatch(key):
        raise KeyInvalid
    return key


def version_of(headers: Mapping[str, str]) -> int:
    """The version that If-Match names. Raises VersionMissing, VersionInvalid."""
    text = headers.get("HTTP_IF_MATCH", "").strip()
    if not text:
        raise VersionMissing
    found = _ETAG.fullmatch(text)
    if not found:
        raise VersionInvalid
    return int(found[1])
