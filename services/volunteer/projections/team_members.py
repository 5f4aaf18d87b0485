"""Who was in which team from which day to which: one row each time that somebody joined."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.volunteer.team.events import MemberJoined, MemberLeft
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, earlier_event, own_event
from shared.core.state import replace

Membership = MemberJoined | MemberLeft


@dataclass(frozen=True)
class TeamMemberRow:
    """One membership; `until` is its last day. Who came with another team came from `came_with`."""

    membership_id: UUID
    team_id: UUID
    person: UUID
    since: str
    until: str | None
    came_with: UUID | None


def key(recorded: Recorded[Membership]) -> UUID:
    """The membership that begins or ends."""
    event = recorded.event
    if isinstance(event, MemberLeft):
        return earlier_event(recorded, event.joined)
    return own_event(recorded)


def fold(row: TeamMemberRow | None, recorded: Recorded[Membership]) -> TeamMemberRow | None:
    """The membership after the event."""
    event = recorded.event
    if isinstance(event, MemberLeft):
        return row and replace(row, until=event.until)
    return TeamMemberRow(
        membership_id=own_event(recorded),
        team_id=recorded.stream_id,
        person=event.person,
        since=event.since,
        until=None,
        came_with=event.came_with,
    )


team_members: ReadModel[TeamMemberRow, Membership] = ReadModel(
    name="team_members",
    row=TeamMemberRow,
    fold=fold,
    key=key,
    of=Membership,
    indexes=("(team_id, since)", "(person)"),
)
