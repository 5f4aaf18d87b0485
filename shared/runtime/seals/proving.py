"""A whole log held against itself and against its seals, once."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import NamedTuple

from shared.ops.settings import Seals
from shared.runtime.seals.places import folder_of, trusted
from shared.runtime.seals.spans import verify_in_spans
from shared.store import epochs, read, seals
from shared.store.against_seals import AgainstSeals
from shared.store.epochs import Epoch
from shared.store.pool import Connection, connect
from shared.store.verify import Broken, Verified, verify

LONG = 100_000  # from here on several processes are worth their start


class Proved(NamedTuple):
    """How far the log was checked, how much of it is under how many good checkpoints; `broken` ends
    it."""

    position: int
    sealed: int
    checkpoints: int
    broken: Broken | None = None


async def prove(dsn: str, log: str, known: Seals | None) -> AsyncGenerator[Proved, None]:
    """Check the log up to its end or its first broken place, in bounded memory; with `known`
    against every checkpoint of its present life, too.

    Raises NoSealKey, BadNote where the keys cannot be read.
    """
    connection = await connect(dsn)
    try:
        epoch = await epochs.begin(connection, log)
        head = await read.head(connection, log)
        pages = _pages(connection, dsn, log, head)
        if known is None:
            async with aclosing(pages):
                async for page in pages:
                    yield Proved(page.position, 0, 0, page.broken)
            return
        with AgainstSeals(folder_of(known.place, epoch), trusted(known)) as against:
            async with aclosing(pages):
                async for page in pages:
                    found = against.take(page.hashes) or (
                        page.broken and against.earliest(page.broken)
                    )
                    yield Proved(page.position, against.sealed, against.checkpoints, found)
                    if found is not None:
                        return
            found = await ended(connection, against, epoch)
            yield Proved(head, against.sealed, against.checkpoints, found)
    finally:
        await connection.close()


async def ended(connection: Connection, against: AgainstSeals, epoch: Epoch) -> Broken | None:
    """What is wrong with a log that holds up to its end: it was longer, or its seals are gone."""
    held = await seals.held(connection, epoch)
    found = against.end(await read.head(connection, epoch.log))
    if found is None and against.sealed < min(held, against.size):
        return Broken(against.sealed + 1, "it was sealed, and the checkpoint is gone")
    return found


def _pages(connection: Connection, dsn: str, log: str, head: int) -> AsyncGenerator[Verified, None]:
    processes = len(os.sched_getaffinity(0))
    if head < LONG or processes == 1:
        return verify(connection, log, 0, head)
    return verify_in_spans(dsn, log, head, processes)
