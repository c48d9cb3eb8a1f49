"""Logs: readable lines for people, JSON lines for collectors; both carry the trace id and the service."""

from __future__ import annotations

import logging
import sys
from typing import Any, TextIO

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import Processor

bind = structlog.contextvars.bind_contextvars
bound = structlog.contextvars.bound_contextvars
unbind = structlog.contextvars.unbind_contextvars

_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
)


def set_up(log_format: str, *, stream: TextIO | None = None, level: int = logging.INFO, **context: Any) -> None:
    """Send all logs of this process, libraries included, to `stream` (standard error); `context` goes into every line.

    Call it once when a process starts. `log_format` is `text` or `json`.
    """
    out = stream or sys.stderr
    if out is sys.stderr:
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(log_format, out)],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.clear_contextvars()
    bind(**context)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger: `log.info("payment sent", payment_id=...)`. Never give it personal data."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def _rendering(log_format: str, out: TextIO) -> list[Processor]:
    if log_format == "json":
        return [
            structlog.processors.EventRenamer("message"),
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    # local variables hold people's records: no traceback tells them
    return [structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=structlog.dev.plain_traceback)]
