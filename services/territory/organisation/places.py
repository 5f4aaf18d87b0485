"""Whether what a form names is there: asked of the map and of the units as they are now.

The map and the units are other streams than the one that is decided on. Two requests at the same
instant may slip past each other here; nothing breaks by that, for codes stay for ever.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.territory.queries.units import Units
from services.territory.service import Territory
from shared.core.atlas import territory as atlas
from shared.core.messages import Rejected


def known(service: Territory, code: str, field: str = "territory") -> atlas.Territory:
    """The territory of this code, whatever became of it. Raises Rejected."""
    found = service.map.atlas.get(code)
    if found is None:
        raise Rejected("unknown_territory", f"there is no territory {code!r} on the map", field)
    return found


def there(service: Territory, code: str, at: datetime, field: str = "territory") -> atlas.Territory:
    """A territory that had not ended by then. Raises Rejected.

    What happened before it was drawn onto the map may be told: maps are younger than estates.
    """
    found = known(service, code, field)
    if found.until is not None and found.until <= at:
        became = ", ".join(found.into) or "nothing"
        detail = f"{code} became {became} at {found.until.isoformat()}; name that"
        raise Rejected("former_territory", detail, field)
    return found


async def unit(service: Territory, code: str, field: str = "unit") -> dict[str, Any]:
    """The unit of this code, dissolved or not. Raises Rejected."""
    found = await Units(service.pool).one(code)
    if found is None:
        raise Rejected("unknown_unit", f"there is no unit {code!r}", field)
    return found


async def standing_unit(
    service: Territory, code: str, at: datetime, field: str = "unit"
) -> dict[str, Any]:
    """A unit that existed then, and exists now. Raises Rejected."""
    found = await unit(service, code, field)
    if found["until"] is not None:
        detail = f"{code} was dissolved at {found['until'].isoformat()}"
        raise Rejected("dissolved_already", detail, field)
    if at < found["since"]:
        detail = f"{code} was formed at {found['since'].isoformat()}, after that"
        raise Rejected("overlaps_in_time", detail, "occurred_at")
    return found
