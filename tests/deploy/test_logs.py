"""What libraries log reaches structlog without the values that people wrote."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from shared.ops import logging as logs

TEXT = """Traceback (most recent call last):
  File "app.py", line 3, in lifespan
    raise Fault
asyncpg.exceptions.UniqueViolationError: duplicate key value
DETAIL:  Key (word)=(明月) already exists."""


@pytest.fixture
def logging_restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process's logging as it was, once the test has set up its own."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    monkeypatch.setattr(logs, "log", structlog.get_logger())  # it remembers its stream
    yield
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers[:], root.level = before[0], before[1]


@pytest.mark.usefixtures("logging_restored")
def test_values_and_exception_texts_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    try:
        raise ValueError("明月")
    except ValueError:
        logging.getLogger("library").exception("cannot take %s\nbecause of 明月", "明月")
    logging.getLogger("library").error(TEXT)
    told = capsys.readouterr().err
    first, second = (json.loads(line) for line in told.splitlines())
    assert (first["said"], first["fault"]) == ("cannot take %s", "ValueError")
    assert second["said"] == "asyncpg.exceptions.UniqueViolationError"
    assert "明月" not in told


@pytest.mark.usefixtures("logging_restored")
def test_small_talk_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    logging.getLogger("library").info("started")
    assert capsys.readouterr().err == ""
