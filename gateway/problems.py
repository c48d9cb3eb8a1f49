"""Refusals on their way out (RFC 9457): of the two languages one is kept, and the answer is told where it happened."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask import Response
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from gateway.refusals import extra_headers
from gateway.trace import Trace
from shared.kernel.errors import Refusal
from shared.service.messages import PROBLEM, Answer, dump
from shared.service.problems import problem

LANGUAGES = ("zh", "en")


def answer_of(refusal: Refusal) -> Answer:
    """The answer that tells a refusal, with the headers it brings along."""
    told = problem(refusal)
    return Answer(told.status, told.body, {**told.headers, **extra_headers(refusal)})


def response_of(answer: Answer, accept_language: str | None, path: str, trace: Trace,
                more: Iterable[tuple[str, str]] = ()) -> Response:
    """The response to a refusal; `more` are headers for it."""
    language = chosen(accept_language)
    body = _in_one_language(json.loads(answer.body), language)
    body["instance"], body["trace_id"] = path, trace.id
    headers = [("Content-Language", language), ("Vary", "Accept-Language"), *answer.headers.items(), *more]
    return Response(dump(body), answer.status, headers, content_type=PROBLEM)


def chosen(accept_language: str | None) -> str:
    """`zh` or `en`, by the caller's preference; Chinese when they have none that we speak."""
    if not accept_language:
        return LANGUAGES[0]
    # best_match would take a plain `en;q=0.5` before `zh-CN`, so the languages are compared by their first part
    for wanted, quality in parse_accept_header(accept_language, LanguageAccept):
        language = wanted.partition("-")[0].lower()
        if quality > 0 and language in LANGUAGES:
            return language
    return LANGUAGES[0]


def _in_one_language(body: dict[str, Any], language: str) -> dict[str, Any]:
    for place in (body, *body.get("errors", ())):
        for name in ("title", "detail"):
            if isinstance(place.get(name), dict):
                place[name] = place[name].get(language)
    return body
