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


VolunteerContract = Annotated[
    HoursApproved | HoursReversed | SubjectErased, Field(discriminator="type")
]
VOLUNTEER = Source(
    service="volunteer",
    log="volunteer",
    topic="linli.volunteer.v1",
    events=Catalogue.of(VolunteerContract),
)
