"""Whose honour a form means: a person or a household of the register, a building or a community of
the map."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from services.points.homing import community_of, home_of
from services.points.honouring.forms import Named
from services.points.queries.homes import Homes
from services.points.service import PointsService
from services.points.words import HonourHolder
from shared.core.messages import Rejected


class Holder(NamedTuple):
    """The id or the code of the holder, who it is or stands for it, and where it is at home."""

    id: str
    person: UUID | None
    territory: str


async def holder_of(service: PointsService, kind: HonourHolder, form: Named) -> Holder:
    """Raises Rejected for a holder that nobody knows, or of another kind."""
    if kind in ("person", "household"):
        return await _somebody(service, kind, form)
    return await _somewhere(service, kind, form)


async def _somebody(service: PointsService, kind: HonourHolder, form: Named) -> Holder:
    if form.person is None:
        raise Rejected(
            "nominee_missing", "name the person, or who stands for the household", "person"
        )
    if form.name is None:
        raise Rejected("name_missing", "write the name as it shall be shown", "name")
    known = await Homes(service.pool).of(form.person)
    if known is None:
        raise Rejected("unknown_person", "nobody on the register has this id", "person")
    home = await home_of(service, form.person, "")
    if kind == "person":
        return Holder(str(form.person), form.person, home)
    if known.household is None:
        raise Rejected("no_household", "the register knows no household of theirs", "person")
    return Holder(str(known.household), form.person, home)


async def _somewhere(service: PointsService, kind: HonourHolder, form: Named) -> Holder:
    if form.territory is None:
        raise Rejected("territory_missing", f"name the {kind}", "territory")
    code = await service.map.known(form.territory)
    found = service.map.atlas.territories[code]
    if found.kind != kind:
        raise Rejected("not_such_a_holder", f"{code} is no {kind}", "territory")
    return Holder(code, None, community_of(service, code))
