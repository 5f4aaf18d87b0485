"""What a question about organisation is about: which territories, up to which watermark."""

from __future__ import annotations

from services.territory.access import ACCESS
from services.territory.caller import Caller
from shared.core.access import Reach, Thing
from shared.core.atlas.territory import Territory
from shared.runtime.projections.watermarks import Watermark
from shared.runtime.web.problems import Problem


async def mark(caller: Caller, position: int, *models: str) -> Watermark:
    """The watermark up to which all of these are true, once they hold the position; the map is
    read as of then. Raises Problem (503)."""
    marks = [await caller.service.map.reach(position)]
    for model in models:
        marks.append(await caller.service.watermarks.reach(model, position))
    return min(marks[1:] or marks, key=lambda one: one.position)


def codes(caller: Caller, action: str, wanted: str | None) -> list[str] | None:
    """Every territory, of any time, that belongs to the one that is asked about under the
    boundaries of today; None for all. Raises Forbidden, or Problem (404) for one that never was.
    """
    here = caller.service.map
    if wanted is not None:
        territory(caller, wanted)
    reach = ACCESS.reach(caller.actor, action, Reach(wanted), here.within)
    return None if reach.territory is None else here.boundaries().below(reach.territory)


def check(caller: Caller, action: str, where: str) -> None:
    """Raises Forbidden when the actor may not ask this about what is there."""
    ACCESS.check(caller.actor, action, Thing((where,)), caller.service.map.within)


def territory(caller: Caller, code: str) -> Territory:
    """The territory of this code. Raises Problem (404)."""
    found = caller.service.map.atlas.get(code)
    if found is None:
        raise Problem(404, "no_such_territory", f"there is no territory {code} on the map")
    return found
