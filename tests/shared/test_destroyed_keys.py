"""A destroyed key is gone: for every process, from the tables, and from the files under them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.runtime.commands.sealing import Sealer
from shared.store import key_store
from shared.store.key_store import Erased, KeyStore
from shared.store.pool import Pool, connect
from shared.testkit.databases import TestDatabase

pytestmark = pytest.mark.postgres

MASTER = bytes(range(32))
TOLD = {"name": "测试人", "phone": "139 0000 0000", "details": "路灯坏了。" * 300}


@pytest.fixture
def keys(key_pool: Pool) -> KeyStore:
    """An empty key store."""
    return KeyStore(key_pool, lambda: [MASTER])


@pytest.fixture
async def sealer(keys: KeyStore) -> AsyncIterator[Sealer]:
    """Seals with keys of the empty store."""
    made = Sealer(keys)
    yield made
    await made.aclose()


async def _wrapped(pool: Pool, subject: UUID) -> bytes | None:
    found: bytes | None = await pool.fetchval(
        "select wrapped from subject_key where subject = $1", subject
    )
    return found


async def test_after_erasure_nothing_opens_and_nothing_is_sealed(
    sealer: Sealer, keys: KeyStore
) -> None:
    gone, kept = uuid4(), uuid4()
    sealed = [(await sealer.seal(subject, TOLD))["name"] for subject in (gone, kept)]
    await keys.destroy([gone])
    assert await sealer.open(sealed) == [None, "测试人"]
    revealed = await sealer.reveal(sealed)
    assert [found and found.text for found in revealed] == [None, "测试人"]
    with pytest.raises(Erased):
        await sealer.seal(gone, TOLD)
    assert await keys.create([gone]) == {gone: None}


async def test_an_erased_person_does_not_stop_those_who_seal_at_the_same_time(
    sealer: Sealer, keys: KeyStore
) -> None:
    gone, kept = uuid4(), uuid4()
    await keys.destroy([gone])
    results = await asyncio.gather(
        sealer.seal(gone, TOLD), sealer.seal(kept, TOLD), return_exceptions=True
    )
    assert isinstance(results[0], Erased)
    assert isinstance(results[1], dict)


async def test_erasing_again_or_one_without_a_key_changes_nothing_more(
    keys: KeyStore, key_pool: Pool
) -> None:
    with_key, without = uuid4(), uuid4()
    await keys.create([with_key])
    await keys.destroy([with_key, without, with_key])
    state = await key_pool.fetch("select * from subject_key order by subject")
    await keys.destroy([with_key, without])
    await keys.destroy([])
    assert await key_pool.fetch("select * from subject_key order by subject") == state
    assert await keys.find([with_key, without]) == {with_key: None, without: None}


async def test_the_service_cannot_remove_the_trace_of_an_erasure(key_pool: Pool) -> None:
    if await key_pool.fetchval("select current_setting('server_version_num')::int < 170000"):
        pytest.skip("before PostgreSQL 17 only the owner may vacuum, so the service is the owner")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await key_pool.execute("delete from subject_key")


async def test_a_destroyed_key_is_no_longer_in_the_database_files(
    keys: KeyStore, key_pool: Pool, key_database: TestDatabase
) -> None:
    subjects = [uuid4() for _ in range(50)]
    await keys.create(subjects)
    gone, kept = subjects[::2], subjects[1::2]
    boxes = [await _wrapped(key_pool, subject) for subject in gone]
    witness = await _wrapped(key_pool, kept[0])
    assert witness is not None
    await keys.destroy(gone)
    files = await files_of(key_database)
    assert witness in files
    assert [box for box in boxes if box is None or box in files] == []


async def test_a_key_leaves_the_files_once_whoever_was_at_work_anywhere_is_done(
    keys: KeyStore, key_pool: Pool, key_database: TestDatabase, log_database: TestDatabase
) -> None:
    gone, kept = uuid4(), uuid4()
    await keys.create([gone, kept])
    box, witness = [await _wrapped(key_pool, one) for one in (gone, kept)]
    assert box is not None
    assert witness is not None
    elsewhere = await connect(log_database.owner)
    async with elsewhere.transaction():
        await elsewhere.execute("create table at_work ()")
        await keys.destroy([gone])
        assert await keys.find([gone]) == {gone: None}, "that waits for nobody"
        assert not await keys.clean(patience=0.1)
        assert box in await files_of(key_database), "writing anew would have spared it"
    await elsewhere.close()
    assert await keys.clean()
    files = await files_of(key_database)
    assert (box in files, witness in files) == (False, True)


async def test_what_is_gathered_for_plans_quotes_no_key(
    keys: KeyStore, key_pool: Pool, key_database: TestDatabase
) -> None:
    subjects = [uuid4() for _ in range(50)]
    await keys.create(subjects)
    boxes = [await _wrapped(key_pool, subject) for subject in subjects]
    owner = await connect(key_database.owner)
    await owner.execute("analyze subject_key")
    assert await owner.fetchval("select count(*) from pg_stats where tablename = 'subject_key'") > 0
    await owner.close()
    await keys.destroy(subjects)
    files = await files_of(key_database)
    assert not any(box is None or box in files for box in boxes)


async def test_what_was_broken_off_between_key_and_file_is_ended_the_next_time(
    keys: KeyStore, key_pool: Pool, key_database: TestDatabase
) -> None:
    gone, kept = uuid4(), uuid4()
    await keys.create([gone, kept])
    box, witness = [await _wrapped(key_pool, one) for one in (gone, kept)]
    assert box is not None
    assert witness is not None
    await key_pool.execute(key_store.DESTROY, [gone])
    assert box in await files_of(key_database)
    await keys.destroy([gone])
    files = await files_of(key_database)
    assert (box in files, witness in files) == (False, True)


async def files_of(database: TestDatabase) -> bytes:
    """All bytes of the database's own files, as on disk after a checkpoint."""
    owner = await connect(database.owner)
    await owner.execute("checkpoint")
    data = await owner.fetchval("show data_directory")
    number = await owner.fetchval("select oid from pg_database where datname = current_database()")
    await owner.close()
    files = (Path(data) / "base" / str(number)).iterdir()
    return b"".join(file.read_bytes() for file in files)
