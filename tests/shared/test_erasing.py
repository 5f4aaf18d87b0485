"""Erasures: what the log says about keys, the key store does, at once and ever again."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import orjson
import pytest

from shared.runtime.commands import erasing
from shared.runtime.commands.erasing import Eraser
from shared.store.append import append
from shared.store.key_store import KeyStore
from shared.store.pool import Connection, Pool
from tests.shared.toy.appending import puts
from tests.shared.toy.asking import LOG

pytestmark = pytest.mark.postgres


@pytest.fixture
def keys(key_pool: Pool) -> KeyStore:
    """An empty key store."""
    return KeyStore(key_pool, lambda: [bytes(32)])


async def _erase(connection: Connection, *subjects: UUID) -> None:
    group = [
        puts(uuid4(), 0, type="subject-erased", payload=orjson.dumps({"subject": str(subject)}))
        for subject in subjects
    ]
    await append(connection, LOG, [puts(uuid4(), 0), *group, puts(uuid4(), 0)])


async def test_catching_up_destroys_the_keys_of_all_whom_the_log_calls_erased(
    connection: Connection, pool: Pool, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "PAGE", 2)
    persons = [uuid4() for _ in range(6)]
    before = await keys.create(persons)
    eraser = Eraser(pool, LOG, keys)
    await _erase(connection, *persons[:3])
    await eraser.catch_up()
    assert await keys.find(persons) == {**before, **dict.fromkeys(persons[:3])}
    await _erase(connection, *persons[3:5])
    await eraser.catch_up()
    assert await keys.find(persons) == {**before, **dict.fromkeys(persons[:5])}


async def test_a_key_backup_restored_later_brings_nobody_back(
    connection: Connection, pool: Pool, keys: KeyStore, key_pool: Pool
) -> None:
    gone, kept = uuid4(), uuid4()
    before = await keys.create([gone, kept])
    backup = await key_pool.fetch("select subject, wrapped, generation from subject_key")
    await _erase(connection, gone)
    await Eraser(pool, LOG, keys).catch_up()
    restore = (
        "update subject_key set wrapped = $2, generation = $3, erased_at = null where subject = $1"
    )
    for row in backup:
        await key_pool.execute(restore, *row)
    assert await keys.find([gone, kept]) == before
    await Eraser(pool, LOG, keys).catch_up()
    assert await keys.find([gone, kept]) == {gone: None, kept: before[kept]}


async def test_the_eraser_follows_the_log_until_it_is_told_to_stop(
    connection: Connection, pool: Pool, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "PAUSE", 0.01)
    person, stop = uuid4(), asyncio.Event()
    await keys.create([person])
    running = asyncio.create_task(Eraser(pool, LOG, keys).run(stop))
    await _erase(connection, person)
    async with asyncio.timeout(5):
        while (await keys.find([person]))[person] is not None:  # noqa: ASYNC110 - it is a database
            await asyncio.sleep(0.01)
        stop.set()
        await running
