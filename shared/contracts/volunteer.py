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


VolunteerContract = Annotated[
    HoursApproved | HoursReversed | SubjectErased | ActivityHeld, Field(discriminator="type")
]
VOLUNTEER = Source(
    service="volunteer",
    log="volunteer",
    topic="linli.volunteer.v1",
    events=Catalogue.of(VolunteerContract),
)
