"""Log lines as JSON without personal data: no passwords, tokens, message texts, and no exception messages.

An exception's message may quote what a person typed (a database error quotes its parameters), so only its type and
where it came from are logged.
"""

import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog

SECRET_KEYS = frozenset(
    (
        "password",
        "old",
        "new",
        "token",
        "csrf",
        "cookie",
        "authorization",
        "secret",
        "text",
        "phone",
        "address",
        "login",
    )
)
"""Fields that are never written, whoever logs them."""


def configure_logging(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every log line of this process, the server's own included, to the stream (stderr) as JSON."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
        describe_exception,
    ]
    render: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=render))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in ("alembic", "uvicorn.error"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def hide_secrets(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace what must not be written."""
    for key in SECRET_KEYS & event.keys():
        event[key] = "…"
    return event


def describe_exception(logger: Any, method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Put the exception's type and the places it passed, innermost last, instead of its message."""
    info = event.pop("exc_info", None)
    error = info if isinstance(info, BaseException) else (info[1] if isinstance(info, tuple) else None)
    if info is True:
        error = sys.exc_info()[1]
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        event["exception"] = type(error).__name__
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    return event
