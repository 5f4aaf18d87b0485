"""The dispatch catalogue over HTTP."""

from __future__ import annotations

from services.territory.catalogue import commands
from services.territory.catalogue.decider import catalogue
from services.territory.catalogue.stream import CATALOGUE
from services.territory.organisation import catalogue_forms as forms
from services.territory.organisation import places
from services.territory.organisation.preparing import Prepared, Step, Told
from services.territory.queries.units import Units
from services.territory.service import Territory
from shared.core.messages import Rejected
from shared.runtime.commands.submission import Target


async def drafted(service: Territory, told: Told) -> Prepared:
    """The catalogue of the district that is on the map."""
    district = service.map.atlas.district
    if not district:
        raise Rejected("no_district", "register the district on the map first")
    return Prepared({**told, "district": district}, (Target(catalogue, CATALOGUE),))


async def routed(service: Territory, told: Told) -> Prepared:
    """The same, with territories and units that are there."""
    rows = told["rows"]
    standing = await Units(service.pool).standing(sorted({row.unit for row in rows if row.unit}))
    for number, row in enumerate(rows):
        if row.unit is None:
            continue
        places.there(service, row.territory, told["at"], f"rows/{number}/territory")
        if row.unit not in standing:
            detail = f"there is no unit {row.unit!r} any more, or there never was"
            raise Rejected("unknown_unit", detail, f"rows/{number}/unit")
    return await drafted(service, told)


async def published(service: Territory, told: Told) -> Prepared:
    """The same, with the units that are dissolved."""
    gone = await Units(service.pool).gone()
    return await drafted(service, {**told, "gone": frozenset(gone)})


STEPS = (
    Step("/catalogue/categories", forms.Categories, commands.DefineCategories, drafted),
    Step("/catalogue/routes", forms.Routes, commands.SetRoutes, routed),
    Step("/catalogue/publish", forms.Publication, commands.PublishCatalogue, published),
)
