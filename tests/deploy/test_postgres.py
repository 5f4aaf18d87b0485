"""The embedded PostgreSQL starts, stops and comes back, whoever runs it and wherever it lies."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from deploy.local import lockfile
from deploy.local.placement import Account, Placement
from deploy.local.postgres import EmbeddedPostgres, PostgresError
from tests.deploy.servers import ask, server

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def running() -> Iterator[EmbeddedPostgres]:
    """One server for the tests that change nothing about it."""
    with TemporaryDirectory(prefix="linli-test-") as home, server(Path(home)) as postgres:
        yield postgres


def test_data_outlives_a_stop(open_folder: Path) -> None:
    with server(open_folder / "home") as postgres:
        ask(postgres, "create table kept as select 7 as seven")
        first = postgres.pid
        postgres.stop()
        assert postgres.pid is None
        postgres.stop()
        postgres.start()
        assert ask(postgres, "select seven from kept") == 7
        assert postgres.pid not in (None, first)


def test_a_second_start_keeps_the_running_server(running: EmbeddedPostgres) -> None:
    first = running.pid
    running.start()
    assert running.pid == first


def test_settings_are_durable(running: EmbeddedPostgres) -> None:
    expected = {
        "fsync": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "listen_addresses": "",
        "server_encoding": "UTF8",
        "TimeZone": "UTC",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_parameter_max_length_on_error": "0",
    }
    assert expected == {n: ask(running, f"select current_setting('{n}')") for n in expected}


def test_what_people_wrote_stays_out_of_the_log(open_folder: Path) -> None:
    with server(open_folder / "home") as postgres:
        ask(postgres, "create table said (word text unique)")
        with pytest.raises(asyncpg.UniqueViolationError):
            ask(postgres, "insert into said values ('明月'), ('明月')")
    log = (open_folder / "home/logs/postgres.log").read_text()
    assert "duplicate key" in log
    assert "明月" not in log


def test_a_killed_server_starts_again_with_what_was_committed(open_folder: Path) -> None:
    with server(open_folder / "home") as postgres:
        ask(postgres, "create table kept as select 7 as seven")
        assert postgres.pid is not None
        os.kill(postgres.pid, signal.SIGKILL)
        postgres.start()
        assert ask(postgres, "select seven from kept") == 7


def test_a_child_that_outlives_the_killed_server_is_ended(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lockfile, "ORPHAN_SECONDS", 0.5)

    async def kill_under_a_busy_child(postgres: EmbeddedPostgres) -> None:
        connection = await asyncpg.connect(postgres.dsn("postgres"))
        busy = asyncio.create_task(connection.execute("do $$ begin loop end loop; end $$"))
        watcher = await asyncpg.connect(postgres.dsn("postgres"))
        while not await watcher.fetchval(
            "select true from pg_stat_activity where state = 'active' and query like 'do %'"
        ):
            pass
        assert postgres.pid is not None
        os.kill(postgres.pid, signal.SIGKILL)
        await asyncio.to_thread(postgres.start)
        with pytest.raises((asyncpg.PostgresError, OSError)):
            await busy
        watcher.terminate()

    with server(open_folder / "home") as postgres:
        asyncio.run(kill_under_a_busy_child(postgres))
        assert ask(postgres, "select 1") == 1


def test_a_lock_file_whose_pid_was_reused_is_overcome(open_folder: Path) -> None:
    with server(open_folder / "home") as postgres:
        place = Placement.of(open_folder / "home")
        assert place is not None
        assert postgres.pid is not None
        os.kill(postgres.pid, signal.SIGKILL)
        account = Account.current(place.data)
        bystander = subprocess.Popen(["sleep", "60"], user=account.uid if account.switch else None)
        lock = place.data / "postmaster.pid"
        lock.write_text("\n".join([str(bystander.pid), *lock.read_text().split("\n")[1:]]))
        try:
            postgres.start()
            assert ask(postgres, "select 1") == 1
            assert bystander.poll() is None
        finally:
            bystander.kill()
            bystander.wait()


def test_a_half_made_cluster_is_made_anew(open_folder: Path) -> None:
    (open_folder / "home/postgres.new/base").mkdir(parents=True)
    with server(open_folder / "home") as postgres:
        assert ask(postgres, "select 1") == 1


def test_the_address_serves_sqlalchemy_too(running: EmbeddedPostgres) -> None:
    async def once(dsn: str) -> object:
        engine = create_async_engine(dsn.replace("postgresql:", "postgresql+asyncpg:"))
        async with engine.connect() as connection:
            answer = await connection.scalar(text("select current_user"))
        await engine.dispose()
        return answer

    assert asyncio.run(once(running.dsn("postgres"))) == "linli"


def test_what_stands_in_the_way_is_told_in_one_line(open_folder: Path) -> None:
    with server(open_folder / "home") as postgres:
        postgres.stop()
        place = Placement.of(open_folder / "home")
        assert place is not None
        (place.data / "PG_VERSION").write_text("12\n")
        with pytest.raises(PostgresError, match=r"^PostgreSQL cannot start: [^\n]+$"):
            postgres.start()


def test_a_home_that_is_a_file_is_refused(open_folder: Path) -> None:
    (open_folder / "home").write_text("")
    with pytest.raises(PostgresError, match=r"^PostgreSQL cannot use "):
        EmbeddedPostgres(open_folder / "home").start()
