"""From an event back to what caused it, from log to log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shared.core import births
from shared.runtime.commands.because import caused_by
from shared.store import read
from shared.store.pool import Pool

PAGE = 1_000


async def walked_back(logs: Mapping[str, Pool], event: Any) -> list[Any]:
    """This event, a row of `read`, then what caused it, and so on, back to the event that nothing
    caused. Raises LookupError for a cause that is in none of these logs, by name, in their first
    epoch."""
    known: dict[UUID, Any] = {}
    for log, pool in logs.items():
        known |= await _named(pool, log)
    chain = [event]
    while (cause := chain[-1]["causation_id"]) is not None:
        if cause not in known:
            raise LookupError(f"what caused {chain[-1]['type']} is in none of {sorted(logs)}")
        chain.append(known[cause])
    return chain


def types_of(chain: list[Any]) -> list[str]:
    """What happened, the latest first."""
    return [row["type"] for row in chain]


async def the_event(pool: Pool, stream_id: UUID, type_: str) -> Any:
    """The last event of this type in the stream. Raises LookupError."""
    async with pool.acquire(timeout=10) as connection:
        rows = await read.stream(connection, stream_id)
    for row in reversed(rows):
        if row["type"] == type_:
            return row
    raise LookupError(f"no {type_} in {[row['type'] for row in rows]}")


async def _named(pool: Pool, log: str) -> dict[UUID, Any]:
    """Every event of the log, by its id."""
    named: dict[UUID, Any] = {}
    after = 0
    async with pool.acquire(timeout=10) as connection:
        while rows := await read.page(connection, log, after, PAGE):
            after = rows[-1]["position"]
            for row in rows:
                named[caused_by(births.name(log, row["position"], births.FIRST))] = row
    return named
