"""The life of the map: what may change, what it leads to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from services.territory.map import rules
from services.territory.map.commands import (
    AssignToBlock,
    CloseTerritory,
    LeaveBlock,
    MapCommand,
    MergeTerritories,
    MoveTerritory,
    RegisterTerritories,
    RenameTerritory,
    SplitTerritory,
)
from services.territory.map.events import (
    MapEvent,
    TerritoriesMerged,
    TerritoryAssignedToBlock,
    TerritoryClosed,
    TerritoryLeftBlock,
    TerritoryMoved,
    TerritoryRegistered,
    TerritoryRenamed,
    TerritorySplit,
)
from services.territory.map.upcasters import UPCASTERS
from shared.contracts.map_history import after, contract_of
from shared.contracts.territory import Part
from shared.core.access import Thing
from shared.core.atlas.atlas import Atlas, New
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected


def decide(command: MapCommand, atlas: Atlas) -> list[MapEvent]:
    """The events a command leads to. Raises Rejected."""
    events = _decide(command, atlas)
    if command.late_reason is None:
        return events
    return [event.model_copy(update={"late_reason": command.late_reason}) for event in events]


def _decide(command: MapCommand, atlas: Atlas) -> list[MapEvent]:  # noqa: C901, PLR0911 - one arm a command
    at = command.at
    match command:
        case RegisterTerritories():
            return _registered(command, atlas)
        case RenameTerritory(code=code, name=name):
            rules.renamable(atlas, code, at)
            return [TerritoryRenamed(at=at, code=code, name=name)]
        case MoveTerritory(code=code, parent=parent):
            rules.movable(atlas, code, parent, at)
            return [TerritoryMoved(at=at, code=code, parent=parent)]
        case AssignToBlock(code=code, block=block):
            rules.joinable(atlas, code, block, at)
            return [TerritoryAssignedToBlock(at=at, code=code, block=block)]
        case LeaveBlock(code=code, block=block):
            rules.leavable(atlas, code, block, at)
            return [TerritoryLeftBlock(at=at, code=code, block=block)]
        case MergeTerritories():
            return [_merged(command, rules.mergeable(atlas, command))]
        case SplitTerritory():
            return [_split(command, rules.splittable(atlas, command))]
        case CloseTerritory(code=code):
            rules.closable(atlas, code, at)
            return [TerritoryClosed(at=at, code=code)]
        case _:
            assert_never(command)


def _registered(command: RegisterTerritories, atlas: Atlas) -> list[MapEvent]:
    events: list[MapEvent] = []
    for number, new in enumerate(command.territories):
        try:
            rules.registrable(atlas, new, command.at)
        except Rejected as no:
            field = f"territories/{number}/{no.field}"
            raise Rejected(no.code, no.detail, field) from None
        atlas = atlas.registered(new, command.at)
        told = {"code": new.code, "kind": new.kind, "name": new.name, "parent": new.parent}
        events.append(TerritoryRegistered(at=command.at, **told))
    return events


def _merged(command: MergeTerritories, new: New) -> TerritoriesMerged:
    return TerritoriesMerged(
        at=command.at,
        codes=command.codes,
        code=new.code,
        kind=new.kind,
        name=new.name,
        parent=str(new.parent),
    )


def _split(command: SplitTerritory, new: list[New]) -> TerritorySplit:
    parts = (Part(code=one.code, name=one.name, takes=command.takes[one.code]) for one in new)
    return TerritorySplit(
        at=command.at,
        code=command.code,
        kind=new[0].kind,
        parent=str(new[0].parent),
        parts=tuple(parts),
    )


def evolve(atlas: Atlas, event: MapEvent) -> Atlas:
    """The map after the event: what every service makes of the contract of it."""
    return after(atlas, contract_of(event))


def concerns(command: MapCommand, atlas: Atlas) -> Thing:
    """The territories that a command would touch, as far as they are on the map."""
    named = {code for code in _named(command) if code is not None}
    return Thing(tuple(sorted(code for code in named if atlas.get(code) is not None)))


def _named(command: MapCommand) -> Iterable[str | None]:
    match command:
        case RegisterTerritories(territories=territories):
            return [new.parent for new in territories]
        case MoveTerritory(code=code, parent=parent):
            return [code, parent]
        case AssignToBlock(code=code, block=block) | LeaveBlock(code=code, block=block):
            return [code, block]
        case MergeTerritories(codes=codes, parent=parent):
            return [*codes, parent]
        case RenameTerritory(code=code) | SplitTerritory(code=code) | CloseTerritory(code=code):
            return [code]
        case _:
            assert_never(command)


district_map: Decider[MapCommand, Atlas, MapEvent] = Decider(
    category="map",
    initial=Atlas(),
    decide=decide,
    evolve=evolve,
    territory=lambda atlas: atlas.district,
    events=Catalogue.of(MapEvent, UPCASTERS),
    concerns=concerns,
)
