"""``linli up`` keeps a broker beside its processes and tells them how to reach one another."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from threading import Event

import asyncpg
import pytest

from deploy.local import kept_broker
from deploy.local.broker import EmbeddedBroker
from deploy.local.children import Ending
from deploy.local.cluster import Cluster
from deploy.local.fault import Fault
from deploy.local.home import Home
from deploy.local.kept_broker import KeptBroker
from deploy.local.smoke import told_of
from shared.runtime.web.tokens import Verifier
from tests.deploy.conftest import SECONDS, Installation

pytestmark = [pytest.mark.system, pytest.mark.postgres]


def pids(installation: Installation) -> dict[str, int]:
    told = json.loads(installation.run("status", "--json")[1])
    return {name: process["pid"] for name, process in told["processes"].items()}


def told(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


def stopped(process: subprocess.Popen[str]) -> str:
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out) == (0, "")
    return err


def port(bootstrap: str) -> int:
    return int(bootstrap.partition(":")[2])


def test_the_processes_are_told_broker_feed_and_token(installation: Installation) -> None:
    process, url = installation.up()
    variables = told(pids(installation)["worker"])
    assert variables["LINLI_KAFKA__BOOTSTRAP"].startswith("127.0.0.1:")
    assert Cluster.at(port(variables["LINLI_KAFKA__BOOTSTRAP"])) is not None
    assert variables["LINLI_KAFKA__FETCH_WAIT_MS"] == "20"
    assert variables["LINLI_KAFKA__IDEMPOTENT"] == "false"
    for name in ("GRIEVANCE", "VOLUNTEER"):
        assert variables[f"LINLI_FEEDS__{name}"] == f"{url}/api/{name.lower()}/v1"
    home, token = Home(installation.home), Path(variables["LINLI_SERVICE_TOKEN_FILE"])
    verifier = Verifier(home.jwks.read_text(), issuer="linli-local", audience="linli")
    assert verifier.actor(token.read_text().strip()).roles == {"service"}
    assert stopped(process) == ""
    assert not token.exists()


def test_a_service_without_keys_has_one_database_and_its_role(installation: Installation) -> None:
    process, _ = installation.up()
    variables = told(pids(installation)["worker"])
    assert "LINLI_DASHBOARD__KEYS_DSN" not in variables
    assert "LINLI_DASHBOARD__OWNER_DSN" not in variables

    async def asked() -> tuple[str, list[str]]:
        connection = await asyncpg.connect(variables["LINLI_DASHBOARD__DSN"])
        try:
            names = await connection.fetch("select datname from pg_database order by 1")
            return await connection.fetchval("select user"), [name for (name,) in names]
        finally:
            await connection.close()

    who, names = asyncio.run(asked())
    assert who == "dashboard"
    assert [name for name in names if not name.startswith(("postgres", "template"))] == [
        "dashboard",
        "grievance",
        "grievance_keys",
        "points",
        "points_keys",
        "territory",
        "territory_keys",
        "volunteer",
        "volunteer_keys",
    ]
    stopped(process)


def test_a_killed_broker_comes_back_and_nothing_else_ends(installation: Installation) -> None:
    process, _ = installation.up()
    before = pids(installation)
    bootstrap = told(before["worker"])["LINLI_KAFKA__BOOTSTRAP"]
    cluster = Cluster.at(port(bootstrap))
    os.kill(before["broker"], signal.SIGKILL)
    deadline = time.monotonic() + SECONDS
    while (now := pids(installation))["broker"] in (None, before["broker"]):
        assert time.monotonic() < deadline
    assert {**now, "broker": 0} == {**before, "broker": 0}
    again = Cluster.at(port(bootstrap))
    assert again is not None
    assert again != cluster
    assert installation.run("status")[0] == 0
    assert [json.loads(line)["event"] for line in stopped(process).splitlines()] == [
        "broker.died",
        "broker.started_again",
    ]
    assert installation.left() == set()


def test_a_broker_elsewhere_is_not_run_here(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINLI_KAFKA__BOOTSTRAP", "kafka.example:9092")
    process, _ = installation.up()
    processes = pids(installation)
    assert "broker" not in processes
    variables = told(processes["worker"])
    assert variables["LINLI_KAFKA__BOOTSTRAP"] == "kafka.example:9092"
    assert "LINLI_KAFKA__FETCH_WAIT_MS" not in variables
    stopped(process)
    assert not (installation.home / "logs" / "broker.log").exists()


async def test_a_broker_that_cannot_come_back_ends_the_run(tmp_path: Path) -> None:
    ending = Ending()
    broker = KeptBroker(tmp_path, ending, lambda: None)
    await broker.start()
    assert broker.identity is not None
    broker.identity.end((signal.SIGKILL,), seconds=SECONDS)
    with (
        socket.create_server(("127.0.0.1", port(broker.bootstrap))),
        pytest.raises(Fault, match="the broker cannot start on"),
    ):
        await asyncio.wait_for(ending.wait(), SECONDS)
    await broker.stop()


async def test_a_stop_while_it_comes_back_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker = KeptBroker(tmp_path, Ending(), lambda: None)
    await broker.start()
    begun, go, done = Event(), Event(), Event()
    start = EmbeddedBroker.start

    def slow_start(self: EmbeddedBroker) -> None:
        begun.set()
        assert go.wait(SECONDS)
        start(self)
        done.set()

    monkeypatch.setattr(EmbeddedBroker, "start", slow_start)
    assert broker.identity is not None
    broker.identity.end((signal.SIGKILL,), seconds=SECONDS)
    assert await asyncio.to_thread(begun.wait, SECONDS)
    stopping = asyncio.create_task(broker.stop())
    await asyncio.wait({stopping}, timeout=0.2)
    go.set()
    await asyncio.wait_for(stopping, SECONDS)
    assert await asyncio.to_thread(done.wait, SECONDS)
    assert told_of(tmp_path) == set()


async def test_a_full_broker_is_replaced_by_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_broker, "LOOK_SECONDS", 0.1)
    started = asyncio.Event()
    broker = KeptBroker(tmp_path, Ending(), started.set)
    await broker.start()
    started.clear()
    before = await asyncio.to_thread(Cluster.at, port(broker.bootstrap))
    assert before is not None
    await asyncio.sleep(0.5)
    assert not started.is_set(), "it is not full"
    monkeypatch.setattr(kept_broker, "FULL", 1)
    await asyncio.wait_for(started.wait(), SECONDS)
    assert await asyncio.to_thread(Cluster.at, port(broker.bootstrap)) not in (None, before)
    await broker.stop()
    assert told_of(tmp_path) == set()
