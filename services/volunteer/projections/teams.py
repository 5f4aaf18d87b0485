"""Teams: since when, how many are in each, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.volunteer.team.events import (
    LeaderNamed,
    MemberJoined,
    MemberLeft,
    TeamAbsorbed,
    TeamDissolved,
    TeamEvent,
    TeamFounded,
    TeamMerged,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally
from shared.core.state import replace


@dataclass(frozen=True)
class TeamRow:
    """One team. `since` is the day it was founded, `number` its position in the log; `merged_into`
    is what it became a part of, `absorbed` how many became a part of it."""

    team_id: UUID
    number: int
    version: int
    name: str
    territory: str
    kind: str
    since: str
    status: str
    members: int
    ever: int
    leader: UUID | None
    merged_into: UUID | None
    absorbed: int
    ended_at: datetime | None


def fold(row: TeamRow | None, recorded: Recorded[TeamEvent]) -> TeamRow | None:  # noqa: C901, PLR0911 - one arm an event
    """The team after the event."""
    event = recorded.event
    if isinstance(event, TeamFounded):
        return _founded(recorded, event)
    if row is None:
        return None
    row = replace(row, version=recorded.version)
    match event:
        case MemberJoined():
            return replace(row, members=row.members + 1, ever=row.ever + 1)
        case MemberLeft(person=person):
            leader = None if row.leader == person else row.leader
            return replace(row, members=row.members - 1, leader=leader)
        case LeaderNamed(person=person):
            return replace(row, leader=person)
        case TeamMerged(into=into):
            at = recorded.occurred_at
            return replace(row, status="merged", merged_into=into, ended_at=at)
        case TeamAbsorbed():
            return replace(row, absorbed=row.absorbed + 1)
        case TeamDissolved():
            return replace(row, status="dissolved", ended_at=recorded.occurred_at)


def _founded(recorded: Recorded[TeamEvent], event: TeamFounded) -> TeamRow:
    return TeamRow(
        team_id=recorded.stream_id,
        number=recorded.position,
        version=recorded.version,
        name=event.name,
        territory=event.territory,
        kind=event.kind,
        since=event.since,
        status="active",
        members=0,
        ever=0,
        leader=None,
        merged_into=None,
        absorbed=0,
        ended_at=None,
    )


def count(row: TeamRow) -> dict[tuple[str, ...], dict[str, int]]:
    """What one adds to the teams of a place."""
    active = int(row.status == "active")
    return {(row.territory,): {"teams": active, "members": row.members}}


teams: ReadModel[TeamRow, TeamEvent] = ReadModel(
    name="teams",
    row=TeamRow,
    fold=fold,
    of=TeamEvent,
    indexes=("(since, team_id)", "(merged_into) where merged_into is not null"),
    tally=Tally(name="team_count", keys=("territory",), measures=("teams", "members"), count=count),
)
