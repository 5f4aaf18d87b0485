"""What can have happened to a person's stars. The union is the catalogue of it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.volunteer.stars.words import RefuseStarReason, RevokeReason
from services.volunteer.words import Level
from shared.core.messages import Event
from shared.core.sealed import Sealed


class StarApplied(Event):
    """Somebody, `applicant`, applies for this star for the person, who has `minutes` that count;
    `rules` takes `needs`, and it is theirs by which the application is decided: `level` awards the
    star after `notice_days` working days of public notice. `year` where only that year counts."""

    type: Literal["star-applied"] = "star-applied"
    person: UUID
    territory: str
    star: int
    minutes: int
    needs: int
    level: Level
    notice_days: int
    rules: str
    applicant: str
    year: str | None = None


class StarNoticed(Event):
    """The application is on public notice up to the end of day `until`."""

    type: Literal["star-noticed"] = "star-noticed"
    star: int
    until: str


class StarObjected(Event):
    """Somebody objects to it. The event's version is the number of the objection."""

    type: Literal["star-objected"] = "star-objected"
    star: int
    objector: str
    words: Sealed


class ObjectionAnswered(Event):
    """The objection of this number was looked into; where it is `upheld`, there is no award."""

    type: Literal["objection-answered"] = "objection-answered"
    objection: int
    upheld: bool
    words: Sealed | None = None


class StarAwarded(Event):
    """The person holds this star from now on. `document` is what the city or the province wrote,
    where it is theirs to award; `needs` and `year` are as they were applied under."""

    type: Literal["star-awarded"] = "star-awarded"
    person: UUID
    territory: str
    star: int
    level: Level
    rules: str
    minutes: int
    needs: int
    year: str | None = None
    certificate: str | None = None
    document: str | None = None


class StarRefused(Event):
    """The application has led to nothing."""

    type: Literal["star-refused"] = "star-refused"
    star: int
    reason: RefuseStarReason
    words: Sealed | None = None


class StarRecorded(Event):
    """The person holds this star already: it was awarded on `day`, before there was this system or
    elsewhere. It stands as it was awarded, whatever the ladder here says."""

    type: Literal["star-recorded"] = "star-recorded"
    person: UUID
    territory: str
    star: int
    level: Level
    day: str
    source: str
    needs: int | None = None
    certificate: str | None = None


class StarRevoked(Event):
    """The person does not hold this star any more; `left` is the one that they hold after it."""

    type: Literal["star-revoked"] = "star-revoked"
    person: UUID
    territory: str
    star: int
    left: int
    reason: RevokeReason
    document: str | None = None
    words: Sealed | None = None


class StarInDoubt(Event):
    """Hours were reversed: the person has `minutes` left of all they served, and this star took
    `needs`. It is held until somebody says what becomes of it."""

    type: Literal["star-in-doubt"] = "star-in-doubt"
    star: int
    minutes: int
    needs: int


class StarCleared(Event):
    """The star is in doubt no more: the person has the `minutes` that it takes."""

    type: Literal["star-cleared"] = "star-cleared"
    star: int
    minutes: int


StarsEvent = Annotated[
    StarApplied
    | StarNoticed
    | StarObjected
    | ObjectionAnswered
    | StarAwarded
    | StarRefused
    | StarRecorded
    | StarRevoked
    | StarInDoubt
    | StarCleared,
    Field(discriminator="type"),
]
