"""The door as a WSGI application: everything it needs is made here, nothing at import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway import asyncapi, docs, health, openapi, refusals
from gateway.accounts import secrets
from gateway.accounts.sessions import Sessions
from gateway.adapters import tables as _tables  # noqa: F401 - maps the aggregates
from gateway.door import Gateway
from gateway.identities import Identities
from gateway.limits import Limits
from gateway.own import OwnService
from gateway.problems import answer_of, response_of
from gateway.render import TRACE, Renderer, routes
from gateway.settings import DoorSettings
from gateway.tokens import Tokens
from shared.bus.client import Client
from shared.contracts.table import MOST_BODY_BYTES, Contract
from shared.kernel.errors import Refusal
from shared.runtime import keys as key_file
from shared.runtime import logging
from shared.runtime.config import SettingInvalid, Settings
from shared.service.dispatch import OurFault
from shared.store.engine import Database, service_url


def create_app(settings: Settings, contracts: Mapping[str, Contract] | None = None,
               door: DoorSettings | None = None) -> Gateway:
    """The application for `contracts` (all of the product's when None). Opens no connection.

    Raises SettingInvalid, KeysInvalid.
    """
    if settings.amqp_url is None:
        raise SettingInvalid("网关需要 AMQP_URL / the gateway needs AMQP_URL")
    contracts, door = _catalogue() if contracts is None else contracts, door or DoorSettings.read()
    app = Gateway("gateway", static_folder=None, template_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = MOST_BODY_BYTES
    app.url_map.merge_slashes = False
    if door.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=door.trusted_proxies)  # type: ignore[method-assign]
    log = logging.get_logger("gateway")
    app.database = Database(service_url("gateway", settings.database_url, settings.data))
    app.bus = Client(settings.amqp_url, "gateway", settings.deadline_seconds)
    _serve_rows(app, settings, contracts, door, log)
    health.add(app, settings, contracts)
    openapi.add(app, contracts)
    asyncapi.add(app, contracts)
    docs.add(app)
    _explain_errors(app, log)
    return app


def _serve_rows(app: Gateway, settings: Settings, contracts: Mapping[str, Contract], door: DoorSettings,
                log: Any) -> None:
    keys = key_file.load(settings)
    key_file.use(settings)
    secrets.use(secrets.Secrets(keys.index_key, door.argon2_costs))
    tokens = Tokens(keys.token_secret, door.access_seconds)
    sessions = Sessions(app.database, tokens, door.session_seconds)
    renderer = Renderer(app.bus, OwnService(app.database, log), sessions, Identities(app.database, tokens),
                        Limits(door), settings.deadline_seconds, log, access_log=bool(door.access_log))
    for route in routes(contracts):
        app.add_url_rule(route.rule, route.endpoint, renderer.view(route), methods=[route.row.method],
                         provide_automatic_options=False)


def _catalogue() -> Mapping[str, Contract]:
    from shared.contracts.catalogue import CONTRACTS

    return CONTRACTS


# -- errors ----------------------------------------------------------------------------------------------------


def _explain_errors(app: Gateway, log: Any) -> None:
    """Every error leaves as a problem, also those that werkzeug raises."""
    from flask import request

    def explain(refusal: Refusal) -> Response:
        return response_of(answer_of(refusal), request.headers.get("Accept-Language"), request.path,
                           request.environ[TRACE])

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        return explain(_refusal_of(error, request.path, request.method))

    @app.errorhandler(Refusal)
    def _refused(refusal: Refusal) -> Response:
        return explain(refusal)

    @app.errorhandler(Exception)
    def _fault(error: Exception) -> Response:
        log.error("request failed", path=request.path, exc_info=error)
        return explain(OurFault())


def _refusal_of(error: HTTPException, path: str, method: str) -> Refusal:
    if isinstance(error, NotFound):
        return refusals.NoSuchPath(path=path[:200])
    if isinstance(error, MethodNotAllowed):
        return refusals.MethodNotAllowed(method=method[:20], allowed=", ".join(sorted(error.valid_methods or ())))
    if isinstance(error, RequestEntityTooLarge):
        return refusals.BodyTooLarge(most_bytes=MOST_BODY_BYTES)
    return refusals.BadRequest(why=error.description or error.name) if (error.code or 500) < 500 else OurFault()
