"""What can have happened to an honour. The union is the catalogue of it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.points.honour.words import DeclineReason, WithdrawReason
from services.points.words import HonourHolder, HonourLevel
from shared.core.messages import Event
from shared.core.roles import Role
from shared.core.sealed import Sealed


class HonourNominated(Event):
    """Somebody, `nominator`, nominates this holder for `year`. What `rules` say of the honour is
    written down here, and it is decided by that: `notice_days` working days of public notice, and
    then one of `granted_by`."""

    type: Literal["honour-nominated"] = "honour-nominated"
    code: str
    kind: HonourHolder
    holder: str
    territory: str
    year: int
    title: str
    title_en: str | None = None
    level: HonourLevel
    notice_days: int
    granted_by: tuple[Role, ...]
    rules: str
    nominator: str
    person: UUID | None = None
    name: Sealed | None = None
    words: Sealed | None = None


class HonourPublicised(Event):
    """The nomination is on public notice up to the end of day `until`."""

    type: Literal["honour-publicised"] = "honour-publicised"
    until: str


class HonourObjected(Event):
    """Somebody objects to it. The event's version is the number of the objection."""

    type: Literal["honour-objected"] = "honour-objected"
    objector: str
    words: Sealed


class HonourObjectionAnswered(Event):
    """The objection of this number was looked into; where it is `upheld`, nothing is granted."""

    type: Literal["honour-objection-answered"] = "honour-objection-answered"
    objection: int
    upheld: bool
    words: Sealed | None = None


class HonourGranted(Event):
    """The holder has this honour from now on, by these `rules`; empty where it is recorded.
    `document` is what a higher body wrote, where it is theirs to grant."""

    type: Literal["honour-granted"] = "honour-granted"
    code: str
    kind: HonourHolder
    holder: str
    territory: str
    year: int
    rules: str
    person: UUID | None = None
    document: str | None = None


class HonourDeclined(Event):
    """The nomination has led to nothing."""

    type: Literal["honour-declined"] = "honour-declined"
    reason: DeclineReason
    words: Sealed | None = None


class HonourWithdrawn(Event):
    """The honour is held no more; `granted` is the version of the event that gave it."""

    type: Literal["honour-withdrawn"] = "honour-withdrawn"
    code: str
    kind: HonourHolder
    holder: str
    territory: str
    granted: int
    reason: WithdrawReason
    person: UUID | None = None
    document: str | None = None
    words: Sealed | None = None


class HonourRecorded(Event):
    """The holder has this honour already: it was granted on `day`, before there was this system or
    by others. It stands as it was granted, whatever the rules here say. The grant follows it, with
    no `rules`."""

    type: Literal["honour-recorded"] = "honour-recorded"
    code: str
    kind: HonourHolder
    holder: str
    territory: str
    year: int
    title: str
    title_en: str | None = None
    level: HonourLevel
    day: str
    source: str
    person: UUID | None = None
    name: Sealed | None = None


HonourEvent = Annotated[
    HonourNominated
    | HonourPublicised
    | HonourObjected
    | HonourObjectionAnswered
    | HonourGranted
    | HonourDeclined
    | HonourWithdrawn
    | HonourRecorded,
    Field(discriminator="type"),
]
