"""Pages for people: the API in Swagger UI, and what each problem type means. Nothing comes from another host."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from flask import Response, request
from swagger_ui_bundle import swagger_ui_path

from gateway.refusals import NoSuchPath
from shared.service.messages import JSON, dump

if TYPE_CHECKING:
    from gateway.door import Gateway

HTML = "text/html; charset=utf-8"
FROM_SWAGGER = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript",
                "favicon-32x32.png": "image/png"}
OURS = {"docs.js": "text/javascript"}
# Swagger UI sets style attributes; scripts come from this host's files alone
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
PAGE_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
A_DAY = "public, max-age=86400"


def add(app: Gateway) -> None:
    """Serve /docs and /problems."""
    _add_docs(app)
    _add_problems(app)


def _add_docs(app: Gateway) -> None:
    @app.get("/docs")
    def docs() -> Response:
        return Response(_ours("docs.html"), headers={"Content-Security-Policy": POLICY}, content_type=HTML)

    @app.get("/docs/<name>")
    def docs_file(name: str) -> Response:
        if name not in FROM_SWAGGER and name not in OURS:
            raise NoSuchPath(path=f"/docs/{name[:100]}")
        kind = FROM_SWAGGER.get(name) or OURS[name]
        body = _ours(name) if name in OURS else _of_swagger(name)
        return Response(body, headers={"Cache-Control": A_DAY}, content_type=f"{kind}; charset=utf-8"
                        if kind.startswith("text/") else kind)


def _add_problems(app: Gateway) -> None:
    @app.get("/problems")
    def problems() -> Response:
        return Response(dump({"items": list(problem_types().values())}), content_type=JSON)

    @app.get("/problems/page.css")
    def page_css() -> Response:
        return Response(_ours("page.css"), headers={"Cache-Control": A_DAY}, content_type="text/css")

    @app.get("/problems/<code>")
    def problem(code: str) -> Response:
        told = problem_types().get(code)
        if told is None:
            raise NoSuchPath(path=f"/problems/{code[:100]}")
        if request.accept_mimetypes.best_match([JSON, "text/html"]) == "text/html":
            return Response(_page(told), headers={"Content-Security-Policy": PAGE_POLICY}, content_type=HTML)
        return Response(dump(told), content_type=JSON)


@cache
def problem_types() -> dict[str, dict[str, Any]]:
    """What each problem type means, by its code. The texts of the services are gathered in problems.json, because the
    gateway imports no service; one code may have a meaning in more than one of them."""
    found: dict[str, dict[str, Any]] = {}
    for entry in json.loads((files("gateway") / "problems.json").read_text("utf-8")):
        told = found.setdefault(entry["code"], {"type": f"/problems/{entry['code']}", "code": entry["code"],
                                                "meanings": []})
        told["meanings"].append({name: entry[name] for name in ("status", "zh", "en")})
    return found


def _page(told: dict[str, Any]) -> str:
    rows = [f'<p>HTTP {meaning["status"]}</p><p lang="zh">{escape(meaning["zh"])}</p>'
            f'<p lang="en">{escape(meaning["en"])}</p>' for meaning in told["meanings"]]
    return Template(_ours("problem.html").decode()).substitute(code=escape(told["code"]), meanings="\n  ".join(rows))


@cache
def _ours(name: str) -> bytes:
    return (files("gateway.static") / name).read_bytes()


@cache
def _of_swagger(name: str) -> bytes:
    return bytes((swagger_ui_path / name).read_bytes())
