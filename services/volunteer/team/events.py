"""What can have happened to a team. `joined` names a `member-joined` of the team by version."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.volunteer.team.words import TeamKind
from shared.core.messages import Event


class TeamFounded(Event):
    """There is this team since day `since`, such as `1991-03-08`."""

    type: Literal["team-founded"] = "team-founded"
    name: str
    territory: str
    since: str
    kind: TeamKind


class MemberJoined(Event):
    """A person is a member since day `since`; they were before in the team `came_with`, if that
    became part of this one."""

    type: Literal["member-joined"] = "member-joined"
    person: UUID
    since: str
    came_with: UUID | None = None


class MemberLeft(Event):
    """A member is one no more, day `until` being the last."""

    type: Literal["member-left"] = "member-left"
    person: UUID
    joined: int
    until: str


class LeaderNamed(Event):
    """This member leads the team from now on."""

    type: Literal["leader-named"] = "leader-named"
    person: UUID


class TeamMerged(Event):
    """The team is a part of `into` from now on; what it did before stays its own."""

    type: Literal["team-merged"] = "team-merged"
    into: UUID


class TeamAbsorbed(Event):
    """`team` is a part of this one from now on."""

    type: Literal["team-absorbed"] = "team-absorbed"
    team: UUID


class TeamDissolved(Event):
    """There is no such team any more."""

    type: Literal["team-dissolved"] = "team-dissolved"


TeamEvent = Annotated[
    TeamFounded
    | MemberJoined
    | MemberLeft
    | LeaderNamed
    | TeamMerged
    | TeamAbsorbed
    | TeamDissolved,
    Field(discriminator="type"),
]
