"""What is parked: events that a subscription could not take, and those that wait behind them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shared.store.pool import Connection

STREAMS = """
select distinct stream_id from parked
where subscription = $1 and log = $2 and stream_id = any($3)
"""
ANY = """
select s.name from unnest($1::text[]) s(name)
where exists (select from parked p where p.subscription = s.name and p.log = $2)
"""
# The index of the primary key answers; an answer names no more than it can show.
BLOCKED = """
select distinct stream_id from parked where subscription = $1 and log = $2
order by stream_id limit 100
"""
PUT = """
insert into parked (subscription, log, stream_id, position, type, reason)
select $1, $2, * from unnest($3::uuid[], $4::bigint[], $5::text[], $6::text[])
on conflict (subscription, log, stream_id, position) do update set reason = excluded.reason
"""
OF = """
select subscription, log, stream_id, position, type, reason, parked_at from parked
where ($1::text is null or subscription = $1) and ($2::uuid is null or stream_id = $2)
order by subscription, stream_id, position
"""
DROP = """
delete from parked
where subscription = $1 and log = $2 and stream_id = $3 and position = any($4)
"""
FORGET = "delete from parked where subscription = $1 and log = $2"
FORGET_PAST = "delete from parked where subscription = $1 and log = $2 and position > $3"
RENAME = "update parked set subscription = $3 where subscription = $1 and log = $2"
GARBLED = """
insert into garbled (subscription, topic, digest, reason)
select $1, $2, * from unnest($3::bytea[], $4::text[]) on conflict do nothing
"""
GARBLED_ALL = "select subscription, topic, reason, seen_at from garbled order by seen_at"


class Waiting(NamedTuple):
    """An event that waits: why, or that it stands behind another of its stream."""

    stream_id: UUID
    position: int
    type: str
    reason: str


class Parked(NamedTuple):
    """A line of the list."""

    subscription: str
    log: str
    stream_id: UUID
    position: int
    type: str
    reason: str
    parked_at: datetime


async def streams(
    connection: Connection, subscription: str, log: str, among: Collection[UUID]
) -> set[UUID]:
    """Which of these streams have events parked."""
    rows = await connection.fetch(STREAMS, subscription, log, list(among))
    return {row["stream_id"] for row in rows}


async def any_of(connection: Connection, subscriptions: Sequence[str], log: str) -> set[str]:
    """Those of these subscriptions that have something parked."""
    return {row["name"] for row in await connection.fetch(ANY, subscriptions, log)}


async def blocked(connection: Connection, subscription: str, log: str) -> tuple[UUID, ...]:
    """Streams of which something is parked, a hundred at most."""
    rows = await connection.fetch(BLOCKED, subscription, log)
    return tuple(row["stream_id"] for row in rows)


async def put(
    connection: Connection, subscription: str, log: str, waiting: Sequence[Waiting]
) -> None:
    """Park these; one that is parked already keeps its place and gets the newer reason."""
    if waiting:
        columns = [list(column) for column in zip(*waiting, strict=True)]
        await connection.execute(PUT, subscription, log, *columns)


async def of(
    connection: Connection, subscription: str | None = None, stream_id: UUID | None = None
) -> list[Parked]:
    """What is parked, stream by stream in order of position."""
    return [Parked(*row) for row in await connection.fetch(OF, subscription, stream_id)]


async def drop(
    connection: Connection, subscription: str, log: str, stream_id: UUID, done: Sequence[int]
) -> None:
    """These positions of the stream wait no longer."""
    await connection.execute(DROP, subscription, log, stream_id, done)


async def forget(connection: Connection, subscription: str, log: str) -> None:
    """Nothing is parked by this subscription any more."""
    await connection.execute(FORGET, subscription, log)


async def forget_past(connection: Connection, subscription: str, log: str, position: int) -> None:
    """Nothing that stands past this position is parked by this subscription any more."""
    await connection.execute(FORGET_PAST, subscription, log, position)


async def rename(connection: Connection, subscription: str, log: str, name: str) -> None:
    """What one subscription has parked becomes another's."""
    await connection.execute(RENAME, subscription, log, name)


async def note_garbled(
    connection: Connection, subscription: str, topic: str, records: Sequence[tuple[bytes, str]]
) -> None:
    """Keep note of records (SHA-256 and reason) whose envelope cannot be read, each once."""
    if records:
        digests, reasons = zip(*records, strict=True)
        await connection.execute(GARBLED, subscription, topic, list(digests), list(reasons))
