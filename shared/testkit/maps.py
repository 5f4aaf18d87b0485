"""A map laid into a service's copy, as if the topic had brought it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from shared.contracts.map_history import MapHistoryRow, map_history
from shared.contracts.territory import TERRITORY, MapContract, TerritoryRegistered
from shared.core.atlas.kinds import Kind
from shared.store import tables
from shared.store.pool import Pool

BEGAN = datetime(1900, 1, 1, tzinfo=UTC)
BY_DEPTH: Sequence[Kind] = (
    "district", "subdistrict", "community", "neighbourhood", "grid", "building",
)  # fmt: skip


async def lay(pool: Pool, paths: Sequence[str]) -> None:
    """Register territories whose codes are these paths, `d/s1/c1` lying in `d/s1`; each comes
    after what it lies in."""
    await tell(pool, [_registered(path) for path in paths])


async def tell(pool: Pool, events: Sequence[MapContract], after: int = 0) -> None:
    """These happened to the map, which had `after` events before."""
    rows = [_row(number, event) for number, event in enumerate(events, start=after + 1)]
    await tables.make(pool, TERRITORY.log, [map_history])
    async with pool.acquire() as connection, connection.transaction():
        await tables.write(connection, map_history, {row.event_id: row for row in rows})


def _registered(path: str) -> TerritoryRegistered:
    parent, _, name = path.rpartition("/")
    kind = BY_DEPTH[path.count("/")]
    return TerritoryRegistered(at=BEGAN, code=path, kind=kind, name=name, parent=parent or None)


def _row(version: int, event: MapContract) -> MapHistoryRow:
    return MapHistoryRow(
        event_id=UUID(int=version),
        version=version,
        type=event.type,
        schema_version=event.schema_version,
        at=event.at,
        payload=TERRITORY.events.encode(event),
    )
