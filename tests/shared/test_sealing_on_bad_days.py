"""Sealers that are killed, and standbys that do not answer."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import asyncpg
import pytest

from deploy.local.home import Home
from deploy.local.postgres import SUPERUSER, EmbeddedPostgres
from shared.core.checkpoint import Checkpoint
from shared.ops.settings import Seals
from shared.runtime.seals.checking import Checker
from shared.store import checks
from shared.store.pool import Connection, Pool, open_pool
from shared.testkit.databases import TestDatabase, TestServer
from tests.shared.seals import kept_in, life_of, proved, sealed, sealing
from tests.shared.toy.asking import LOG
from tests.shared.toy.pasts import record_at_random

pytestmark = pytest.mark.postgres
ROUNDS = int(os.environ.get("LINLI_FAULT_ROUNDS", "4"))
SEALER = """
import asyncio, sys
from pathlib import Path
from shared.ops.settings import Seals
from shared.runtime.seals.sealing import LogSealer
from shared.store.pool import open_pool

async def main(dsn, log, folder):
    known = Seals(place=Path(folder, "seals"), key_file=Path(folder, "seal.key"), every=0.001)
    async def publish(note): print("sealed", flush=True)
    await LogSealer(await open_pool(dsn), log, known, publish).run(asyncio.Event())

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
def known(tmp_path: Path) -> Seals:
    return kept_in(tmp_path)


async def test_a_sealer_that_is_killed_leaves_nothing_half_done(
    connection: Connection, pool: Pool, known: Seals, log_database: TestDatabase, tmp_path: Path
) -> None:
    random = Random(9)
    for number in range(ROUNDS):
        await record_at_random(connection, number, events=30)
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SEALER, log_database.service, LOG, str(tmp_path), stdout=PIPE
        )
        assert running.stdout is not None
        await asyncio.wait_for(running.stdout.readline(), 20)
        for step in range(random.randint(3, 12)):
            await record_at_random(connection, 100 * number + step, events=30)
        await asyncio.sleep(random.random() / 50)
        running.kill()
        await running.wait()
        whole = await proved(log_database.service, known)
        assert whole.broken is None
    head = await connection.fetchval("select max(position) from event")
    assert await sealed(pool, known) == head
    sizes = [Checkpoint.parse(note.text).size for note in (await life_of(pool, known)).past()]
    assert sizes == sorted(set(sizes))
    last = await proved(log_database.service, known)
    assert (last.broken, last.sealed) == (None, head)


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[tuple[EmbeddedPostgres, TestServer]]:
    """A server of its own, whose commits wait for a standby by the name of `beside`."""
    folder = tmp_path / "pair"
    folder.mkdir(mode=0o755)
    await asyncio.to_thread(tmp_path.chmod, 0o755)
    postgres = EmbeddedPostgres(folder)
    Home(folder).prepare()
    await asyncio.to_thread(postgres.start)
    try:
        server = TestServer(postgres.dsn, SUPERUSER)
        await server.prepare()
        await asyncio.to_thread(server.migrate_all)
        yield postgres, server
    finally:
        await asyncio.to_thread(postgres.purge)


async def test_only_what_a_synchronous_standby_has_is_sealed(
    pair: tuple[EmbeddedPostgres, TestServer], known: Seals
) -> None:
    """An event may be seen whose commit waits for nobody; its seal waits."""
    postgres, server = pair
    async with server.database("template_log") as database:
        owner = await asyncpg.connect(database.owner)
        pool = await open_pool(database.service)
        await owner.execute("set synchronous_commit = local")
        await record_at_random(owner, 1, events=20)
        await life_of(pool, known)
        await owner.execute("alter system set synchronous_standby_names = 'beside'")
        await owner.execute("select pg_reload_conf()")
        await record_at_random(owner, 2, events=20)
        async with sealing(pool, known) as made:
            waiting = asyncio.create_task(made.next())
            done, _ = await asyncio.wait([waiting], timeout=2)
            assert not done
            assert (await life_of(pool, known)).latest() is None
            await owner.execute("alter system reset synchronous_standby_names")
            await owner.execute("select pg_reload_conf()")
            assert await asyncio.wait_for(waiting, 20) is not None
            assert made.size == 40
        await owner.close()
        await pool.close()
    assert postgres.pid is not None


async def _round(pool: Pool, known: Seals) -> checks.Check | None:
    stop = asyncio.Event()
    checker = Checker(pool, LOG, known.model_copy(update={"check_every": 1000.0}))
    running = asyncio.create_task(checker.run(stop))
    before = await _told(pool)
    async with asyncio.timeout(20):
        while (found := await _told(pool)) == before:  # noqa: ASYNC110  as others would see it
            await asyncio.sleep(0.02)
    stop.set()
    await running
    return found


async def _told(pool: Pool) -> checks.Check | None:
    async with pool.acquire() as connection:
        return await checks.of(connection, LOG)


async def test_the_round_of_checks_raises_an_alarm_and_ends_it(
    connection: Connection, owner: Connection, pool: Pool, known: Seals
) -> None:
    await record_at_random(connection, 1, events=60)
    await sealed(pool, known)
    whole = await _round(pool, known)
    assert whole is not None
    assert (whole.position, whole.broken_at) == (60, None)
    await owner.execute("update event set actor = actor || 'x' where position = 33")
    broken = await _round(pool, known)
    assert broken is not None
    assert (broken.broken_at, broken.reason) == (33, "the event is not what its digest was made of")
    assert broken.noticed_at is not None
    await owner.execute("update event set actor = rtrim(actor, 'x') where position = 33")
    mended = await _round(pool, known)
    assert mended is not None
    assert (mended.position, mended.broken_at, mended.noticed_at) == (60, None, None)
