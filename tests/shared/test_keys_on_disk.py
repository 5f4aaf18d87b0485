"""What the files of a key store hold: of a key that was destroyed, nothing."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from shared.store import key_store
from shared.store.key_store import KeyStore
from shared.store.pool import Pool, connect
from shared.testkit.databases import TestDatabase

pytestmark = pytest.mark.postgres


@pytest.fixture
def keys(key_pool: Pool) -> KeyStore:
    """An empty key store."""
    return KeyStore(key_pool, lambda: [bytes(32)])


async def wrapped_key(pool: Pool, subject: UUID) -> bytes | None:
    """A person's key as the store has it."""
    found: bytes | None = await pool.fetchval(
        "select wrapped from subject_key where subject = $1", subject
    )
    return found


async def test_a_destroyed_key_is_no_longer_in_the_database_files(
    keys: KeyStore, key_pool: Pool, key_database: TestDatabase
) -> None:
    subjects = [uuid4() for _ in range(50)]
    await keys.create(subjects)
    gone, kept = subjects[::2], subjects[1::2]
    boxes = [await wrapped_key(key_pool, subject) for subject in gone]
    witness = await wrapped_key(key_pool, kept[0])
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
    box, witness = [await wrapped_key(key_pool, one) for one in (gone, kept)]
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
    boxes = [await wrapped_key(key_pool, subject) for subject in subjects]
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
    box, witness = [await wrapped_key(key_pool, one) for one in (gone, kept)]
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
