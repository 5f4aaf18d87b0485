"""Reading the log: pages by position, one stream whole, where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shared.core.catalogue import Catalogue
from shared.core.envelope import Recorded
from shared.store.pool import Connection

COLUMNS = """log, position, stream_id, version, type, schema_version, territory, actor, command_id,
    correlation_id, causation_id, origin, occurred_at, recorded_at, payload"""
PAGE = f"""select {COLUMNS} from event
    where log = $1 and position > $2 order by position limit $3"""
STREAM = f"select {COLUMNS} from event where stream_id = $1 order by version"
ERASURES = f"""select {COLUMNS} from event
    where log = $1 and type = 'subject-erased' and position > $2 order by position limit $3"""
HEAD = "select coalesce(max(position), 0) from event where log = $1"

PAYLOAD = 14


async def page(connection: Connection, log: str, after: int, limit: int) -> Sequence[Any]:
    """The next events past a position, in order. Plain `position > after` is safe: see append."""
    return await connection.fetch(PAGE, log, after, limit)


async def erasures(connection: Connection, log: str, after: int, limit: int) -> Sequence[Any]:
    """The next `subject-erased` events past a position."""
    return await connection.fetch(ERASURES, log, after, limit)


async def stream(connection: Connection, stream_id: UUID) -> Sequence[Any]:
    """Every event of one stream, in order of version."""
    return await connection.fetch(STREAM, stream_id)


async def head(connection: Connection, log: str) -> int:
    """The last position of the log, 0 when it is empty."""
    position: int = await connection.fetchval(HEAD, log)
    return position


def decode(catalogue: Catalogue[Any], row: Any) -> Recorded[Any]:
    """A row of this module as a recorded event. Raises UnknownEvent."""
    fields = tuple(row)
    event = catalogue.decode(row["type"], row["schema_version"], row["payload"], row["occurred_at"])
    return Recorded._make((*fields[:PAYLOAD], event))
