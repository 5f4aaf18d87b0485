"""The calendar: what is on where, how many signed up, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.volunteer.activity.events import (
    ActivityCancelled,
    ActivityChanged,
    ActivityHeld,
    ActivityPlanned,
    PlaceGiven,
    SignedUp,
    SignUpWithdrawn,
)
from services.volunteer.activity.plan import When
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.projection import ReadModel, Tally
from shared.core.state import replace

Told = (
    ActivityPlanned
    | ActivityChanged
    | ActivityCancelled
    | SignedUp
    | SignUpWithdrawn
    | PlaceGiven
    | ActivityHeld
)


@dataclass(frozen=True)
class ActivityRow:
    """One activity. `signed` have a place, `waiting` wait for one; `came`, `minutes`, `served` and
    `rubbish_kg` are known once it was held, `words` then are sealed for `person`."""

    activity_id: UUID
    version: int
    name: str
    place: str
    lat: int | None
    lon: int | None
    starts: datetime
    ends: datetime
    day: str
    capacity: int | None
    mode: str
    kind: str
    service: str
    territory: str
    team: UUID | None
    series: UUID | None
    campaign: str | None
    status: str
    signed: int
    waiting: int
    came: int
    minutes: int
    served: int
    rubbish_kg: int
    words: str | None
    person: UUID | None
    recorder: str | None
    reason: str | None


def fold(row: ActivityRow | None, recorded: Recorded[Any]) -> ActivityRow | None:  # noqa: C901, PLR0911 - one arm an event
    """The activity after the event."""
    event = recorded.event
    if isinstance(event, ActivityPlanned):
        return _planned(recorded, event)
    if row is None:
        return None
    row = replace(row, version=recorded.version)
    match event:
        case ActivityChanged(when=when):
            return replace(row, **_when(when))
        case ActivityCancelled(reason=reason):
            return replace(row, status="cancelled", reason=reason)
        case SignedUp(waiting=waiting):
            return _moved(row, signed=int(not waiting), waiting=int(waiting))
        case SignUpWithdrawn(waiting=waiting):
            return _moved(row, signed=-int(not waiting), waiting=-int(waiting))
        case PlaceGiven():
            return _moved(row, signed=1, waiting=-1)
        case ActivityHeld():
            return _held(row, event)
        case _:
            return row


def _planned(recorded: Recorded[Any], event: ActivityPlanned) -> ActivityRow:
    told: dict[str, Any] = dict.fromkeys(
        ("campaign", "words", "person", "recorder", "reason"), None
    )
    told |= dict.fromkeys(("signed", "waiting", "came", "minutes", "served", "rubbish_kg"), 0)
    told |= event.model_dump(exclude={"type", "at", "late_reason", "when"})
    return ActivityRow(
        activity_id=recorded.stream_id,
        version=recorded.version,
        status="planned",
        **_when(event.when),
        **told,
    )


def _when(when: When) -> dict[str, Any]:
    return {
        "name": when.name,
        "place": when.place,
        "lat": when.spot.lat if when.spot else None,
        "lon": when.spot.lon if when.spot else None,
        "starts": when.starts,
        "ends": when.ends,
        "day": day_of(when.starts),
        "capacity": when.capacity,
    }


def _moved(row: ActivityRow, signed: int, waiting: int) -> ActivityRow:
    return replace(row, signed=row.signed + signed, waiting=row.waiting + waiting)


def _held(row: ActivityRow, event: ActivityHeld) -> ActivityRow:
    return replace(
        row,
        status="held",
        came=event.came,
        minutes=sum(one.minutes for one in event.attendances),
        served=event.served,
        rubbish_kg=event.rubbish_kg,
        words=event.words.box if event.words else None,
        person=event.words.subject if event.words else None,
        recorder=event.recorder,
    )


def count(row: ActivityRow) -> dict[tuple[str, ...], dict[str, int]]:
    """What it adds to its campaign, or to what belongs to none, where it takes place."""
    return {
        (row.campaign or "", row.territory, row.mode, row.kind): {
            "planned": int(row.status == "planned"),
            "held": int(row.status == "held"),
            "came": row.came,
            "minutes": row.minutes,
            "served": row.served,
            "rubbish_kg": row.rubbish_kg,
        }
    }


activities: ReadModel[ActivityRow, Any] = ReadModel(
    name="activities",
    row=ActivityRow,
    fold=fold,
    of=Told,
    indexes=("(starts, activity_id)", "(team, starts)", "(series, starts)", "(campaign)"),
    tally=Tally(
        name="campaign_effects",
        keys=("campaign", "territory", "mode", "kind"),
        measures=("planned", "held", "came", "minutes", "served", "rubbish_kg"),
        count=count,
    ),
)
