"""What clients send about activities, and what they may ask for."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.volunteer.account.record_events import Spot
from services.volunteer.activity.plan import When
from services.volunteer.activity.words import (
    ActivityStatus,
    Attended,
    CancelReason,
    Kind,
    Mode,
)
from services.volunteer.words import Service
from shared.core.text import Prose, Word
from shared.runtime.web.forms import Form, Sent
from shared.runtime.web.moments import Day, Moment, Position

Count = Annotated[int, Field(ge=0, le=100_000_000)]
Lat = Annotated[int, Field(ge=-900_000_000, le=900_000_000)]
Lon = Annotated[int, Field(ge=-1_800_000_000, le=1_800_000_000)]


class Place(Sent):
    """A place on the ground, in 1e-7 degrees."""

    lat: Lat
    lon: Lon


class Change(Form):
    """It is going to be so: from when until when, where, for how many. Name and place are for
    everyone to read: they name no person."""

    name: Word
    place: Word
    spot: Place | None = None
    starts: Moment
    ends: Moment
    capacity: Annotated[int, Field(ge=1, le=100_000)] | None = None

    def when(self) -> When:
        """What may change about an activity."""
        told: dict[str, Any] = {name: getattr(self, name) for name in WHEN}
        spot = Spot(lat=self.spot.lat, lon=self.spot.lon) if self.spot else None
        return When(spot=spot, **told)


WHEN = ("name", "place", "starts", "ends", "capacity")


class Plan(Change):
    """There is going to be this, and people may sign up. `campaign` is the name of what it is a
    part of; activities of one name add up."""

    mode: Mode
    kind: Kind
    service: Service
    territory: Word
    team: UUID | None = None
    series: UUID | None = None
    campaign: Word | None = None


class Cancelling(Form):
    """It does not take place."""

    reason: CancelReason


class Person(Form):
    """Who it is about; whoever asks without one."""

    person: UUID | None = None


class Coming(Person):
    """They want to take part; on the waiting list where it is full."""


class Withdrawing(Person):
    """They do not come after all. The first who waits gets the place."""


class Arriving(Person):
    """They are there. On their own phone by the `code` that is shown on site; by a recorder's word,
    or by a photo whose SHA-256 is its `proof`."""

    code: Annotated[str, Field(pattern="^[0-9]{6}$")] | None = None
    proof: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None


class Going(Person):
    """They go."""


class MarkForm(Sent):
    """One line of the sheet; `minutes` for one who left early or came late."""

    person: UUID
    attended: Attended
    minutes: Annotated[int, Field(ge=1, le=1_440)] | None = None


class Sheet(Form):
    """Who came, who left early, who did not come: all at once."""

    marks: Annotated[tuple[MarkForm, ...], Field(min_length=1, max_length=500)]


class Holding(Form):
    """It took place: so many people were `served`, so much rubbish was taken away. Everybody's
    hours are put on record with that, and wait for approval."""

    SEALED = ("words",)

    served: Count = 0
    rubbish_kg: Count = 0
    words: Prose | None = None


class ActivityFilter(BaseModel):
    """Which activities: of a subtree, from one day to another, both in; from today on without.
    `mine` are those that one has signed up for. `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    territory: Word | None = None
    since: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    status: ActivityStatus | None = None
    mode: Mode | None = None
    kind: Kind | None = None
    team: UUID | None = None
    series: UUID | None = None
    campaign: Word | None = None
    mine: bool = False
    after: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class OneFilter(BaseModel):
    """How far the answer has to have come."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_position: Position = 0


class EffectFilter(BaseModel):
    """Of which campaigns; `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    campaign: Word | None = None
    after: Word | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0
