"""What is left of people where services keep, send and log things, and of their keys."""

from __future__ import annotations

import asyncio
import subprocess
from base64 import b64decode
from collections.abc import Iterable
from uuid import UUID

import asyncpg
import orjson
import pytest

from deploy.local.databases import SERVICES
from deploy.local.placement import Account, Placement, binaries
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.territory import TERRITORY
from shared.core.boxes import DoesNotOpen
from shared.core.sealed import Sealed
from shared.runtime.commands.sealing import Sealer
from shared.store.key_store import KeyStore
from shared.store.pool import open_pool
from tests.faults import traces
from tests.faults.house import House
from tests.faults.markers import NUMBER, WORD, Marked
from tests.shared.toy.carried import everything

DATABASES = [name for service in SERVICES for name in service.databases]
KEYS = [name for name in DATABASES if name.endswith("_keys")]
MARKS = 200
WAIT = 60.0


async def nowhere_in_plain(house: House) -> None:
    """No mark of anybody is in any file of this home, table, dump or topic: they are sealed."""
    stems = [WORD, NUMBER]
    connection = await asyncpg.connect(house.postgres.dsn("postgres"))
    await connection.execute("checkpoint")
    await connection.close()
    place = Placement.of(house.home.path)
    assert place is not None
    inside = place.data.is_relative_to(house.home.path)
    folders = [house.home.path] if inside else [house.home.path, place.data]
    assert traces.in_files(folders, stems) == []
    for name in DATABASES:
        assert await traces.in_tables(house.postgres.dsn(name), stems) == []
    shown = [(stem, form, raw) for stem in stems for form, raw in traces.forms(stem).items()]
    for content in (*(_dump(house, name) for name in DATABASES), await _topics(house)):
        assert [(stem, form) for stem, form, raw in shown if raw in content] == []


def _dump(house: House, name: str) -> bytes:
    program = binaries(Account.current()) / "pg_dump"
    done = subprocess.run(
        [program, "--inserts", house.postgres.dsn(name)], capture_output=True, check=True
    )
    return done.stdout


async def _topics(house: House) -> bytes:
    """Every record of every topic, as it lies there."""
    found = b""
    for source in (GRIEVANCE, TERRITORY):
        for record in await everything(house.broker.bootstrap, source.topic):
            told = b"".join(value for _, value in record.headers)
            found += (record.key or b"") + told + (record.value or b"")
    assert b"petition" in found
    return found


async def wrapped(house: House, database: str, one: Marked) -> list[bytes]:
    """The keys of a person as a key store has them."""
    connection = await asyncpg.connect(house.postgres.dsn(database))
    rows = await connection.fetch(
        "select wrapped from subject_key where subject = any($1::uuid[]) and wrapped is not null",
        [UUID(subject) for subject in one.subjects],
    )
    await connection.close()
    return [row["wrapped"] for row in rows]


async def keys_are_gone(house: House, one: Marked) -> None:
    """Return once no service has a key of a person."""
    async with asyncio.timeout(WAIT):
        while any([await wrapped(house, name, one) for name in KEYS]):  # noqa: ASYNC110 - databases
            await asyncio.sleep(0.05)


async def keys_have_left_the_files(house: House) -> None:
    """Return once every table that held a destroyed key was written anew."""
    async with asyncio.timeout(WAIT):
        while any([await _left(house, name) for name in KEYS]):  # noqa: ASYNC110 - databases
            await asyncio.sleep(0.05)


async def _left(house: House, database: str) -> int:
    connection = await asyncpg.connect(house.postgres.dsn(database))
    found: int = await connection.fetchval("select count(*) from subject_key where generation < 0")
    await connection.close()
    return found


async def files_with(house: House, database: str, content: bytes) -> list[str]:
    """Which of a database's own files hold this, on disk after a checkpoint."""
    connection = await asyncpg.connect(house.postgres.dsn(database))
    await connection.execute("checkpoint")
    number = await connection.fetchval(
        "select oid from pg_database where datname = current_database()"
    )
    rows = await connection.fetch("select relfilenode::text, relname from pg_class")
    named: dict[str, str] = {number: name for number, name in rows}
    await connection.close()
    place = Placement.of(house.home.path)
    assert place is not None
    files = (place.data / "base" / str(number)).iterdir()
    return [named.get(file.name, file.name) for file in files if content in file.read_bytes()]


class Stolen:
    """A key store that answers with one key for everybody."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    async def find(self, subjects: Iterable[UUID]) -> dict[UUID, bytes | None]:
        """That one."""
        return dict.fromkeys(subjects, self._key)


async def no_key_opens(house: House, one: Marked) -> None:
    """Whatever is left of keys opens nothing that was sealed for this person."""
    masters = [b64decode(house.home.master_key.read_bytes())]
    keys: set[bytes | None] = set()
    theirs: list[Sealed] = []
    for name in KEYS:
        pool = await open_pool(house.postgres.dsn(name))
        everybody = [row["subject"] for row in await pool.fetch("select subject from subject_key")]
        keys |= {*(await KeyStore(pool, lambda: masters).find(everybody)).values()} - {None}
        await pool.close()
        connection = await asyncpg.connect(house.postgres.dsn(name.removesuffix("_keys")))
        for row in await connection.fetch("select payload from event"):
            values = orjson.loads(row["payload"]).values()
            boxes = [
                Sealed(**value) for value in values if isinstance(value, dict) and "box" in value
            ]
            theirs += [box for box in boxes if str(box.subject) in one.subjects]
        await connection.close()
    assert len(theirs) >= MARKS
    for key in keys:
        sealer = Sealer(Stolen(key))  # type: ignore[arg-type]
        for box in theirs:
            with pytest.raises(DoesNotOpen):
                await sealer.open([box])
        await sealer.aclose()
