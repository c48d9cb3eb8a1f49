"""Pages for people: the API in Swagger UI, and what each problem type means. Nothing comes from another host."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from flask import Response, request
from swagger_ui_bundle import swagger_ui_path

from gateway.refusals import NoSuchPath
from shared.kernel.errors import Refusal
from shared.service.messages import JSON, dump

if TYPE_CHECKING:
    from gateway.app import Gateway

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
        return Response(dump({"items": [_told(kind) for kind in problem_types().values()]}), content_type=JSON)

    @app.get("/problems/page.css")
    def page_css() -> Response:
        return Response(_ours("page.css"), headers={"Cache-Control": A_DAY}, content_type="text/css")

    @app.get("/problems/<code>")
    def problem(code: str) -> Response:
        kind = problem_types().get(code)
        if kind is None:
            raise NoSuchPath(path=f"/problems/{code[:100]}")
        if request.accept_mimetypes.best_match([JSON, "text/html"]) == "text/html":
            return Response(_page(kind), headers={"Content-Security-Policy": PAGE_POLICY}, content_type=HTML)
        return Response(dump(_told(kind)), content_type=JSON)


def problem_types() -> dict[str, type[Refusal]]:
    """Every refusal that is known in this process, by its code, sorted."""
    found: dict[str, type[Refusal]] = {}
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        found.setdefault(kind.code, kind)
    return dict(sorted(found.items()))


def _told(kind: type[Refusal]) -> dict[str, Any]:
    return {"type": f"/problems/{kind.code}", "code": kind.code, "status": kind.status, "zh": kind.zh, "en": kind.en}


def _page(kind: type[Refusal]) -> str:
    told = {name: escape(str(value)) for name, value in _told(kind).items()}
    return Template(_ours("problem.html").decode()).substitute(told)


@cache
def _ours(name: str) -> bytes:
    return (files("gateway.static") / name).read_bytes()


@cache
def _of_swagger(name: str) -> bytes:
    return bytes((swagger_ui_path / name).read_bytes())
