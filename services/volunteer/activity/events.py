"""What can have happened to an activity. The union is the catalogue."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.volunteer.activity.plan import Attendance, Limits, When
from services.volunteer.activity.words import Arrival, Attended, CancelReason, Kind, Mode
from services.volunteer.words import Service
from shared.core.messages import Event
from shared.core.sealed import Sealed


class ActivityPlanned(Event):
    """There is going to be this; its hours count as `service`."""

    type: Literal["activity-planned"] = "activity-planned"
    when: When
    mode: Mode
    kind: Kind
    service: Service
    territory: str
    team: UUID | None = None
    series: UUID | None = None
    campaign: str | None = None


class ActivityChanged(Event):
    """It is going to be so instead."""

    type: Literal["activity-changed"] = "activity-changed"
    when: When


class ActivityCancelled(Event):
    """It does not take place."""

    type: Literal["activity-cancelled"] = "activity-cancelled"
    reason: CancelReason


class SignedUp(Event):
    """This person wants to take part; there is a place for them, or they are `waiting` for one."""

    type: Literal["signed-up"] = "signed-up"
    person: UUID
    waiting: bool


class SignUpWithdrawn(Event):
    """This person does not come after all; they were `waiting`, or a place is free."""

    type: Literal["sign-up-withdrawn"] = "sign-up-withdrawn"
    person: UUID
    waiting: bool


class PlaceGiven(Event):
    """Who waited has a place now."""

    type: Literal["place-given"] = "place-given"
    person: UUID


class SignedIn(Event):
    """This person came; `proof` is the SHA-256 of the photo, where there is one."""

    type: Literal["signed-in"] = "signed-in"
    person: UUID
    evidence: Arrival
    proof: str | None = None


class SignedOut(Event):
    """This person went."""

    type: Literal["signed-out"] = "signed-out"
    person: UUID


class AttendanceMarked(Event):
    """A recorder says whether this person came, and for how many `minutes` if not for all."""

    type: Literal["attendance-marked"] = "attendance-marked"
    person: UUID
    attended: Attended
    evidence: Arrival
    minutes: int | None = None


class NoShowNoted(Event):
    """This person had a place and did not come."""

    type: Literal["no-show-noted"] = "no-show-noted"
    person: UUID


class ActivityHeld(Event):
    """It took place on `day`: `came` people took part, `served` were served. `attendances` says who
    took part, `limits` what their hours are held to, `recorder` who puts them on record."""

    type: Literal["activity-held"] = "activity-held"
    activity: UUID
    territory: str
    day: str
    mode: Mode
    kind: Kind
    service: Service
    team: UUID | None = None
    series: UUID | None = None
    campaign: str | None = None
    came: int
    served: int
    rubbish_kg: int
    words: Sealed | None = None
    when: When
    attendances: tuple[Attendance, ...]
    limits: Limits
    recorder: str


ActivityEvent = Annotated[
    ActivityPlanned
    | ActivityChanged
    | ActivityCancelled
    | SignedUp
    | SignUpWithdrawn
    | PlaceGiven
    | SignedIn
    | SignedOut
    | AttendanceMarked
    | NoShowNoted
    | ActivityHeld,
    Field(discriminator="type"),
]
