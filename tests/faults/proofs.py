"""What must hold of a log and its read models, whatever was killed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.grievance.log import EVENTS, LOG, LOGS
from services.grievance.service import MODELS
from shared.core.projection import Tally
from shared.runtime.projections import folding
from shared.runtime.projections.folding import Model
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.projections.projecting import Projector
from shared.store import read, tables
from shared.store.pool import Connection, Pool
from shared.store.verify import verify
from tests.faults.clerks import Book

ASKED = """
select command_id, stream_id, version, position from event
where log = $1 and actor = $2 order by position
"""
COUNTED = "select count(*) from event where log = $1"
COMMANDS = "select id, first_position, last_position from command where id = any($1)"
OWED = """
select count(*) as notices, count(distinct stream_id) as of_steps from event
where type = 'notice-owed'
"""
CLERK = "clerk-1"
ALL = 1_000_000


async def everything_is_there_once(connection: Connection, book: Book) -> None:
    """Every command that the clerk asked, and no other, is in the log, where its receipt says; and
    what was owed to petitioners because of it is owed once."""
    events = await connection.fetch(ASKED, LOG, CLERK)
    by_command = {row["command_id"]: row["position"] for row in events}
    assert len(by_command) == len(events), "a command is in the log twice"
    told = {(UUID(r.id), r.version, r.position) for _, r in book.receipts.values()}
    assert len(told) == len(book.receipts), "two commands got one receipt"
    assert told == {(row["stream_id"], row["version"], row["position"]) for row in events}
    commands = await connection.fetch(COMMANDS, list(by_command))
    assert {row["id"]: row["first_position"] for row in commands} == by_command
    assert {row["id"]: row["last_position"] for row in commands} == by_command
    owed = await connection.fetchrow(OWED)
    assert owed is not None
    assert owed["notices"] == owed["of_steps"] > 0, "a step is told twice, or none is"


async def the_chain_holds(connection: Connection) -> None:
    """Every hash of every log can be made again, and no position is missing."""
    for log in LOGS:
        position = 0
        async for found in verify(connection, log):
            assert found.broken is None, found.broken
            position = found.position
        assert position == await connection.fetchval(COUNTED, log)


async def read_models_are_what_the_log_says(pool: Pool) -> None:
    """Drained, every table equals its fold from the first event on, by us and by a rebuild."""
    await Projector(pool, LOG, EVENTS, MODELS).drain()
    async with pool.acquire() as connection:
        history = await read.page(connection, LOG, 0, ALL)
        events = [read.decode(EVENTS, row) for row in history]
        for model in MODELS:
            keyed = folding.keyed_rows(model, events)
            await table_is(connection, model, folding.fold(model, keyed, {}))
    for model in MODELS:
        rebuilt = await LogFed(pool, LOG, EVENTS, model).rebuild()
        assert (rebuilt.events, rebuilt.differences) == (len(events), 0)


async def table_is(connection: Connection, model: Model, folded: Mapping[UUID, Any]) -> None:
    rows = {key: row for key, row in folded.items() if row is not None}
    names = ", ".join(column.name for column in tables.columns(model.row))
    live = await connection.fetch(f"select {names} from {model.name}")
    assert {row[0]: model.row(*row) for row in live} == rows
    assert len(live) == len(rows)
    if model.tally is not None:
        await _sums_are(connection, model.tally, folding.difference(model.tally, {}, rows))


async def _sums_are(connection: Connection, tally: Tally[Any], sums: Mapping[Any, Any]) -> None:
    names = ", ".join((*tally.keys, *tally.measures))
    width = len(tally.keys)
    live = await connection.fetch(f"select {names} from {tally.name}")
    told = {tuple(row)[:width]: dict(list(row.items())[width:]) for row in live}
    assert told == {
        key: {measure: amounts.get(measure, 0) for measure in tally.measures}
        for key, amounts in sums.items()
        if any(amounts.values())
    }
