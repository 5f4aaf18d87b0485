"""What clients send about teams, and what they may ask for."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.volunteer.team.words import TeamKind
from shared.core.text import Word
from shared.runtime.web.forms import Form
from shared.runtime.web.moments import Day, Position


class Founding(Form):
    """There is this team since a day. Its name is for everyone to read: it names no person."""

    name: Word
    territory: Word
    since: Day
    kind: TeamKind = "general"


class Joining(Form):
    """A volunteer is in it since that day; since today without one."""

    person: UUID
    since: Day | None = None


class Leaving(Form):
    """A volunteer is in it no more."""

    person: UUID


class Leading(Form):
    """This member leads it from now on."""

    person: UUID


class Merging(Form):
    """It becomes a part of another team, with everybody in it; both keep their history."""

    into: UUID


class Dissolving(Form):
    """There is no such team any more."""


class TeamFilter(BaseModel):
    """Which teams: of a subtree under the boundaries of today. `year` is that of their hours, this
    one without it; `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    status: Literal["active", "merged", "dissolved"] | None = "active"
    year: Annotated[int, Field(ge=1949, le=2199)] | None = None
    after: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class RosterFilter(BaseModel):
    """With those who were in it, or without; `year` is that of their hours."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    former: bool = False
    year: Annotated[int, Field(ge=1949, le=2199)] | None = None
    min_position: Position = 0
