"""Apache Kafka starts, serves, keeps its data through a crash, and says what it lacks."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from aiokafka.errors import UnknownTopicOrPartitionError

from deploy.kafka.apache import SHORT_LIVED, ApacheKafka
from deploy.kafka.jars import KafkaError, available, jars
from deploy.local.smoke import told_of
from tests.brokers import REQUIRED, Broker, OwnBroker
from tests.deploy.records import cluster_id, make_topic, received, send, topics

ROOT = Path(__file__).parents[2]
SECONDS = 60
only_apache = pytest.mark.parametrize(
    "own_broker", [pytest.param("apache", marks=pytest.mark.kafka)], indirect=True
)


async def test_a_sent_record_is_received(apache_kafka: Broker, topic: str) -> None:
    await make_topic(apache_kafka.bootstrap, topic)
    await send(apache_kafka.bootstrap, topic, b"plain")
    await send(apache_kafka.bootstrap, topic, b"idempotent", idempotent=True)
    assert await received(apache_kafka.bootstrap, topic) == [b"plain", b"idempotent"]


async def test_a_topic_is_not_made_by_sending(apache_kafka: Broker, topic: str) -> None:
    with pytest.raises(UnknownTopicOrPartitionError):
        await send(apache_kafka.bootstrap, topic, b"nowhere", seconds=2)
    assert topic not in await topics(apache_kafka.bootstrap)


@only_apache
async def test_its_data_outlives_a_kill_and_ends_with_a_wipe(
    own_broker: OwnBroker, topic: str, tmp_path: Path
) -> None:
    bootstrap = own_broker.bootstrap
    before = await cluster_id(bootstrap)
    await make_topic(bootstrap, topic)
    await send(bootstrap, topic, b"kept")
    own_broker.kill()
    assert told_of(tmp_path) == set()
    own_broker.start()
    assert await cluster_id(bootstrap) == before
    assert await received(bootstrap, topic) == [b"kept"]
    own_broker.wipe()
    assert own_broker.bootstrap == bootstrap
    assert await cluster_id(bootstrap) != before
    assert topic not in await topics(bootstrap)
    own_broker.stop()
    assert told_of(tmp_path) == set()


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("apache_kafka")
async def test_of_three_brokers_one_may_die(tmp_path: Path, topic: str) -> None:
    kafka = ApacheKafka(tmp_path, brokers=3, java=SHORT_LIVED)
    try:
        kafka.start()
        first, second, third = kafka.pids
        await make_topic(kafka.bootstrap, topic, copies=3)
        kafka.kill(2)
        assert kafka.pids == [first, third]
        await send(kafka.bootstrap, topic, b"two are enough", idempotent=True)
        kafka.start()
        assert second not in kafka.pids
        assert len(kafka.pids) == 3
        assert await received(kafka.bootstrap, topic) == [b"two are enough"]
    finally:
        kafka.stop()
    assert told_of(tmp_path) == set()


@pytest.mark.usefixtures("apache_kafka")
def test_for_a_person_it_runs_until_ctrl_c(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "deploy.kafka"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("127.0.0.1:")
    assert len(told_of(tmp_path)) > 1
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=SECONDS)[0] == ""
    assert process.returncode == 0
    assert told_of(tmp_path) == set()
    assert list(tmp_path.iterdir()) == []


def program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no programs but those that the test puts into this folder."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("LINLI_KAFKA_JARS", str(tmp_path / "jars"))
    return folder


def test_what_is_missing_is_told_in_words(bare: Path) -> None:
    assert available() == "Java 17 or later is not installed (no `java` on the path)"
    program(bare, "java", """echo 'openjdk version "11.0.1"' >&2""")
    assert available() == (
        """Java 17 or later is needed; `java -version` says openjdk version "11.0.1\""""
    )
    program(bare, "java", """echo 'openjdk version "21" 2023-09-19' >&2""")
    assert available() == "Maven is not installed (no `mvn` on the path)"
    program(bare, "mvn", "exit 0")
    assert available() is None


def test_jars_are_brought_once_and_whole(bare: Path) -> None:
    program(bare, "mvn", "echo '[ERROR] the network is down'; exit 1")
    with pytest.raises(KafkaError, match=r"^Maven cannot bring the jars: .+network is down$"):
        jars()
    assert list((bare.parent / "jars").iterdir()) == []
    program(bare, "mvn", """for last; do :; done; echo jar > "${last#*=}/kafka.jar" """)
    folder = jars()
    assert [path.name for path in folder.iterdir()] == ["kafka.jar"]
    (bare / "mvn").unlink()
    assert jars() == folder


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("required", [False, True])
def test_tests_left_out_are_told_and_a_failure_where_they_are_required(
    required: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(REQUIRED, raising=False)
    if required:
        monkeypatch.setenv(REQUIRED, "1")
    chosen = f"{Path(__file__).relative_to(ROOT)}::{test_a_sent_record_is_received.__name__}"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", chosen]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    why = "Apache Kafka: Java 17 or later is not installed (no `java` on the path)"
    assert why in done.stdout
    assert (done.returncode, f"1 tests left out: {why}" in done.stdout) == (
        (1, False) if required else (0, True)
    )
