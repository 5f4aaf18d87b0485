"""What people may ask of a team."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.volunteer.team.words import TeamKind
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class FoundTeam(Command):
    """There is this team since day `since`, which may be long ago. Its name is for everyone."""

    name: str
    territory: str
    since: str
    kind: TeamKind = "general"


@dataclass(frozen=True, kw_only=True)
class JoinTeam(Command):
    """This person is a member since that day; since today without one."""

    person: UUID
    since: str | None = None


@dataclass(frozen=True, kw_only=True)
class LeaveTeam(Command):
    """This person is a member no more."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class NameLeader(Command):
    """This member leads the team from now on."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class MergeTeam(Command):
    """`team` becomes part of `into`, with everybody in it. Touches both streams."""

    team: UUID
    into: UUID


@dataclass(frozen=True, kw_only=True)
class DissolveTeam(Command):
    """There is no such team any more."""


TeamCommand = FoundTeam | JoinTeam | LeaveTeam | NameLeader | MergeTeam | DissolveTeam
