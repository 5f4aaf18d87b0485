"""What clients send about volunteers, and what they may ask for."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.volunteer.volunteer.words import EndReason, Skill
from services.volunteer.words import Service
from shared.core.text import Word
from shared.runtime.web.forms import Form
from shared.runtime.web.moments import Position

Skills = Annotated[tuple[Skill, ...], Field(max_length=14)]
Services = Annotated[tuple[Service, ...], Field(max_length=10)]


class Registration(Form):
    """Volunteer: oneself, or another resident. The `young` need a guardian who agrees."""

    SEALED = ("name",)

    person: UUID
    territory: Word
    name: Word
    skills: Skills = ()
    services: Services = ()
    young: bool = False
    guardian: UUID | None = None


class Change(Form):
    """Say anew what one can and wants to do, where one lives, one's name; what is left out
    stays."""

    SEALED = ("name",)

    territory: Word | None = None
    name: Word | None = None
    skills: Skills | None = None
    services: Services | None = None


class Ending(Form):
    """Volunteer no more."""

    reason: EndReason


class VolunteerFilter(BaseModel):
    """Which volunteers: of a subtree, with a skill, ready for a service. `after` is `next` of the
    page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    status: Literal["active", "ended"] = "active"
    skill: Skill | None = None
    service: Service | None = None
    after: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    min_position: Position = 0


class OneFilter(BaseModel):
    """How far the answer has to have come."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_position: Position = 0
