"""Who signed up for what, and whether they came: a row for each person of each activity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.volunteer.activity.events import (
    AttendanceMarked,
    NoShowNoted,
    PlaceGiven,
    SignedIn,
    SignedOut,
    SignedUp,
    SignUpWithdrawn,
)
from shared.core.derived import derived
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace

Told = (
    SignedUp | SignUpWithdrawn | PlaceGiven | SignedIn | SignedOut | AttendanceMarked | NoShowNoted
)


@dataclass(frozen=True)
class ActivityPersonRow:
    """One person of one activity. `status` is `signed_up`, `waiting`, `withdrawn`, `in`, `out`,
    `came`, `left` or `absent`; `number` is where they stand among those who signed up. `no_show`
    where they had a place and did not come."""

    seat_id: UUID
    activity_id: UUID
    person: UUID
    number: int
    status: str
    signed_up_at: datetime
    signed_in_at: datetime | None
    signed_out_at: datetime | None
    evidence: str | None
    minutes: int | None
    no_show: bool


def key(recorded: Recorded[Told]) -> UUID:
    """The row of the person who is spoken of."""
    return derived("activity-person", str(recorded.stream_id), str(recorded.event.person))


def fold(  # noqa: C901, PLR0911 - one arm an event
    row: ActivityPersonRow | None, recorded: Recorded[Told]
) -> ActivityPersonRow | None:
    """The row after the event."""
    event, at = recorded.event, recorded.occurred_at
    if isinstance(event, SignedUp):
        return _signed_up(recorded, event)
    if row is None:
        return None
    match event:
        case SignUpWithdrawn():
            return replace(row, status="withdrawn")
        case PlaceGiven():
            return replace(row, status="signed_up")
        case SignedIn(evidence=evidence):
            return replace(row, status="in", signed_in_at=at, evidence=evidence)
        case SignedOut():
            return replace(row, status="out", signed_out_at=at)
        case AttendanceMarked(attended=attended, minutes=minutes, evidence=evidence):
            known = row.evidence or evidence
            return replace(row, status=attended, minutes=minutes, evidence=known)
        case NoShowNoted():
            return replace(row, status="absent", no_show=True)


def _signed_up(recorded: Recorded[Told], event: SignedUp) -> ActivityPersonRow:
    return ActivityPersonRow(
        seat_id=key(recorded),
        activity_id=recorded.stream_id,
        person=event.person,
        number=recorded.version,
        status="waiting" if event.waiting else "signed_up",
        signed_up_at=recorded.occurred_at,
        signed_in_at=None,
        signed_out_at=None,
        evidence=None,
        minutes=None,
        no_show=False,
    )


activity_people: ReadModel[ActivityPersonRow, Told] = ReadModel(
    name="activity_people",
    row=ActivityPersonRow,
    fold=fold,
    key=key,
    of=Told,
    indexes=("(activity_id, number)", "(person, signed_up_at)"),
)
