"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.territory.map.events import MapEvent
from services.territory.map.upcasters import UPCASTERS as MAP_UPCASTERS
from services.territory.roster.events import RosterEvent
from services.territory.roster.upcasters import UPCASTERS as ROSTER_UPCASTERS
from shared.core.catalogue import Catalogue

LOG = "territory"
TerritoryEvent = MapEvent | RosterEvent
UPCASTERS = {
    **MAP_UPCASTERS,
    **ROSTER_UPCASTERS,
}
EVENTS = Catalogue.of(TerritoryEvent, UPCASTERS)
