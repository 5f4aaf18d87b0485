"""In which community an account is at home."""

from __future__ import annotations

from uuid import UUID

from services.volunteer.queries.homes import Homes
from services.volunteer.service import Volunteers
from shared.core.messages import Rejected


async def home_of(service: Volunteers, person: UUID, otherwise: str) -> str:
    """The community that this person lives in, by the register; that of `otherwise` for whom it
    does not know. Raises Rejected for an id that is kept as another."""
    known = await Homes(service.pool).of(person)
    if known is not None and known.merged_into is not None:
        raise Rejected("person_merged", f"this person is kept as {known.merged_into}", "person")
    await service.map.fresh()
    place = known.building if known and known.building in service.map.atlas.territories else None
    return community_of(service, place or otherwise)


def community_of(service: Volunteers, code: str) -> str:
    """The community that this territory belongs to today; itself where it belongs to none."""
    if code not in service.map.atlas.territories:
        return code
    return service.map.boundaries().at_level(code, "community") or code
