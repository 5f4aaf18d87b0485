"""Logs that are sealed as in a worker, step by step."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from shared.ops.settings import Seals
from shared.runtime.seals.places import folder_of
from shared.runtime.seals.proving import Proved, prove
from shared.runtime.seals.sealing import Sealing
from shared.store import epochs, seal_keys
from shared.store.pool import Pool
from shared.store.seal_folder import SealFolder
from tests.shared.toy.asking import LOG


def kept_in(folder: Path, name: str = "linli.test") -> Seals:
    """Settings of seals in this folder, with a new key outside of them."""
    place, key_file = folder / "seals", folder / "seal.key"
    place.mkdir(exist_ok=True)
    seal_keys.write_private(key_file, [seal_keys.made(name)])
    return Seals(place=place, key_file=key_file)


async def life_of(pool: Pool, known: Seals, log: str = LOG) -> SealFolder:
    """The folder of the log's present life."""
    async with pool.acquire() as connection:
        return folder_of(known.place, await epochs.begin(connection, log))


@asynccontextmanager
async def sealing(pool: Pool, known: Seals, log: str = LOG) -> AsyncIterator[Sealing]:
    """A sealer that has begun, as one process at a time does."""
    async with pool.acquire() as connection:
        epoch = await epochs.begin(connection, log)
    folder = folder_of(known.place, epoch)
    with folder.held() as ours:
        assert ours
        folder.mend()
        with folder.tree(writing=True) as tree:
            made = Sealing(pool, epoch, folder, tree, known)
            await made.begin()
            yield made


async def sealed(pool: Pool, known: Seals, log: str = LOG) -> int:
    """Seal what is new; the size then."""
    async with sealing(pool, known, log) as made:
        await made.next()
        return made.size


async def proved(dsn: str, known: Seals | None, log: str = LOG) -> Proved:
    """What a whole check says in the end."""
    return [one async for one in prove(dsn, log, known)][-1]
