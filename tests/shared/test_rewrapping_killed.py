"""Whoever wraps a key store anew is killed: the next one goes on, and nothing is left behind."""

from __future__ import annotations

import asyncio
import base64
import subprocess
import sys
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest

from shared.store import rewrapping
from shared.store.key_store import KeyStore
from shared.store.pool import Connection, Pool
from shared.store.rewrapping import generations, rewrap
from shared.testkit.databases import TestDatabase
from tests.shared.test_keys_on_disk import files_of
from tests.shared.test_rewrapping import NEW, OLD, all_wrapped

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).parents[2]
KILLS = 6


@pytest.fixture
def keys(key_pool: Pool) -> KeyStore:
    """An empty key store."""
    return KeyStore(key_pool, lambda: [OLD])


async def test_killed_at_any_point_it_goes_on_where_it_was(
    keys: KeyStore, key_pool: Pool, key_database: TestDatabase, keys_connection: Connection
) -> None:
    persons = [uuid4() for _ in range(900)]
    before, random, killed = await keys.create(persons), Random(7), []
    for _ in range(KILLS):
        process = _started(key_database)
        seen = await _moved(keys_connection)
        async with asyncio.timeout(30):
            while await _moved(keys_connection) == seen and process.poll() is None:
                pass
        await asyncio.sleep(random.random() / 20)
        process.kill()
        process.wait()
        killed.append(await _moved(keys_connection))
        assert await KeyStore(key_pool, lambda: [NEW, OLD]).find(persons) == before
    assert 0 < killed[0] < 900, "it was killed midway"
    assert _started(key_database).wait(60) == 0
    assert await KeyStore(key_pool, lambda: [NEW]).find(persons) == before
    [_, present] = await generations(keys_connection)
    assert (present.keys, present.whole_at is not None) == (900, True)
    assert await rewrap(keys_connection, [NEW], lambda _: None) == 0


async def _moved(connection: Connection) -> int:
    found: int = await connection.fetchval("select count(*) from subject_key where generation = 2")
    return found


def _started(database: TestDatabase) -> subprocess.Popen[bytes]:
    masters = [base64.b64encode(one).decode() for one in (NEW, OLD)]
    told = [sys.executable, "-m", "tests.shared.rewrapping", database.service, *masters]
    return subprocess.Popen(told, cwd=ROOT, stdin=subprocess.DEVNULL)


@pytest.mark.parametrize("statement", ["vacuum full subject_key", rewrapping.FORGET,
                                       "vacuum full master_key", rewrapping.WHOLE])  # fmt: skip
async def test_broken_off_before_its_last_steps_it_takes_them_the_next_time(
    keys: KeyStore,
    keys_connection: Connection,
    key_database: TestDatabase,
    statement: str,
) -> None:
    await keys.create([uuid4()])
    old = [wrapped for _, wrapped, _ in await all_wrapped(keys_connection)]
    old.append(await keys_connection.fetchval("select root from master_key"))

    class BreaksOff:
        def __getattr__(self, name: str) -> object:
            return getattr(keys_connection, name)

        async def execute(self, query: str, *values: object, **options: float) -> str:
            if query == statement:
                raise ConnectionResetError
            return await keys_connection.execute(query, *values, **options)

    with pytest.raises(ConnectionResetError):
        await rewrap(BreaksOff(), [NEW, OLD], lambda _: None)  # type: ignore[arg-type]
    assert (await generations(keys_connection))[-1].whole_at is None
    assert await rewrap(keys_connection, [NEW, OLD], lambda _: None) == 0
    assert (await generations(keys_connection))[-1].whole_at is not None
    files = await files_of(key_database)
    assert not any(one in files for one in old)
