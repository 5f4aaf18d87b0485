"""What a change of a roster must hold to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.territory.roster.commands import Entry
from services.territory.roster.state import Household, Roster
from shared.core.local_time import day_of
from shared.core.messages import Rejected

# From 1 m² to 10,000 m²: less is no dwelling, more is a number with its point in a wrong place.
SMALLEST, LARGEST = 100, 1_000_000


def plausible(area_dm2: int) -> None:
    """Raises Rejected for a floor area that no household has."""
    if not SMALLEST <= area_dm2 <= LARGEST:
        detail = f"a floor area is from {SMALLEST // 100} to {LARGEST // 100:,} m²"
        raise Rejected("implausible_area", detail, "area_dm2")


def registrable(roster: Roster, entry: Entry, at: datetime) -> None:
    """Raises Rejected for a door that has its household, or had it after `at`."""
    plausible(entry.area_dm2)
    there = roster.households.get(entry.household)
    if there is None:
        return
    if there.is_open:
        raise Rejected("door_taken", _standing(there), "door")
    if at < there.changed:
        detail = f"the household that was there was closed at {there.changed.isoformat()}"
        raise Rejected("overlaps_in_time", detail, "occurred_at")


def enrollable(roster: Roster, entry: Entry, at: datetime) -> None:
    """The same, with what a row of a file says otherwise than the roster."""
    there = roster.households.get(entry.household)
    if there is not None and there.is_open:
        if there.area_dm2 != entry.area_dm2:
            raise Rejected("other_area", _standing(there), "area_dm2")
        raise Rejected("other_since", _standing(there), "occurred_at")
    registrable(roster, entry, at)


def known(roster: Roster, entry: Entry) -> bool:
    """Whether it is on the roster as the entry says: this area, since that day if it names one."""
    there = roster.households.get(entry.household)
    if there is None or not there.is_open or there.area_dm2 != entry.area_dm2:
        return False
    return entry.at is None or day_of(entry.at) == day_of(there.since)


def standing(roster: Roster, household: UUID, at: datetime) -> Household:
    """A household that is on the roster and was not changed after `at`. Raises Rejected."""
    there = roster.households.get(household)
    if there is None:
        raise Rejected("unknown_household", f"no such household in {roster.building or 'it'}")
    if not there.is_open:
        raise Rejected("closed_already", f"it was closed on {day_of(there.changed)}")
    if at < there.changed:
        detail = f"it was changed at {there.changed.isoformat()}, after that"
        raise Rejected("overlaps_in_time", detail, "occurred_at")
    return there


def amendable(roster: Roster, household: UUID, area_dm2: int, at: datetime) -> None:
    """Raises Rejected for the area that it has, or one that no household has."""
    plausible(area_dm2)
    if standing(roster, household, at).area_dm2 == area_dm2:
        raise Rejected("same_area", "it has this area already", "area_dm2")


def vacatable(roster: Roster, household: UUID, at: datetime) -> None:
    """Raises Rejected where nobody lives."""
    if not standing(roster, household, at).occupied:
        raise Rejected("vacant_already", "those who lived there have moved out")


def returnable(roster: Roster, household: UUID, at: datetime) -> None:
    """Raises Rejected where nobody has moved out."""
    if standing(roster, household, at).occupied:
        raise Rejected("lived_in", "nobody has moved out of it")


def _standing(there: Household) -> str:
    area = f"{there.area_dm2 // 100}.{there.area_dm2 % 100:02}"
    return f"is on the roster since {day_of(there.since)} with {area} m²"
