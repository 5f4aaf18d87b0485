"""What can have happened to a request for help. Minutes are what was asked, done, confirmed."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from services.volunteer.words import Care, Payer, Service
from shared.core.messages import Event
from shared.core.sealed import Sealed


class HelpRequested(Event):
    """Somebody asked for help on `day`, from `since` (`09:30`, in Beijing time) on where that is
    said; `paid` is who pays for it, `care` why the `pool` of a territory does."""

    type: Literal["help-requested"] = "help-requested"
    requester: UUID
    territory: str
    service: Service
    minutes: int
    day: str
    since: str | None = None
    words: Sealed | None = None
    care: Care | None = None
    paid: Payer
    pool: str | None = None


class HelpMatched(Event):
    """A volunteer was asked to do it, by somebody else or by themselves."""

    type: Literal["help-matched"] = "help-matched"
    volunteer: UUID
    by: str


class HelpAccepted(Event):
    """The volunteer said that it will be done."""

    type: Literal["help-accepted"] = "help-accepted"
    volunteer: UUID


class HelpDeclined(Event):
    """The volunteer said that it will not be done: anybody may."""

    type: Literal["help-declined"] = "help-declined"
    volunteer: UUID


class HelpDone(Event):
    """The volunteer said that it is done, from `since` to `until` where that is said."""

    type: Literal["help-done"] = "help-done"
    volunteer: UUID
    minutes: int
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class HelpConfirmed(Event):
    """It was confirmed by who received it, or by somebody for them; it was paid with that."""

    type: Literal["help-confirmed"] = "help-confirmed"
    helper: UUID
    minutes: int
    review: int
    words: Sealed | None = None


class HelpDisputed(Event):
    """Who should have received it said that it was not done so."""

    type: Literal["help-disputed"] = "help-disputed"
    words: Sealed | None = None


class HelpWithdrawn(Event):
    """It was not needed any more."""

    type: Literal["help-withdrawn"] = "help-withdrawn"


class HelpDropped(Event):
    """A third person found that it was not done."""

    type: Literal["help-dropped"] = "help-dropped"


class HelpLapsed(Event):
    """Its day was over, and nobody had accepted it."""

    type: Literal["help-lapsed"] = "help-lapsed"


HelpEvent = Annotated[
    HelpRequested
    | HelpMatched
    | HelpAccepted
    | HelpDeclined
    | HelpDone
    | HelpConfirmed
    | HelpDisputed
    | HelpWithdrawn
    | HelpDropped
    | HelpLapsed,
    Field(discriminator="type"),
]
