"""The map's own events as a read model, and the atlas they make: what every service keeps of it.

The owner of the map folds it from its log, every other service from the topic: the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, assert_never
from uuid import UUID

from shared.contracts.territory import (
    TERRITORY,
    MapContract,
    TerritoriesMerged,
    TerritoryAssignedToBlock,
    TerritoryClosed,
    TerritoryLeftBlock,
    TerritoryMoved,
    TerritoryRegistered,
    TerritoryRenamed,
    TerritorySplit,
)
from shared.core.atlas.atlas import Atlas, New
from shared.core.envelope import Recorded
from shared.core.messages import Event
from shared.core.projection import ReadModel, own_event


@dataclass(frozen=True)
class MapHistoryRow:
    """One event of the map, by its version; `payload` is the contract's, as on the topic."""

    event_id: UUID
    version: int
    type: str
    schema_version: int
    at: datetime
    payload: bytes


class Told(NamedTuple):
    """What of a row the atlas is made from."""

    type: str
    schema_version: int
    payload: bytes
    at: datetime


def fold(_: MapHistoryRow | None, recorded: Recorded[Any]) -> MapHistoryRow:
    """The row of this event."""
    contract = contract_of(recorded.event)
    return MapHistoryRow(
        event_id=own_event(recorded),
        version=recorded.version,
        type=contract.type,
        schema_version=contract.schema_version,
        at=contract.at,
        payload=TERRITORY.events.encode(contract),
    )


def contract_of(event: Event) -> MapContract:
    """What others are told of an event of the map. Raises TypeError for any other event."""
    contract = TERRITORY.narrowed(event)
    if not isinstance(contract, MapContract):
        raise TypeError(f"{event.type} is no event of the map")
    return contract


def drawn(atlas: Atlas, history: Iterable[Told]) -> Atlas:
    """The atlas after these further rows, in order of version."""
    for told in history:
        atlas = after(atlas, TERRITORY.events.decode(*told))
    return atlas


def after(atlas: Atlas, event: MapContract) -> Atlas:  # noqa: C901, PLR0911 - one arm an event
    """The atlas after this event."""
    at = event.at
    match event:
        case TerritoryRegistered(code=code, kind=kind, name=name, parent=parent):
            return atlas.registered(New(code, kind, name, parent), at)
        case TerritoryRenamed(code=code, name=name):
            return atlas.renamed(code, name, at)
        case TerritoryMoved(code=code, parent=parent):
            return atlas.moved([code], parent, at)
        case TerritoryAssignedToBlock(code=code, block=block):
            return atlas.joined(code, block, at)
        case TerritoryLeftBlock(code=code, block=block):
            return atlas.left(code, block, at)
        case TerritoriesMerged(codes=codes, code=code, kind=kind, name=name, parent=parent):
            return atlas.merged(codes, New(code, kind, name, parent), at)
        case TerritorySplit(code=code, kind=kind, parent=parent, parts=parts):
            new = [New(part.code, kind, part.name, parent) for part in parts]
            return atlas.split(code, {part.code: part.takes for part in parts}, new, at)
        case TerritoryClosed(code=code):
            return atlas.closed(code, at)
        case _:
            assert_never(event)


map_history: ReadModel[MapHistoryRow, Any] = ReadModel(
    name="map_history",
    row=MapHistoryRow,
    fold=fold,
    key=own_event,
    of=MapContract,
    indexes=("(version)",),
)
