"""What clients send about residents: the forms of the HTTP API."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.territory.forms import Code
from services.territory.words import CareTag, Purpose, Relation
from shared.core.person.words import ErasureReason
from shared.core.text import Word
from shared.runtime.web.forms import Form

Phone = Annotated[Word, Field(pattern=r"^[0-9+()\- ]{3,30}$")]
Year = Annotated[str, Field(pattern="^(18|19|20)[0-9]{2}$")]


class NewResident(Form):
    """Put a person on the register. `person` is the id of one whom another service knows already;
    `household` is where the roster of the building has it."""

    SEALED = ("name", "phone", "birth_year")

    building: Code
    household: UUID | None = None
    person: UUID | None = None
    name: Word
    phone: Phone | None = None
    birth_year: Year | None = None


class ContactChange(Form):
    """Put another name, phone or year of birth in the place of what is known."""

    SEALED = ("name", "phone", "birth_year")

    name: Word | None = None
    phone: Phone | None = None
    birth_year: Year | None = None


class ResidentMove(Form):
    """They live in another home of the district from now on."""

    building: Code
    household: UUID | None = None


class Leaving(Form):
    """They moved out of the district."""


class Return(Form):
    """They came back to the district."""

    building: Code
    household: UUID | None = None


class Relative(Form):
    """Another person of the register, and what that one is to this one."""

    relative: UUID
    relation: Relation


class RelativeNoMore(Form):
    """That one is no relative, or none any more."""

    relative: UUID


class Consent(Form):
    """They may be contacted for this, or may no more."""

    purpose: Purpose


class Care(Form):
    """They need this care, or need it no more."""

    tag: CareTag


class Double(Form):
    """The person was registered twice; `into` is the id that they keep."""

    into: UUID


class Erasure(Form):
    """Make everything of this person unreadable, in every service, for ever."""

    reason: ErasureReason
