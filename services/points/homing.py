"""Where somebody is at home, and in which community that is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from services.points.queries.homes import Home, Homes
from shared.core.messages import Rejected

if TYPE_CHECKING:  # the service holds what completes its own policies
    from services.points.service import PointsService


async def home_of(service: PointsService, person: UUID, otherwise: str) -> str:
    """The community that this person lives in, by the register; that of `otherwise` for whom it
    does not know. Raises Rejected for an id that is kept as another."""
    known = await Homes(service.pool).of(person)
    if known is not None and known.merged_into is not None:
        raise Rejected("person_merged", f"this person is kept as {known.merged_into}", "person")
    await service.map.fresh()
    return community_of(service, _place(service, known) or otherwise)


def community_of(service: PointsService, code: str) -> str:
    """The community that this territory belongs to today; itself where it belongs to none."""
    if code not in service.map.atlas.territories:
        return code
    return service.map.boundaries().at_level(code, "community") or code


def _place(service: PointsService, known: Home | None) -> str | None:
    found = known is not None and known.building in service.map.atlas.territories
    return known.building if known is not None and found else None
