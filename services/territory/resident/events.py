"""What can have happened to a person on the register. The union is the catalogue."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.territory.words import CareTag, Purpose, Relation
from shared.core.messages import Event
from shared.core.person.events import SubjectErased
from shared.core.sealed import Sealed


class ResidentRegistered(Event):
    """A person is known by this id from now on; that is also the id of their stream."""

    type: Literal["resident-registered"] = "resident-registered"
    person: UUID
    building: str
    household: UUID | None = None
    name: Sealed
    phone: Sealed | None = None
    birth_year: Sealed | None = None


class ContactChanged(Event):
    """These are in the place of what was known; what is absent stayed."""

    type: Literal["contact-changed"] = "contact-changed"
    name: Sealed | None = None
    phone: Sealed | None = None
    birth_year: Sealed | None = None


class ResidentMoved(Event):
    """They live in another home of the district from now on."""

    type: Literal["resident-moved"] = "resident-moved"
    building: str
    household: UUID | None = None


class ResidentLeft(Event):
    """They live in the district no more."""

    type: Literal["resident-left"] = "resident-left"


class ResidentReturned(Event):
    """They live in the district again."""

    type: Literal["resident-returned"] = "resident-returned"
    building: str
    household: UUID | None = None


class RelativeDeclared(Event):
    """`relative` is the `relation` of this person."""

    type: Literal["relative-declared"] = "relative-declared"
    relative: UUID
    relation: Relation


class RelativeWithdrawn(Event):
    """That one is no relative, or none any more."""

    type: Literal["relative-withdrawn"] = "relative-withdrawn"
    relative: UUID


class ContactConsentGiven(Event):
    """They may be contacted for this."""

    type: Literal["contact-consent-given"] = "contact-consent-given"
    purpose: Purpose


class ContactConsentWithdrawn(Event):
    """They may not be contacted for this any more."""

    type: Literal["contact-consent-withdrawn"] = "contact-consent-withdrawn"
    purpose: Purpose


class CareTagged(Event):
    """They need this care."""

    type: Literal["care-tagged"] = "care-tagged"
    tag: CareTag


class CareUntagged(Event):
    """They need it no more."""

    type: Literal["care-untagged"] = "care-untagged"
    tag: CareTag


class DoublesMerged(Event):
    """This person was registered twice; `into` is the id that they keep."""

    type: Literal["doubles-merged"] = "doubles-merged"
    into: UUID


class DoubleAbsorbed(Event):
    """The other side: these ids mean this person, too. The first is the double that was merged,
    those behind it had been merged into that one before."""

    type: Literal["double-absorbed"] = "double-absorbed"
    doubles: tuple[UUID, ...]


ResidentFact = (
    ResidentRegistered
    | ContactChanged
    | ResidentMoved
    | ResidentLeft
    | ResidentReturned
    | RelativeDeclared
    | RelativeWithdrawn
    | ContactConsentGiven
    | ContactConsentWithdrawn
    | CareTagged
    | CareUntagged
    | DoublesMerged
    | DoubleAbsorbed
    | SubjectErased
)
ResidentEvent = Annotated[ResidentFact, Field(discriminator="type")]
