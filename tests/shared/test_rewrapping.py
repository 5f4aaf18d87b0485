"""Another master key takes over: nobody notices, and the one before opens nothing any more."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from alembic import command
from alembic.config import Config
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.runtime.commands.sealing import Sealer
from shared.runtime.web.requests import Fingerprints
from shared.store import migrate, rewrapping
from shared.store.key_store import KeyStore
from shared.store.masters import WrongMaster, mark
from shared.store.pool import Connection, Pool, connect, open_pool
from shared.store.rewrapping import generations, rewrap
from shared.testkit.databases import ROLE, TestDatabase, TestServer
from tests.shared.test_keys_on_disk import files_of

pytestmark = pytest.mark.postgres

OLD, NEW = bytes(range(32)), bytes(range(32, 64))


@pytest.fixture
def known() -> list[bytes]:
    """The master keys as a file would have them; changed while services run."""
    return [OLD]


@pytest.fixture
def keys(key_pool: Pool, known: list[bytes]) -> KeyStore:
    """A store whose process reads them anew."""
    return KeyStore(key_pool, lambda: [*known])


async def all_wrapped(connection: Connection) -> list[tuple[UUID, bytes, int]]:
    rows = await connection.fetch(
        "select subject, wrapped, generation from subject_key where wrapped is not null"
    )
    return [tuple(row) for row in rows]


async def _opens_nothing(connection: Connection, master: bytes) -> None:
    box = AESGCM(master)
    for subject, wrapped, _ in await all_wrapped(connection):
        with pytest.raises(InvalidTag):
            box.decrypt(wrapped[:12], wrapped[12:], subject.bytes)
    for row in await connection.fetch("select root from master_key where root is not null"):
        with pytest.raises(InvalidTag):
            box.decrypt(row["root"][:12], row["root"][12:], b"linli.root.v1")


async def test_afterwards_the_new_one_opens_everything_and_the_old_one_nothing(
    keys: KeyStore, key_pool: Pool, keys_connection: Connection, known: list[bytes]
) -> None:
    persons = [uuid4() for _ in range(40)]
    before, root = await keys.create(persons), await keys.root()
    known.insert(0, NEW)
    assert await rewrap(keys_connection, known, lambda _: None) == 40
    await _opens_nothing(keys_connection, OLD)
    after = KeyStore(key_pool, lambda: [NEW])
    assert await after.find(persons) == before
    assert await after.root() == root
    assert await keys.find(persons) == before, "who was there before the change goes on"
    with pytest.raises(WrongMaster, match=mark(NEW).hex()):
        await KeyStore(key_pool, lambda: [OLD]).find(persons)
    assert [one.keys for one in await generations(keys_connection)] == [0, 40]


async def test_what_the_old_one_opened_is_in_no_file_of_the_database(
    keys: KeyStore, keys_connection: Connection, key_database: TestDatabase
) -> None:
    await keys.create([uuid4() for _ in range(40)])
    before = [wrapped for _, wrapped, _ in await all_wrapped(keys_connection)]
    before.append(await keys_connection.fetchval("select root from master_key"))
    files = await files_of(key_database)
    assert all(one in files for one in before)
    await rewrap(keys_connection, [NEW, OLD], lambda _: None)
    files = await files_of(key_database)
    assert not any(one in files for one in before)
    assert all(wrapped in files for _, wrapped, _ in await all_wrapped(keys_connection))


async def test_sealing_opening_and_erasing_go_on_meanwhile(
    keys: KeyStore,
    key_database: TestDatabase,
    keys_connection: Connection,
    known: list[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rewrapping, "PAGE", 7)
    persons = [uuid4() for _ in range(300)]
    kept = await keys.create(persons)
    gone = persons[::10]
    pool = await open_pool(key_database.service)
    slow = KeyStore(pool, lambda: [*known])
    done = asyncio.Event()

    async def works(store: KeyStore) -> int:
        sealer, rounds = Sealer(store), 0
        while not done.is_set() or rounds < 3:
            new = uuid4()
            boxes = [(await sealer.seal(new, {"name": f"测试人{rounds}"}))["name"]]
            assert await sealer.open(boxes) == [f"测试人{rounds}"]
            found = await store.find(persons)
            assert all(found[one] in (kept[one], None) for one in persons)
            rounds += 1
        await sealer.aclose()
        return rounds

    async def erases() -> None:
        for one in gone:
            await keys.destroy([one])

    async def rotates() -> None:
        known.insert(0, NEW)
        await rewrap(keys_connection, [*known], lambda _: None)
        done.set()

    await asyncio.gather(works(keys), works(slow), erases(), rotates())
    found = await KeyStore(pool, lambda: [NEW]).find(persons)
    assert found == {**kept, **dict.fromkeys(gone)}
    assert {generation for _, _, generation in await all_wrapped(keys_connection)} == {2}
    await _opens_nothing(keys_connection, OLD)
    await pool.close()


async def test_who_cannot_learn_the_new_one_makes_no_key_that_only_the_old_one_opens(
    key_pool: Pool, keys_connection: Connection
) -> None:
    stuck = KeyStore(key_pool, lambda: [OLD])
    first = uuid4()
    await stuck.create([first])
    await rewrap(keys_connection, [NEW, OLD], lambda _: None)
    for asked in (stuck.create([uuid4()]), stuck.find([first])):
        with pytest.raises(WrongMaster):
            await asked
    assert len(await all_wrapped(keys_connection)) == 1


async def test_one_that_was_replaced_does_not_come_back(
    keys: KeyStore, keys_connection: Connection
) -> None:
    await keys.root()
    await rewrap(keys_connection, [NEW, OLD], lambda _: None)
    with pytest.raises(WrongMaster, match="replaced before"):
        await rewrap(keys_connection, [OLD, NEW], lambda _: None)


async def test_two_processes_begin_a_new_store_with_one_root(key_pool: Pool) -> None:
    stores = [KeyStore(key_pool, lambda: [OLD]) for _ in range(8)]
    assert len(set(await asyncio.gather(*(store.root() for store in stores)))) == 1
    assert await stores[0].root() != OLD


async def test_a_store_from_before_goes_on_with_what_it_derived(server: TestServer) -> None:
    async with server.database("template0") as database:
        await asyncio.to_thread(_as_it_was, database)
        owner = await connect(database.owner)
        person, key = uuid4(), os.urandom(32)
        nonce = os.urandom(12)
        wrapped = nonce + AESGCM(OLD).encrypt(nonce, key, person.bytes)
        await owner.execute("insert into subject_key values ($1, $2)", person, wrapped)
        await asyncio.to_thread(migrate.migrate, database.owner, tables="keys", role=ROLE)
        pool = await open_pool(database.service)
        with pytest.raises(WrongMaster):
            await KeyStore(pool, lambda: [NEW]).root()
        for masters in ([OLD], [NEW, OLD], [NEW]):
            if masters[0] == NEW:
                await rewrap(owner, [NEW, OLD], lambda _: None)
            store = KeyStore(pool, lambda masters=masters: masters)  # type: ignore[misc]
            assert await store.find([person]) == {person: key}
            root = await store.root()
            assert root == OLD
            assert Fingerprints(root).of(b"{}") == Fingerprints(OLD).of(b"{}")
        await pool.close()
        await owner.close()


def _as_it_was(database: TestDatabase) -> None:
    config = Config()
    folders: Sequence[Path] = (migrate.ROOT, migrate.ROOT / "keys")
    config.set_main_option("script_location", str(folders[0]))
    config.set_main_option("version_locations", str(folders[1]))
    config.set_main_option("path_separator", "newline")
    config.attributes["url"] = database.owner.replace("postgresql://", "postgresql+asyncpg://", 1)
    config.attributes["role"] = ROLE
    command.upgrade(config, "keys_0001")
