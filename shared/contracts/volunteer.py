"""What the volunteer service tells others: hours that count and hours that count no more, stars,
promises kept and missed. Ids of people, never names, never whom anybody helped."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.erasure import SubjectErased
from shared.contracts.source import Source
from shared.core.catalogue import Catalogue
from shared.core.messages import Event


class HoursApproved(Event):
    """A person served for `minutes` on `day` in this territory, a second person says. `record`
    names it within the stream."""

    type: Literal["hours-approved"] = "hours-approved"
    person: UUID
    record: int
    minutes: int
    day: str
    territory: str
    service: str
    activity: UUID | None = None
    team: UUID | None = None


class HoursReversed(Event):
    """What was approved of this `record` counts no more."""

    type: Literal["hours-reversed"] = "hours-reversed"
    person: UUID
    record: int
    minutes: int
    day: str
    territory: str
    service: str
    activity: UUID | None = None
    team: UUID | None = None


class ActivityHeld(Event):
    """An activity took place on `day`: `came` people took part, `served` were served, `rubbish_kg`
    of rubbish was taken away. `campaign` is the name of what it was a part of."""

    type: Literal["activity-held"] = "activity-held"
    activity: UUID
    territory: str
    day: str
    mode: str
    kind: str
    service: str
    series: UUID | None = None
    campaign: str | None = None
    came: int
    served: int
    rubbish_kg: int


class StarAwarded(Event):
    """A person who is at home in this territory holds this star from now on."""

    type: Literal["star-awarded"] = "star-awarded"
    person: UUID
    territory: str
    star: int


class StarRecorded(Event):
    """A person holds this star already, as it was awarded before there was this system."""

    type: Literal["star-recorded"] = "star-recorded"
    person: UUID
    territory: str
    star: int


class StarRevoked(Event):
    """A person does not hold this star any more; `left` is the one that they hold after it, 0 for
    none."""

    type: Literal["star-revoked"] = "star-revoked"
    person: UUID
    territory: str
    star: int
    left: int


class SeriesEstablished(Event):
    """Something is to recur in this territory from day `starts` on; a miss is told where it is
    `promised`. `cause_case` is the case that it answers."""

    type: Literal["series-established"] = "series-established"
    territory: str
    kind: str
    starts: str
    promised: bool
    team: UUID | None = None
    cause_case: UUID | None = None


class OccurrenceHeld(Event):
    """What recurs happened; `day` names which time. `late` where it counted as missed."""

    type: Literal["occurrence-held"] = "occurrence-held"
    day: str
    activity: UUID | None = None
    people: int
    late: bool = False


class OccurrenceMissed(Event):
    """What was promised for this `day` had not happened when it was over, as far as is known."""

    type: Literal["occurrence-missed"] = "occurrence-missed"
    day: str


VolunteerContract = Annotated[
    HoursApproved
    | HoursReversed
    | SubjectErased
    | ActivityHeld
    | StarAwarded
    | StarRecorded
    | StarRevoked
    | SeriesEstablished
    | OccurrenceHeld
    | OccurrenceMissed,
    Field(discriminator="type"),
]
VOLUNTEER = Source(
    service="volunteer",
    log="volunteer",
    topic="linli.volunteer.v1",
    events=Catalogue.of(VolunteerContract),
)
