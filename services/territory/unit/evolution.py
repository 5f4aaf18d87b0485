"""What the events of a unit make of it."""

from __future__ import annotations

from typing import assert_never

from services.territory.unit.events import (
    AidGiven,
    PledgeFulfilled,
    PledgeMade,
    UnitDissolved,
    UnitEvent,
    UnitFormed,
    UnitLinked,
    UnitNested,
    UnitUnlinked,
)
from services.territory.unit.state import Link, Pledge, Unit
from shared.core.state import replace


def evolve(unit: Unit, event: UnitEvent) -> Unit:
    """The unit after the event."""
    told = max(unit.told or event.at, event.at)
    return _evolve(replace(unit, version=unit.version + 1, told=told), event)


def _evolve(unit: Unit, event: UnitEvent) -> Unit:  # noqa: C901, PLR0911 - one arm an event
    at, number = event.at, unit.version
    match event:
        case UnitFormed(code=code, kind=kind, territory=territory, parent=parent):
            named = replace(unit, code=code, kind=kind, territory=territory)
            return replace(named, parent=parent, formed=at, placed=at)
        case UnitNested(parent=parent):
            return replace(unit, parent=parent, placed=at)
        case UnitDissolved():
            return replace(unit, dissolved=at)
        case UnitLinked(territory=territory, linkage=linkage):
            return replace(unit, links=(*unit.links, Link(number, territory, linkage, at)))
        case UnitUnlinked(linked=linked):
            links = (replace(one, until=at) if one.number == linked else one for one in unit.links)
            return replace(unit, links=tuple(links))
        case PledgeMade():
            return replace(unit, pledges=(*unit.pledges, Pledge(number, at)))
        case PledgeFulfilled(pledge=pledge):
            pledges = (
                replace(one, fulfilled=at) if one.number == pledge else one for one in unit.pledges
            )
            return replace(unit, pledges=tuple(pledges))
        case AidGiven():
            return unit
        case _:
            assert_never(event)
