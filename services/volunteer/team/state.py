"""A team as it is decided on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.volunteer.team.words import TeamStatus


@dataclass(frozen=True)
class Member:
    """A member since a day; `joined` is the version of the event that says so."""

    joined: int
    since: str


@dataclass(frozen=True)
class Team:
    """`version` counts the events; `into` is what it became part of."""

    status: TeamStatus = "new"
    version: int = 0
    territory: str = ""
    since: str = ""
    members: Mapping[UUID, Member] = field(default_factory=dict)
    leader: UUID | None = None
    into: UUID | None = None
