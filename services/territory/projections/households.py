"""Households: every dwelling that is or was on a roster, and how many of what area since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, assert_never, get_args
from uuid import UUID

import orjson

from services.territory.log import TerritoryEvent
from services.territory.roster.events import (
    HouseholdAmended,
    HouseholdClosed,
    HouseholdRegistered,
    HouseholdReturned,
    HouseholdVacated,
    RosterEvent,
)
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.core.state import replace

OF_ROSTERS = get_args(get_args(RosterEvent)[0])


@dataclass(frozen=True)
class HouseholdRow:
    """One household as it is now, its area in square decimetres. `since` is when it first came,
    `until` when it was closed, `changed` when it became as it is. `past` is what it was before, in
    order, as JSON: [since, area, whether people lived there], the area 0 while it was closed."""

    household_id: UUID
    building: str
    door: str
    area_dm2: int
    occupied: bool
    since: datetime
    until: datetime | None
    changed: datetime
    past: str


class Standing(NamedTuple):
    """What a household was from a moment on; `area_dm2` is 0 while it was closed."""

    since: datetime
    area_dm2: int
    occupied: bool


def key(recorded: Recorded[TerritoryEvent]) -> UUID | None:
    """A row for each household, whatever happened to it."""
    event = recorded.event
    return event.household if isinstance(event, OF_ROSTERS) else None


def fold(row: HouseholdRow | None, recorded: Recorded[Any]) -> HouseholdRow | None:
    """The household after the event."""
    event: RosterEvent = recorded.event
    at = recorded.occurred_at
    if isinstance(event, HouseholdRegistered):
        return _registered(row, recorded.event, at)
    if row is None:
        return None
    row = replace(row, changed=at, past=_remembered(row))
    match event:
        case HouseholdAmended(area_dm2=area):
            return replace(row, area_dm2=area)
        case HouseholdVacated():
            return replace(row, occupied=False)
        case HouseholdReturned():
            return replace(row, occupied=True)
        case HouseholdClosed():
            return replace(row, until=at)
        case _:
            assert_never(event)


def standings(row: HouseholdRow) -> Iterator[Standing]:
    """What it was from when on, up to now."""
    if row.past:
        for since, area, occupied in orjson.loads(row.past):
            yield Standing(datetime.fromisoformat(since), area, occupied)
    yield _now(row)


def standing(row: HouseholdRow, before: datetime) -> Standing | None:
    """What it was just before that moment; None while it was not there."""
    found = None
    for one in standings(row):
        if one.since < before:
            found = one
    return found if found is not None and found.area_dm2 else None


def count(row: HouseholdRow) -> Mapping[TallyKey, Mapping[str, int]]:
    """What it adds to its building from each day on."""
    if not row.past:
        day = day_of(row.since)
        return {(row.building, day): {"households": 1, "area_dm2": row.area_dm2}}
    sums: dict[TallyKey, dict[str, int]] = {}
    area = 0
    for one in standings(row):
        line = sums.setdefault((row.building, day_of(one.since)), {"households": 0, "area_dm2": 0})
        line["households"] += bool(one.area_dm2) - bool(area)
        line["area_dm2"] += one.area_dm2 - area
        area = one.area_dm2
    return sums


def _registered(row: HouseholdRow | None, event: HouseholdRegistered, at: datetime) -> HouseholdRow:
    return HouseholdRow(
        household_id=event.household,
        building=event.building,
        door=event.door,
        area_dm2=event.area_dm2,
        occupied=True,
        since=row.since if row is not None else at,
        until=None,
        changed=at,
        past=_remembered(row) if row is not None else "",
    )


def _now(row: HouseholdRow) -> Standing:
    return Standing(row.changed, 0 if row.until is not None else row.area_dm2, row.occupied)


def _remembered(row: HouseholdRow) -> str:
    """The past of what comes next: this row's, and this row."""
    past = orjson.loads(row.past) if row.past else []
    since, area, occupied = _now(row)
    return orjson.dumps([*past, [since.isoformat(), area, occupied]]).decode()


households: ReadModel[HouseholdRow, TerritoryEvent] = ReadModel(
    name="households",
    row=HouseholdRow,
    fold=fold,
    key=key,
    of=RosterEvent,
    indexes=("(building, door, since)",),
    tally=Tally(
        name="household_days",
        keys=("building", "day"),
        measures=("households", "area_dm2"),
        count=count,
    ),
)
