"""Logs of the processes of one machine: what libraries say goes through structlog too.

Exceptions of libraries quote the values they failed on, and a value may be what a person wrote.
So only the first line of a message's template is kept, and of an exception only its type.
"""

import logging
import re

import structlog

from shared.ops import logging as kernel_logging

EXCEPTION_NAME = re.compile(
    r"^(?:Traceback|[\w.]+(?:\.\w+|Error|Exception|Group))(?=:|$| )", re.MULTILINE
)

log = structlog.get_logger()


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


def configure() -> None:
    """Set up logging for this process, on standard error."""
    kernel_logging.configure()
    logging.basicConfig(handlers=[ToStructlog()], level=logging.WARNING, force=True)
    logging.captureWarnings(True)
