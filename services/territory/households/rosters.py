"""Where rosters are in the log, and what the log and the map say of them now."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from uuid import UUID

from services.territory.roster.decider import building_roster
from services.territory.roster.state import Roster
from shared.core.atlas.atlas import Atlas
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.runtime.commands.deciding import fold
from shared.runtime.commands.ids import derived
from shared.store.load import load
from shared.store.pool import Pool


def stream_of(building: str) -> UUID:
    """The stream of a building's roster."""
    return derived("roster", building)


def household_of(building: str, door: str) -> UUID:
    """The id of the household behind a door, for ever."""
    return derived("household", building, door)


def door_of(written: str) -> str:
    """A door as everybody writes it: no full-width signs, no space doubled or at the ends."""
    return " ".join(unicodedata.normalize("NFKC", written).split())


def building_at(atlas: Atlas, code: str, at: datetime, field: str = "code") -> None:
    """Raises Rejected for what is no building, is none any more, or was none yet at `at`."""
    found = atlas.get(code)
    if found is None:
        raise Rejected("unknown_territory", f"there is no territory {code!r} on the map", field)
    if found.kind != "building":
        raise Rejected("not_a_building", f"{code} is a {found.kind}; name a building", field)
    if found.until is not None:
        detail = f"{code} is off the map since {day_of(found.until)}"
        raise Rejected("former_territory", detail, field)
    if at < found.since:
        detail = f"{code} is on the map since {day_of(found.since)} only"
        raise Rejected("overlaps_in_time", detail, "occurred_at")


async def emptied(pool: Pool, building: str) -> None:
    """Raises Rejected while there are households on its roster.

    Asked at the desk, not under the log's lock: a household that is registered in the same moment
    may stay behind in a building that is off the map. Its records then belong to what the building
    lay in, and it can still be closed.
    """
    doors = (await roster_of(pool, building)).open_doors
    if doors:
        named = ", ".join(doors[:10]) + (f" and {len(doors) - 10} more" if len(doors) > 10 else "")
        detail = f"these households are on its roster: {named}; close them first"
        raise Rejected("households_left", detail, "code")


async def roster_of(pool: Pool, building: str) -> Roster:
    """The roster of a building by the log itself."""
    stream = stream_of(building)
    async with pool.acquire(timeout=10) as connection:
        loaded = await load(connection, [stream], [])
    roster: Roster = fold(building_roster, loaded.streams.get(stream, ()))
    return roster
