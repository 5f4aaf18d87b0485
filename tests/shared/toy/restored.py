"""A log that was restored without its tail, and goes on differently."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg

from shared.core.births import Fork
from shared.core.messages import Event
from shared.store import crossings, epochs
from shared.store.append import append
from shared.store.epochs import Epoch
from shared.store.pool import Connection, Pool
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG

Owner: TypeAlias = "asyncpg.Connection[Any]"
Brought = Callable[..., Awaitable[None]]

CUT = (
    "delete from event where log = $1 and position > $2",
    "delete from command where log = $1 and first_position > $2",
    "update cursor set position = least(position, $2) where log = $1",
)
VERSION = "select coalesce(max(version), 0) from event where stream_id = $1"


async def cut(owner: Owner, fork: int) -> None:
    """What a restore does that has the log up to `fork`: all else is gone, cursors too."""
    for statement in CUT:
        await owner.execute(statement, LOG, fork)


async def restored(owner: Owner, fork: int) -> Epoch:
    """The log ends at `fork`, and is in its next epoch."""
    await cut(owner, fork)
    return await epochs.raise_epoch(owner, LOG, None, "the disk was lost")


async def happen(connection: Connection, stream_id: UUID, *events: Event) -> None:
    """These happen to a stream as it stands, each by a command of its own."""
    version = await connection.fetchval(VERSION, stream_id)
    for number, event in enumerate(events, start=version):
        await append(connection, LOG, [decided(On(stream_id, number, [event]))])


async def crossed(reading: Pool, subscription: str = "purses") -> list[Fork]:
    """The forks that a subscription has passed."""
    async with reading.acquire() as there:
        return list(await crossings.of(there, subscription, LOG))
