"""The two brokers as fixtures: the embedded one, and Apache Kafka where Java and Maven are.

Brokers are shared by the session: a test uses topics of its own (fixture `topic`). A test that
kills or wipes takes `own_broker`.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Literal, Protocol, TypeVar

import pytest

from deploy.kafka.apache import SHORT_LIVED, ApacheKafka
from deploy.kafka.jars import KafkaError, available, jars
from deploy.local.broker import EmbeddedBroker

Kind = Literal["embedded", "apache"]
KINDS = ("embedded", pytest.param("apache", marks=pytest.mark.kafka))
REQUIRED = "LINLI_KAFKA_REQUIRED"


class Broker(Protocol):
    """A broker that runs, at `bootstrap`; `idempotent` if it takes an idempotent producer."""

    kind: ClassVar[Kind]
    idempotent: ClassVar[bool]

    @property
    def bootstrap(self) -> str: ...


class OwnBroker(Broker, Protocol):
    """A broker of one test's own. Every call returns when it is done (Apache Kafka: seconds).

    `kill` is signal 9 and leaves it down, as `stop` does. `restart` keeps the data where the broker
    can (only Apache Kafka), `wipe` never does; after both it runs, on the same port. A broker that
    has lost its data has another cluster id.
    """

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...
    def restart(self) -> None: ...
    def wipe(self) -> None: ...


class Embedded(EmbeddedBroker):
    kind: ClassVar[Kind] = "embedded"
    idempotent: ClassVar[bool] = False

    def restart(self) -> None:
        self.stop()
        self.start()

    wipe = restart


class Apache(ApacheKafka):
    kind: ClassVar[Kind] = "apache"
    idempotent: ClassVar[bool] = True

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, java=SHORT_LIVED)


Running = TypeVar("Running", bound=OwnBroker)


@pytest.fixture(scope="session")
def embedded_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """The embedded broker, for the whole run."""
    yield from running(Embedded(tmp_path_factory.mktemp("broker")))


@pytest.fixture(scope="session")
def apache_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Apache Kafka for the whole run; skips where it cannot run, unless it is required."""
    yield from running(Apache(tmp_path_factory.mktemp("kafka")))


@pytest.fixture(params=KINDS)
def broker(request: pytest.FixtureRequest) -> Broker:
    """Both in turn."""
    names: dict[Kind, str] = {"embedded": "embedded_broker", "apache": "apache_kafka"}
    found: Broker = request.getfixturevalue(names[request.param])
    return found


@pytest.fixture(params=KINDS)
def own_broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OwnBroker]:
    """Both in turn, started anew for this test."""
    made: OwnBroker = Embedded(tmp_path) if request.param == "embedded" else Apache(tmp_path)
    yield from running(made)


@pytest.fixture
def topic() -> str:
    """A name that no other test uses; the topic is not made."""
    return f"linli.test.{uuid.uuid4().hex}"


def running(made: Running) -> Iterator[Running]:
    """The broker, running; skips, or fails where it is required, if it cannot be run here."""
    if made.kind == "apache" and (lacking := _lacking()):
        (pytest.fail if os.environ.get(REQUIRED) else pytest.skip)(f"Apache Kafka: {lacking}")
    made.start()
    try:
        yield made
    finally:
        made.stop()


def _lacking() -> str | None:
    """What this machine lacks; one that lacks nothing and yet cannot start is a failure."""
    missing = available()
    if missing is None:
        try:
            jars()
        except KafkaError as fault:
            return str(fault)
    return missing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that names `apache_kafka` itself is marked too."""
    for item in items:
        if "apache_kafka" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.kafka)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in plain words that tests on Apache Kafka were left out, and why."""
    left_out = [
        report for report in terminalreporter.stats.get("skipped", []) if "kafka" in report.keywords
    ]
    if left_out:
        why = left_out[0].longrepr[2].removeprefix("Skipped: ")
        terminalreporter.write_sep("=", "Apache Kafka was not tested", yellow=True)
        terminalreporter.write_line(f"{len(left_out)} tests left out: {why}")
