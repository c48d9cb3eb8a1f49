"""What falls due by itself: each tick of a service runs in a unit of work of its own and may be repeated at will."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from shared.kernel.caller import system
from shared.service.definition import Definition
from shared.store.engine import Database, DatabaseAway
from shared.store.work import Outside, Work


def run_ticks(definition: Definition, database: Database, outside: Outside, log: Any,
              ticks: Sequence[Callable[[Work], None]] | None = None) -> None:
    """Run `ticks`, or all of the definition, once. One that fails is logged and comes again; the others go on."""
    service = definition.contract.service
    for tick in definition.ticks if ticks is None else ticks:
        work = Work(database, definition.contract, system(service), tick.__name__, traceparent=new_traceparent(),
                    outside=outside)
        try:
            with work:
                tick(work)
        except (StaleDataError, IntegrityError):
            log.info("another process was faster", tick=tick.__name__)
        except DatabaseAway:
            raise
        except Exception:
            log.exception("tick failed", tick=tick.__name__)


def new_traceparent() -> str:
    """A W3C trace context for work that nobody asked for."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
