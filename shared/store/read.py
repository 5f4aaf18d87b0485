"""Reading the log: pages by position, one stream whole, where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.core.catalogue import Catalogue
from shared.core.envelope import Recorded
from shared.store.pool import Connection

COLUMNS = """log, position, stream_id, version, type, schema_version, territory, actor, command_id,
    correlation_id, causation_id, origin, occurred_at, recorded_at, payload"""
PAGE = f"""select {COLUMNS} from event
    where log = $1 and position > $2 order by position limit $3"""
# Times as text: the driver makes its own of them at the price of all other columns together.
QUICK_COLUMNS = """log, position, stream_id, version, type, schema_version, territory, actor,
    command_id, correlation_id, causation_id, origin,
    (occurred_at at time zone 'utc')::text || '+00' as occurred_at,
    (recorded_at at time zone 'utc')::text || '+00' as recorded_at, payload"""
QUICK = f"""select {QUICK_COLUMNS} from event
    where log = $1 and position > $2 order by position limit $3"""
STREAM = f"select {COLUMNS} from event where stream_id = $1 and version > $2 order by version"
ERASURES = f"""select {COLUMNS} from event
    where log = $1 and type = 'subject-erased' and position > $2 order by position limit $3"""
PLACE = """select position, correlation_id, recorded_at from event
    where stream_id = $1 and version = $2 and log = $3"""
HEAD = "select coalesce(max(position), 0) from event where log = $1"

TYPE, SCHEMA_VERSION, OCCURRED_AT, PAYLOAD = 4, 5, 12, 14


async def page(connection: Connection, log: str, after: int, limit: int) -> Sequence[Any]:
    """The next events past a position, in order. Plain `position > after` is safe: see append."""
    return await connection.fetch(PAGE, log, after, limit)


async def quick_page(connection: Connection, log: str, after: int, limit: int) -> Sequence[Any]:
    """The same events as `page`, for `decode_quick`; with ISO dates, as PostgreSQL has them."""
    return await connection.fetch(QUICK, log, after, limit)


async def erasures(connection: Connection, log: str, after: int, limit: int) -> Sequence[Any]:
    """The next `subject-erased` events past a position."""
    return await connection.fetch(ERASURES, log, after, limit)


async def stream(connection: Connection, stream_id: UUID, after: int = 0) -> Sequence[Any]:
    """Every event of one stream past a version, in order of version."""
    return await connection.fetch(STREAM, stream_id, after)


async def place(
    connection: Connection, log: str, stream_id: UUID, version: int
) -> tuple[int, UUID, datetime] | None:
    """Where that event of one stream stands, to what matter it belongs, and when it was recorded;
    None where the log has none."""
    row = await connection.fetchrow(PLACE, stream_id, version, log)
    return tuple(row) if row else None


async def head(connection: Connection, log: str) -> int:
    """The last position of the log, 0 when it is empty."""
    position: int = await connection.fetchval(HEAD, log)
    return position


def decode_quick(catalogue: Catalogue[Any], rows: Sequence[Any]) -> list[Recorded[Any]]:
    """Rows of `quick_page` as `decode` has them. Raises what `decode` raises for the first that
    cannot be read."""
    decoded, moment, make = catalogue.decode, datetime.fromisoformat, tuple.__new__
    events = []
    for (
        log, position, stream_id, version, type_, schema_version, territory, actor,
        command_id, correlation_id, causation_id, origin, occurred, recorded, payload,
    ) in rows:  # fmt: skip
        at = moment(occurred)
        event = decoded(type_, schema_version, payload, at)
        fields = (
            log, position, stream_id, version, type_, schema_version, territory, actor,
            command_id, correlation_id, causation_id, origin, at, moment(recorded), event,
        )  # fmt: skip
        events.append(make(Recorded, fields))
    return events


def decode(catalogue: Catalogue[Any], row: Any) -> Recorded[Any]:
    """A row of this module as a recorded event. Raises UnknownEvent."""
    fields = tuple(row)
    about = fields[TYPE], fields[SCHEMA_VERSION], fields[PAYLOAD], fields[OCCURRED_AT]
    return Recorded._make((*fields[:PAYLOAD], catalogue.decode(*about)))
