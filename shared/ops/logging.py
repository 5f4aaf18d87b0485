"""Logs as data: one JSON object a line, constant event names, never a personal value.

Exceptions and messages of libraries quote the values they failed on, and a value may be what a
person wrote. So an exception is logged by its type and place, and of a library's message only the
first line of its template is kept.
"""

from __future__ import annotations

import logging
import re
import sys

import structlog

EXCEPTION_NAME = re.compile(
    r"^(?:Traceback|[\w.]+(?:\.\w+|Error|Exception|Group))(?=:|$| )", re.MULTILINE
)

log = structlog.get_logger()


def configure(level: str = "info") -> None:
    """Set up logging for this process, on standard error; what libraries say goes there too."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_exception_text,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[ToStructlog()], level=logging.WARNING, force=True)
    logging.captureWarnings(True)


class ToStructlog(logging.Handler):
    """Hands records of the standard library's logging to structlog, without their values."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the record's template; its arguments are dropped."""
        said = _constant_part(str(record.msg).strip())
        fault = record.exc_info[1] if record.exc_info else None
        facts = {"exc_info": fault} if fault else {}
        log.log(record.levelno, "library.said", library=record.name, said=said, **facts)


def _constant_part(message: str) -> str:
    if message.startswith("Traceback"):  # servers log these as text: keep the exception's name
        return str(EXCEPTION_NAME.findall(message)[-1])
    return message.partition("\n")[0]


def _without_exception_text(
    _: object, __: str, entry: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    fault = entry.pop("exc_info", None)
    if fault is True:
        fault = sys.exc_info()[1]
    if isinstance(fault, BaseException):
        entry["fault"] = type(fault).__name__
        trace = fault.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        if trace is not None:
            entry["at"] = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
    return entry
