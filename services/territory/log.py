"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.territory.erasure.events import ErasureEvent
from services.territory.map.events import MapEvent
from services.territory.map.upcasters import UPCASTERS
from services.territory.resident.events import ResidentEvent
from shared.core.catalogue import Catalogue

LOG = "territory"
TerritoryEvent = MapEvent | ResidentEvent | ErasureEvent
EVENTS = Catalogue.of(TerritoryEvent, UPCASTERS)
