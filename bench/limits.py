"""What bare PostgreSQL does with the same rows: no lock, no hash, no command ids, no verdicts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg

from bench.clients import Act, closed_loop, until_spent
from bench.figures import Figure, Sample
from bench.stage import Round, Stage
from shared.runtime.commands.ids import uuid7

GROUP = 256
CONNECTIONS = 16
REPLY = 700

SET_INSERT = """
insert into event
select * from unnest($1::text[], $2::bigint[], $3::uuid[], $4::int[], $5::text[], $6::smallint[],
    $7::text[], $8::text[], $9::uuid[], $10::uuid[], $11::uuid[], $12::text[], $13::timestamptz[],
    $14::timestamptz[], $15::bytea[], $16::bytea[], $17::bytea[])
"""
INSERT = """
insert into event values
    ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
"""
LOAD_SET = "select * from event where stream_id = any($1) order by stream_id, version"
LOAD_ONE = "select * from event where stream_id = $1 order by version"
LATER = 1_000_000_000
WARM_SHARE = 10

GROUPS = f"{GROUP} a transaction, one connection"
NAMES = {
    "set": ("bare set-based INSERT", GROUPS),
    "loop": ("one INSERT per command", f"{CONNECTIONS} connections"),
    "alone": ("one INSERT per command, one client", "one connection"),
    "sealed set": ("bare set-based INSERT of such rows", GROUPS),
    "sealed loop": ("one INSERT of such a row per command", f"{CONNECTIONS} connections"),
    "step set": ("bare set-based read and INSERT", GROUPS),
    "step loop": ("one read and one INSERT per command", f"{CONNECTIONS} connections"),
}

Connections: TypeAlias = "list[asyncpg.Connection[Any]]"


def set_insert(size: int) -> Round:
    """Rows a second by one `insert … select from unnest` of GROUP rows per transaction."""

    async def run(stage: Stage) -> Sample:
        positions = count(1)
        columns = _columns(size, version=1)
        async with _open(stage, "template_log", 1) as [connection]:
            statement = await connection.prepare(SET_INSERT)

            async def act() -> None:
                columns[1] = [next(positions) for _ in range(GROUP)]
                columns[2] = [uuid7() for _ in range(GROUP)]
                await statement.fetch(*columns)

            return _each(await closed_loop(stage.window, 1, act))

    return run


def insert_loop(size: int, connections: int) -> Round:
    """Rows a second by one INSERT, one transaction per row."""

    async def run(stage: Stage) -> Sample:
        positions = count(1)
        async with _open(stage, "template_log", connections) as free:

            async def act() -> None:
                connection = free.pop()
                await connection.execute(INSERT, *_row(next(positions), uuid7(), size))
                free.append(connection)

            return await closed_loop(stage.window, connections, act)

    return run


def set_step(template: str, streams: Sequence[UUID]) -> Round:
    """Streams a second: GROUP of them read whole and given one row each per transaction."""

    async def run(stage: Stage) -> Sample:
        positions = count(LATER)
        columns = _columns(REPLY, version=11)
        async with _open(stage, template, 1) as [connection]:
            read, write = await connection.prepare(LOAD_SET), await connection.prepare(SET_INSERT)

            async def act(group: Sequence[UUID]) -> None:
                columns[1], columns[2] = [next(positions) for _ in group], list(group)
                async with connection.transaction():
                    await read.fetch(group)
                    await write.fetch(*columns)

            groups = [streams[n : n + GROUP] for n in range(0, len(streams) - GROUP + 1, GROUP)]
            acts: list[Act] = [partial(act, group) for group in groups]
            return _each(await until_spent(1, acts, max(len(acts) // WARM_SHARE, 1)))

    return run


def step_loop(template: str, streams: Sequence[UUID]) -> Round:
    """Streams a second: each read whole, then given one row, over CONNECTIONS connections."""

    async def run(stage: Stage) -> Sample:
        positions = count(LATER)
        async with _open(stage, template, CONNECTIONS) as free:

            async def act(stream: UUID) -> None:
                connection = free.pop()
                await connection.fetch(LOAD_ONE, stream)
                await connection.execute(INSERT, *_row(next(positions), stream, REPLY, 11))
                free.append(connection)

            acts: list[Act] = [partial(act, stream) for stream in streams]
            return await until_spent(CONNECTIONS, acts, len(acts) // WARM_SHARE)

    return run


def figure(key: str, samples: Sequence[Sample], unit: str = "events/s") -> Figure:
    """One of the limits by its short name."""
    name, how = NAMES[key]
    return Figure(name, unit, f"same columns and indexes, no lock, no hash, no ids; {how}", samples)


def _row(position: int, stream_id: UUID, size: int, version: int = 1) -> tuple[Any, ...]:
    now = datetime.now(UTC)
    return (
        "bench", position, stream_id, version, "bench-noted", 1, "d/s1/c1", "clerk-1", stream_id,
        stream_id, None, "live", now, now, b"x" * size, bytes(32), bytes(32),
    )  # fmt: skip


def _columns(size: int, version: int) -> list[list[Any]]:
    return [[value] * GROUP for value in _row(0, uuid7(), size, version)]


def _each(groups: Sample) -> Sample:
    return replace(groups, rate=groups.rate * GROUP)


@asynccontextmanager
async def _open(stage: Stage, template: str, number: int) -> AsyncIterator[Connections]:
    async with stage.server.database(template) as database, AsyncExitStack() as stack:
        made = []
        for _ in range(number):
            made.append(await asyncpg.connect(database.owner))
            stack.push_async_callback(made[-1].close)
        yield made
