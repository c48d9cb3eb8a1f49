"""Log lines, as a person and as a collector reads them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from shared.runtime.logging import bound, get_logger, set_up


@pytest.fixture(autouse=True)
def untouched_logging() -> Iterator[None]:
    handlers, level = list(logging.root.handlers), logging.root.level
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def json_lines(out: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_json_lines_carry_service_trace_and_readable_chinese() -> None:
    out = io.StringIO()
    set_up("json", stream=out, service="relief")
    with bound(trace_id="abc"):
        get_logger("relief.payments").info("paid", amount_fen=7_000_000, fund="中央财政")
    get_logger("relief.payments").warning("late")
    first, second = json_lines(out)
    assert first["message"] == "paid"
    assert (first["service"], first["trace_id"], first["level"]) == ("relief", "abc", "info")
    assert first["amount_fen"] == 7_000_000
    assert "中央财政" in out.getvalue()
    assert "trace_id" not in second


def test_lines_of_libraries_look_the_same() -> None:
    out = io.StringIO()
    set_up("json", stream=out, service="jobs")
    logging.getLogger("amqp").warning("connection %s lost", 7)
    (line,) = json_lines(out)
    assert (line["message"], line["service"], line["logger"]) == ("connection 7 lost", "jobs", "amqp")


def test_an_exception_is_part_of_its_line() -> None:
    out = io.StringIO()
    set_up("json", stream=out)
    try:
        raise ValueError("broken")
    except ValueError:
        get_logger("x").exception("failed")
    (line,) = json_lines(out)
    assert "broken" in json.dumps(line["exception"])


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_an_exception_does_not_tell_what_it_worked_on(log_format: str) -> None:
    out = io.StringIO()
    set_up(log_format, stream=out)
    name = "".join(["张", "丽", "珍"])
    try:
        raise ValueError(f"broken by {len(name)} characters")
    except ValueError:
        get_logger("x").exception("failed")
    assert "broken by 3 characters" in out.getvalue()
    assert name not in out.getvalue()


def test_text_is_one_plain_line() -> None:
    out = io.StringIO()
    set_up("text", stream=out, service="legal")
    get_logger("x").info("assigned", case="法援-2026-0001")
    (line,) = out.getvalue().splitlines()
    assert "assigned" in line
    assert "法援-2026-0001" in line
    assert "\x1b" not in line
