"""What bare COPY does: rows of the register's shape into tables, the log's rows out and in."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from io import BytesIO
from itertools import cycle, islice
from operator import attrgetter
from typing import Any, TypeAlias

import asyncpg

from bench import histories
from bench.figures import Figure, Sample
from bench.stage import Round, Stage
from services.grievance.log import EVENTS, LOG
from services.grievance.projections.case_register import CaseRow, case_register
from shared.runtime.commands.ids import uuid7
from shared.runtime.projections import folding
from shared.store import read, tables

PER_CASE = 10
DIFFERENT = 500
BARE = "create table bare as select * from {table} limit 0"
OUT = f"select {read.COLUMNS} from event where log = $1 order by position"
NAMES = [column.name for column in tables.columns(CaseRow)]
VALUES = attrgetter(*NAMES)
TOLD = {
    "rows": ("COPY, a row an event", "as the register's, from Python values, no key or index"),
    "ready": ("COPY, a row an event, bytes", "the same rows, encoded beforehand: the server alone"),
    "result": ("COPY, the resulting rows", f"key and indexes kept, a row {PER_CASE} events"),
    "out": ("COPY, the events out", "nothing decoded"),
    "in": ("COPY, the events in, bytes", "all columns, encoded beforehand, no key or index"),
}  # fmt: skip

Connection: TypeAlias = "asyncpg.Connection[Any]"


def limits() -> Mapping[str, Round]:
    """Every limit; all in events a second."""
    return {"rows": _rows, "ready": _ready, "result": _result, "out": _out, "in": _in}


def figures(samples: Mapping[str, Sequence[Sample]]) -> list[Figure]:
    """The limits as figures; the first is the one that a share is asked of."""
    return [
        Figure(name, "events/s", f"binary; {how}", samples[key])
        for key, (name, how) in TOLD.items()
    ]


async def _rows(stage: Stage) -> Sample:
    events = stage.window.streams * PER_CASE
    async with _fresh(stage) as connection:
        given = [VALUES(row) for row in await _registered(stage, events)]
        began = time.perf_counter()
        await connection.copy_records_to_table("bare", columns=NAMES, records=given)
        return Sample(events / (time.perf_counter() - began))


async def _ready(stage: Stage) -> Sample:
    events = stage.window.streams * PER_CASE
    async with _fresh(stage) as connection:
        given = [VALUES(row) for row in await _registered(stage, events)]
        await connection.copy_records_to_table("bare", columns=NAMES, records=given)
        seconds = await _again(connection, "bare")
        return Sample(events / seconds)


async def _result(stage: Stage) -> Sample:
    cases = stage.window.streams
    async with _fresh(stage) as connection:
        given = [
            VALUES(replace(row, case_id=uuid7(), number=number))
            for number, row in enumerate(await _registered(stage, cases))
        ]
        began = time.perf_counter()
        await connection.copy_records_to_table(
            "case_register", schema_name="read", columns=NAMES, records=given
        )
        return Sample(cases * PER_CASE / (time.perf_counter() - began))


async def _out(stage: Stage) -> Sample:
    async with _connected(stage.postgres.dsn(histories.TEMPLATE)) as connection:
        began = time.perf_counter()
        done = await connection.copy_from_query(OUT, LOG, output=_nowhere, format="binary")
        return Sample(int(done.split()[-1]) / (time.perf_counter() - began))


async def _in(stage: Stage) -> Sample:
    async with (
        stage.server.database(histories.TEMPLATE) as database,
        _connected(database.owner) as connection,
    ):
        await connection.execute(BARE.format(table="event"))
        seconds = await _again(connection, "event", "bare")
    return Sample(stage.window.streams * PER_CASE / seconds)


async def _again(connection: Connection, source: str, target: str | None = None) -> float:
    """Seconds to copy a table's bytes into a table: itself, when no other is named."""
    held = BytesIO()
    await connection.copy_from_table(source, output=held, format="binary")
    held.seek(0)
    began = time.perf_counter()
    await connection.copy_to_table(target or source, source=held, format="binary")
    return time.perf_counter() - began


async def _registered(stage: Stage, number: int) -> list[CaseRow]:
    """So many lines of the register, DIFFERENT of them different."""
    async with _connected(stage.postgres.dsn(histories.TEMPLATE)) as connection:
        rows = await read.page(connection, LOG, 0, DIFFERENT * PER_CASE)
    events = [read.decode(EVENTS, row) for row in rows]
    folded = folding.fold(case_register, [(one.stream_id, one) for one in events], {})
    return list(islice(cycle(folded.values()), number))


@asynccontextmanager
async def _fresh(stage: Stage) -> AsyncIterator[Connection]:
    """An empty register, and a table `bare` of its shape without key and indexes."""
    async with (
        stage.server.database("template_log") as database,
        _connected(database.owner) as connection,
    ):
        await tables.create(connection, case_register)
        await connection.execute(BARE.format(table="read.case_register"))
        yield connection


@asynccontextmanager
async def _connected(dsn: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        await connection.close()


async def _nowhere(_: bytes) -> None:
    pass
