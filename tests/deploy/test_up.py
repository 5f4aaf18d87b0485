"""``linli up``, ``down`` and ``status`` start, stop and tell exactly what they say."""

import asyncio
import json
import os
import signal
import socket
import subprocess
from pathlib import Path

import asyncpg
import pytest

from deploy.local.home import Home
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.processes import Process
from deploy.local.state import State
from tests.deploy.conftest import SECONDS, Installation

pytestmark = [pytest.mark.system, pytest.mark.postgres]


def finish(process: subprocess.Popen[str], sent: signal.Signals) -> tuple[int, str, str]:
    os.killpg(process.pid, sent)
    out, err = process.communicate(timeout=SECONDS)
    return process.returncode, out, err


def state_of(installation: Installation) -> State:
    state = State.read(Home(installation.home))
    assert state is not None
    return state


def kept(installation: Installation) -> object:
    async def once() -> object:
        dsn = EmbeddedPostgres(installation.home).dsn("grievance")
        connection = await asyncpg.connect(dsn)
        try:
            return await connection.fetchval("select count(*) from kept")
        finally:
            await connection.close()

    return asyncio.run(once())


def test_ctrl_c_stops_all_in_order_and_leaves_clean_data(installation: Installation) -> None:
    process, url = installation.up()
    assert url.startswith("http://127.0.0.1:")
    code, told, _ = installation.run("status", "--json")
    status = json.loads(told)
    assert (code, status["url"], status["ready"]) == (0, url, True)
    assert set(status["processes"]) == {"supervisor", "web", "worker", "broker", "postgres"}
    assert finish(process, signal.SIGINT) == (0, "", "")
    assert installation.diary() == [
        "web stops at SIGTERM, postgres answers 1",
        "worker stops at SIGTERM, postgres answers 1",
    ]
    assert installation.left() == set()
    assert "database system is shut down" in (installation.home / "logs/postgres.log").read_text()
    assert installation.run("status")[0] == 1


def test_the_next_start_finds_the_data_and_the_keys(installation: Installation) -> None:
    process, _ = installation.up("--sample")
    master = (installation.home / "master.key").read_bytes()
    assert kept(installation) == 1
    assert finish(process, signal.SIGTERM)[0] == 0
    process, _ = installation.up()
    assert kept(installation) == 1
    assert (installation.home / "master.key").read_bytes() == master
    assert finish(process, signal.SIGTERM)[0] == 0


def test_detached_it_returns_when_ready_and_down_stops_it(installation: Installation) -> None:
    code, out, err = installation.run("up", "--detach")
    url = state_of(installation).url
    assert (code, out, err) == (0, f"ready {url}\n", "")
    assert installation.run("up", "--detach") == (0, f"already running at {url}\n", "")
    assert installation.run("up") == (1, "", f"linli: already running at {url}\n")
    assert len(installation.left()) > 3
    assert installation.run("down") == (0, "stopped\n", "")
    assert installation.left() == set()
    assert installation.run("down") == (0, "not running\n", "")


def test_after_a_killed_supervisor_exactly_its_children_are_stopped(
    installation: Installation,
) -> None:
    process, _ = installation.up()
    process.kill()
    process.wait()
    orphans = state_of(installation).children
    assert all(child.alive for child in orphans.values())
    code, _, err = installation.run("status")
    assert (code, err) == (1, "linli: not running: supervisor\n")
    process, _ = installation.up()
    assert not any(child.alive for child in orphans.values())
    assert finish(process, signal.SIGINT)[0] == 0
    assert installation.left() == set()


def test_a_process_that_got_the_id_of_a_child_is_left_alone(installation: Installation) -> None:
    process, _ = installation.up()
    process.kill()
    process.wait()
    state = state_of(installation)
    for child in state.children.values():
        assert child.end((signal.SIGKILL,), seconds=SECONDS)
    bystander = subprocess.Popen(["sleep", "60"])
    reused = Process(pid=bystander.pid, started="another life")
    state.model_copy(update={"children": {"web": reused}}).write(Home(installation.home))
    try:
        assert installation.run("down") == (0, "stopped\n", "")
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()
    assert installation.left() == set()


@pytest.mark.parametrize(
    ("misbehaviour", "line"),
    [
        ("worker-dies", "worker stopped with exit code 7; see {home}/logs/worker.log"),
        ("migrate-fails", "migrate failed: the tables are newer than this program"),
    ],
)
def test_a_child_that_fails_ends_the_start_with_one_line(
    installation: Installation, misbehaviour: str, line: str
) -> None:
    installation.misbehaviour = misbehaviour
    expected = (1, "", f"linli: {line.format(home=installation.home)}\n")
    assert installation.run("up") == expected
    assert installation.left() == set()
    assert installation.run("up", "--detach") == expected


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("web", "web was ended by signal 9; see {home}/logs/web.log"),
        ("postgres", "postgres stopped by itself; see {home}/logs/postgres.log"),
    ],
)
def test_a_death_while_running_ends_everything_with_one_line(
    installation: Installation, name: str, line: str
) -> None:
    process, _ = installation.up()
    pid = json.loads(installation.run("status", "--json")[1])["processes"][name]["pid"]
    os.kill(pid, signal.SIGKILL)
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out) == (1, "")
    assert err == f"linli: {line.format(home=installation.home)}\n"
    assert installation.left() == set()


def test_a_stop_during_the_start_stops_what_was_started(installation: Installation) -> None:
    installation.misbehaviour = "migrate-hangs"
    process = installation.start("up")
    while not (installation.home / "diary").exists():
        assert process.poll() is None
    assert finish(process, signal.SIGINT) == (0, "", "")
    assert installation.left() == set()


def test_two_homes_run_side_by_side(installation: Installation, open_folder: Path) -> None:
    other = Installation(open_folder / "other")
    try:
        first, one = installation.up()
        second, two = other.up()
        assert one != two
        assert finish(first, signal.SIGINT)[0] == 0
        assert other.run("status")[0] == 0
        assert finish(second, signal.SIGINT)[0] == 0
    finally:
        other.clear()


def test_a_taken_port_is_told_in_one_line(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = installation.run("up", port=port)
    assert (code, out) == (1, "")
    assert err.startswith(f"linli: port {port} of 127.0.0.1 cannot be used")
    assert err.count("\n") == 1
    assert installation.left() == set()


def test_a_home_that_is_a_file_is_told_in_one_line(installation: Installation) -> None:
    installation.home.write_text("")
    code, out, err = installation.run("up")
    installation.home.unlink()
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"linli: cannot use the home {installation.home}: ")


def test_misuse_is_told_in_one_line(installation: Installation) -> None:
    code, out, err = installation.run("up", "--port", "http")
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("command", ["up", "down", "status"])
def test_help_shows_an_example(installation: Installation, command: str) -> None:
    code, out, _ = installation.run(command, "--help")
    assert code == 0
    assert f"Example:\n    linli {command}" in out
