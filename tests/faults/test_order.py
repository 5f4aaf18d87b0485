"""A reader who has seen position N has seen everything up to N that will ever exist."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from random import Random

import pytest

from shared.core.canonical import GENESIS, link
from shared.store import read
from shared.store.pool import Connection, connect
from shared.testkit.databases import TestDatabase, TestServer

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(900)]

ROOT = Path(__file__).parent.parent.parent
EVENTS = int(os.environ.get("LINLI_ORDER_EVENTS", "20000"))
PROCESSES = 4
LOG = "purses"
PAGE = 500
STALL = 2.0
VICTIMS = """
select pid from pg_stat_activity
where usename = 'service' and datname = current_database() and backend_type = 'client backend'
  and application_name <> 'reader'
"""
CHAINED = """
select stream_id, version, digest, hash, position, recorded_at from event order by position
"""
IDLE = """
set idle_in_transaction_session_timeout = 0;
begin;
select pg_current_xact_id()
"""


class Reader:
    """Follows the log by plain pages, and remembers what it saw and how long it saw nothing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.seen: list[int] = []
        self.longest_stall = 0.0

    async def follow(self, written: asyncio.Event) -> None:
        """Read until everything that was written has been read."""
        loop = asyncio.get_running_loop()
        last = loop.time()
        while True:
            finished = written.is_set()
            rows = await read.page(self._connection, LOG, self.seen[-1] if self.seen else 0, PAGE)
            if rows:
                if self.seen:
                    self.longest_stall = max(self.longest_stall, loop.time() - last)
                last = loop.time()
                self.seen += [row["position"] for row in rows]
            elif finished:
                return
            else:
                await asyncio.sleep(0.001)


async def _write(dsn: str, seed: int) -> int:
    """A process with four writers; how many events they had acknowledged."""
    about = (dsn, LOG, str(seed), str(-(-EVENTS // PROCESSES)))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.writers", *about,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        out, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0
    return int(out)


async def _sabotage(owner: Connection, written: asyncio.Event) -> int:
    """End a writer's connection now and then, whatever it is doing; how many were ended."""
    random, ended = Random(1), 0
    while not written.is_set():
        victims = [row["pid"] for row in await owner.fetch(VICTIMS)]
        if victims:
            ended += await owner.fetchval(
                "select pg_terminate_backend($1)::int", random.choice(victims)
            )
        await asyncio.sleep(random.uniform(0, 0.2))
    return ended


async def _assert_in_order(owner: Connection, events: int) -> None:
    """Positions without holes, time and versions that only go forward, chains that hold."""
    heads: dict[object, tuple[int, bytes]] = {}
    position, recorded_at = 0, None
    for row in await owner.fetch(CHAINED):
        assert row["position"] == position + 1
        assert recorded_at is None or row["recorded_at"] >= recorded_at
        version, previous = heads.get(row["stream_id"], (0, GENESIS))
        assert row["version"] == version + 1
        position, recorded_at = row["position"], row["recorded_at"]
        assert row["hash"] == link(previous, row["digest"], position, recorded_at)
        heads[row["stream_id"]] = (row["version"], row["hash"])
    assert position == events


async def test_a_reader_misses_nothing_while_writers_are_slow_aborted_and_killed(
    log_database: TestDatabase, server: TestServer
) -> None:
    owner, following = await connect(log_database.owner), await connect(log_database.service)
    await following.execute("set application_name = 'reader'")
    reader, written = Reader(following), asyncio.Event()
    async with server.database("template_log") as elsewhere:
        idle = await connect(elsewhere.owner)
        await idle.execute(IDLE)
        async with asyncio.TaskGroup() as group:
            group.create_task(reader.follow(written))
            sabotage = group.create_task(_sabotage(owner, written))
            async with asyncio.TaskGroup() as writers:
                writing = [
                    writers.create_task(_write(log_database.service, seed))
                    for seed in range(PROCESSES)
                ]
            written.set()
        assert idle.is_in_transaction()
        await idle.close()
    acknowledged = sum(task.result() for task in writing)
    assert acknowledged >= EVENTS
    assert sabotage.result() > 10
    assert reader.seen == list(range(1, acknowledged + 1))
    assert reader.longest_stall < STALL
    await _assert_in_order(owner, acknowledged)
    await following.close()
    await owner.close()
