"""An activity after an event."""

from __future__ import annotations

from typing import Any, assert_never
from uuid import UUID

from services.volunteer.activity.events import (
    ActivityCancelled,
    ActivityChanged,
    ActivityEvent,
    ActivityHeld,
    ActivityPlanned,
    AttendanceMarked,
    NoShowNoted,
    PlaceGiven,
    SignedIn,
    SignedOut,
    SignedUp,
    SignUpWithdrawn,
)
from services.volunteer.activity.state import Activity, Seat
from shared.core.state import replace


def evolve(activity: Activity, event: ActivityEvent) -> Activity:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    """The activity after the event."""
    match event:
        case ActivityPlanned(when=when):
            return replace(activity, status="planned", planned=event, when=when)
        case ActivityChanged(when=when):
            return replace(activity, when=when)
        case ActivityCancelled():
            return replace(activity, status="cancelled")
        case SignedUp(person=person, waiting=waiting):
            return _seated(activity, person, Seat(waiting))
        case SignUpWithdrawn(person=person):
            seats = {other: seat for other, seat in activity.seats.items() if other != person}
            return replace(activity, seats=seats)
        case PlaceGiven(person=person):
            return _changed(activity, person, waiting=False)
        case SignedIn(person=person, evidence=evidence, proof=proof, at=at):
            return _changed(activity, person, since=at, evidence=evidence, proof=proof)
        case SignedOut(person=person, at=at):
            return _changed(activity, person, until=at)
        case AttendanceMarked(person=person, attended=mark, minutes=minutes, evidence=by):
            return _changed(activity, person, mark=mark, minutes=minutes, marked_by=by)
        case NoShowNoted():
            return activity
        case ActivityHeld():
            return replace(activity, status="held")
        case _:
            assert_never(event)


def _changed(activity: Activity, person: UUID, **changes: Any) -> Activity:
    return _seated(activity, person, replace(activity.seats[person], **changes))


def _seated(activity: Activity, person: UUID, seat: Seat) -> Activity:
    return replace(activity, seats={**activity.seats, person: seat})
