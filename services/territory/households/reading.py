"""From the read model to answers: the households of a part of the map on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from services.territory.households.forms import HouseholdFilter
from services.territory.households.places import Places
from services.territory.projections.households import HouseholdRow, standing
from services.territory.queries.households import Households, Part
from shared.core.local_time import day_of, end_of

LAST = timedelta(microseconds=1)


def part_of(places: Places, root: str, day: str | None, after: str | None = None) -> Part:
    """What belonged to `root` under the boundaries of that day's end."""
    day = day or day_of(datetime.now(UTC))
    ends = end_of(day)
    building, _, door = (after or "").partition("/")
    buildings = places.buildings(root, ends - LAST)
    return Part(buildings=buildings, day=day, ends=ends, after=(building, door))


async def page(households: Households, part: Part, wanted: HouseholdFilter) -> dict[str, Any]:
    """The answer but for its watermark."""
    sums = await households.sums(part)
    rows = await households.page(part, wanted.limit + 1) if sums.households else []
    shown = rows[: wanted.limit]
    return {
        "items": lines(shown, part.ends),
        "total": sums.households,
        "area_dm2": sums.area_dm2,
        "next": f"{shown[-1].building}/{shown[-1].door}" if len(rows) > wanted.limit else None,
    }


def lines(rows: Sequence[HouseholdRow], ends: datetime) -> list[dict[str, Any]]:
    """Those that were there just before that moment, as they were."""
    return [
        {
            "id": row.household_id,
            "building": row.building,
            "door": row.door,
            "area_dm2": then.area_dm2,
            "occupied": then.occupied,
            "since": row.since,
        }
        for row in rows
        if (then := standing(row, ends)) is not None
    ]
