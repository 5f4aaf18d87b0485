"""A house of its own for a test that kills what lives in it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local.home import Home
from tests.brokers import Apache, Embedded, OwnBroker, running
from tests.faults.house import House


@pytest.fixture
def house() -> Iterator[House]:
    """PostgreSQL, the embedded broker, web process and worker, running."""
    with _folder() as folder:
        yield from _open(folder, Embedded(folder))


@pytest.fixture
def house_on_kafka() -> Iterator[House]:
    """The same with Apache Kafka."""
    with _folder() as folder:
        for broker in running(Apache(folder / "kafka")):
            yield from _open(folder, broker)


def _open(folder: Path, broker: OwnBroker) -> Iterator[House]:
    made = House(Home(folder), broker)
    try:
        made.open()
        yield made
    finally:
        made.close()


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="linli-faults-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
