"""What the read models of the purses hold, and what they should hold."""

from __future__ import annotations

from typing import Any

from shared.core.projection import ReadModel
from shared.runtime.projections.projecting import Projector
from shared.store import read
from shared.store.pool import Connection, Pool
from tests.shared.toy.asking import LOG
from tests.shared.toy.decider import purse
from tests.shared.toy.purses import PurseRow, fold, purses

RECOUNT = "select territory, count(*) as purses, sum(fen) as fen from read.purses group by 1"


async def projector(pool: Pool, *models: ReadModel[Any, Any]) -> Projector:
    """A runner for these models, their tables made."""
    made = Projector(pool, LOG, purse.events, models or (purses,))
    await made.prepare()
    return made


async def rows(connection: Connection, table: str = "purses") -> list[tuple[Any, ...]]:
    """Everything in a read model's table."""
    return sorted(tuple(row) for row in await connection.fetch(f"select * from read.{table}"))


async def assert_right(connection: Connection) -> None:
    """The rows are the log folded event by event; the tally is a recount of the rows."""
    expected: dict[Any, PurseRow] = {}
    for stored in await read.page(connection, LOG, 0, 10_000):
        recorded = read.decode(purse.events, stored)
        row = fold(expected.pop(recorded.stream_id, None), recorded)
        expected |= {} if row is None else {row.purse_id: row}
    assert {row[0]: PurseRow(*row) for row in await rows(connection)} == expected
    await assert_counted(connection)


async def assert_counted(connection: Connection) -> None:
    """The tally is a recount of the rows as they are."""
    counted = sorted(tuple(row) for row in await connection.fetch(RECOUNT))
    assert await rows(connection, "purse_count") == counted
