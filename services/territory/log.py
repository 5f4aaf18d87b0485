"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.territory.catalogue import upcasters as catalogue
from services.territory.catalogue.events import CatalogueEvent
from services.territory.erasure.events import ErasureEvent
from services.territory.facility import upcasters as facility
from services.territory.facility.events import FacilityEvent
from services.territory.map.events import MapEvent
from services.territory.map.upcasters import UPCASTERS
from services.territory.post import upcasters as post
from services.territory.post.events import PostEvent
from services.territory.profile import upcasters as profile
from services.territory.profile.events import ProfileEvent
from services.territory.resident.events import ResidentEvent
from services.territory.roster.events import RosterEvent
from services.territory.roster.upcasters import UPCASTERS as ROSTER_UPCASTERS
from services.territory.unit import upcasters as unit
from services.territory.unit.events import UnitEvent
from shared.core.catalogue import Catalogue

LOG = "territory"
TerritoryEvent = (
    MapEvent
    | RosterEvent
    | ResidentEvent
    | ErasureEvent
    | UnitEvent
    | PostEvent
    | FacilityEvent
    | ProfileEvent
    | CatalogueEvent
)  # fmt: skip
EVENTS = Catalogue.of(
    TerritoryEvent,
    {
        **UPCASTERS,
        **ROSTER_UPCASTERS,
        **unit.UPCASTERS,
        **post.UPCASTERS,
        **facility.UPCASTERS,
        **profile.UPCASTERS,
        **catalogue.UPCASTERS,
    },
)
