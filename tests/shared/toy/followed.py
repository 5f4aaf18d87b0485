"""A read model of purses in another service: what it should hold, by the log it follows."""

from __future__ import annotations

from typing import Any

from shared.store import read
from shared.store.pool import Connection, Pool
from tests.shared.toy.asking import LOG
from tests.shared.toy.contracts import CONTRACTS
from tests.shared.toy.decider import purse
from tests.shared.toy.longago import rows_of
from tests.shared.toy.purses import PurseRow
from tests.shared.toy.tables import assert_counted, rows


async def assert_follows(reading: Pool, pool: Pool) -> None:
    """The rows are the published log folded event by event; the tally is a recount of them."""
    async with reading.acquire() as there, pool.acquire() as here:
        found = {row[0]: PurseRow(*row) for row in await rows(there)}
        assert found == rows_of(await published(here))
        await assert_counted(there)


async def published(connection: Connection) -> list[Any]:
    """Every event of the log that others may see, in order."""
    logged = await read.page(connection, LOG, 0, 100_000)
    return [read.decode(purse.events, row) for row in logged if row["type"] in CONTRACTS.classes]


async def places(reading: Pool, subscription: str = "purses") -> dict[int, int]:
    """The position of each partition's cursor."""
    asked = "select partition, position from cursor where subscription = $1"
    return {row[0]: row[1] for row in await reading.fetch(asked, subscription)}
