"""What can have happened to a volunteer. The union is the catalogue."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.volunteer.volunteer.words import EndReason, Skill
from services.volunteer.words import Service
from shared.core.messages import Event
from shared.core.sealed import Sealed


class VolunteerRegistered(Event):
    """This resident volunteers from now on, at home in `territory`; `guardian` has agreed to it for
    one who is young."""

    type: Literal["volunteer-registered"] = "volunteer-registered"
    person: UUID
    territory: str
    name: Sealed
    skills: tuple[Skill, ...] = ()
    services: tuple[Service, ...] = ()
    guardian: UUID | None = None


class VolunteerChanged(Event):
    """This is so from now on; what is None stays as it was."""

    type: Literal["volunteer-changed"] = "volunteer-changed"
    territory: str | None = None
    name: Sealed | None = None
    skills: tuple[Skill, ...] | None = None
    services: tuple[Service, ...] | None = None


class VolunteerEnded(Event):
    """They volunteer no more."""

    type: Literal["volunteer-ended"] = "volunteer-ended"
    reason: EndReason


VolunteerEvent = Annotated[
    VolunteerRegistered | VolunteerChanged | VolunteerEnded, Field(discriminator="type")
]
