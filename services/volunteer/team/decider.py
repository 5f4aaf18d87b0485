"""The life of a team: founded, joined and left, led, merged into another or dissolved."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import assert_never
from uuid import UUID

from services.volunteer.team.commands import (
    DissolveTeam,
    FoundTeam,
    JoinTeam,
    LeaveTeam,
    MergeTeam,
    NameLeader,
    TeamCommand,
)
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
from services.volunteer.team.state import Member, Team
from services.volunteer.team.upcasters import UPCASTERS
from services.volunteer.team.words import TeamStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.core.state import replace

ACTIVE: Set[TeamStatus] = frozenset({"active"})
ALLOWED: Mapping[type[TeamCommand], Set[TeamStatus]] = {
    FoundTeam:    {"new"},
    JoinTeam:     ACTIVE,
    LeaveTeam:    ACTIVE,
    NameLeader:   ACTIVE,
    MergeTeam:    ACTIVE,
    DissolveTeam: ACTIVE,
}  # fmt: skip


def decide(command: TeamCommand, team: Team) -> list[TeamEvent]:
    """The events a command leads to; for a merger those of the team that is merged. Raises
    Rejected."""
    if team.status not in ALLOWED[type(command)]:
        raise refused(team)
    events = _decide(command, team)
    if command.late_reason is None:
        return events
    return [one.model_copy(update={"late_reason": command.late_reason}) for one in events]


def _decide(command: TeamCommand, team: Team) -> list[TeamEvent]:
    at = command.at
    match command:
        case FoundTeam(name=name, territory=territory, since=since, kind=kind):
            _been(since, day_of(at))
            return [TeamFounded(at=at, name=name, territory=territory, since=since, kind=kind)]
        case JoinTeam(person=person):
            return [_joined(command, person, team)]
        case LeaveTeam(person=person):
            return [MemberLeft(at=at, person=person, joined=_member(team, person).joined,
                               until=day_of(at))]  # fmt: skip
        case NameLeader(person=person):
            _member(team, person)
            return [] if person == team.leader else [LeaderNamed(at=at, person=person)]
        case MergeTeam(into=into):
            return [*_all_left(command, team), TeamMerged(at=at, into=into)]
        case DissolveTeam():
            return [*_all_left(command, team), TeamDissolved(at=at)]
        case _:
            assert_never(command)


def absorbed(command: MergeTeam, team: Team, other: Team) -> list[TeamEvent]:
    """What happens to the team that `other` becomes a part of: who is not in it yet comes over,
    with the day since when they were in the other. Raises Rejected."""
    if team.status != "active":
        raise Rejected("no_such_team", "there is no such team to merge into", "into")
    return [
        TeamAbsorbed(at=command.at, team=command.team),
        *(
            MemberJoined(at=command.at, person=person, since=one.since, came_with=command.team)
            for person, one in other.members.items()
            if person not in team.members
        ),
    ]


def _joined(command: JoinTeam, person: UUID, team: Team) -> MemberJoined:
    if person in team.members:
        raise Rejected("already_a_member", "this person is in the team already", "person")
    today = day_of(command.at)
    since = command.since or today
    _been(since, today)
    if since < team.since:
        raise Rejected("before_the_team", f"the team is there since {team.since}", "since")
    return MemberJoined(at=command.at, person=person, since=since)


def _been(day: str, today: str) -> None:
    if day > today:
        raise Rejected("occurs_in_the_future", f"{day} has not been yet", "since")


def _member(team: Team, person: UUID) -> Member:
    if (found := team.members.get(person)) is None:
        raise Rejected("not_a_member", "this person is not in the team", "person")
    return found


def _all_left(command: TeamCommand, team: Team) -> list[MemberLeft]:
    until = day_of(command.at)
    return [
        MemberLeft(at=command.at, person=person, joined=one.joined, until=until)
        for person, one in team.members.items()
    ]


def evolve(team: Team, event: TeamEvent) -> Team:  # noqa: PLR0911 - one arm an event
    """The team after the event."""
    team = replace(team, version=team.version + 1)
    match event:
        case TeamFounded(territory=territory, since=since):
            return replace(team, status="active", territory=territory, since=since)
        case MemberJoined(person=person, since=since):
            members = {**team.members, person: Member(team.version, since)}
            return replace(team, members=members)
        case MemberLeft(person=person):
            members = {other: one for other, one in team.members.items() if other != person}
            leader = None if team.leader == person else team.leader
            return replace(team, members=members, leader=leader)
        case LeaderNamed(person=person):
            return replace(team, leader=person)
        case TeamMerged(into=into):
            return replace(team, status="merged", into=into)
        case TeamAbsorbed():
            return team
        case TeamDissolved():
            return replace(team, status="dissolved")
        case _:
            assert_never(event)


def concerns(command: TeamCommand, team: Team) -> Thing:
    """The team where it is; the person who joins or leaves."""
    if isinstance(command, FoundTeam):
        return Thing((command.territory,))
    place = (team.territory,) if team.territory else ()
    if isinstance(command, JoinTeam | LeaveTeam):
        return Thing(place, owner=str(command.person))
    return Thing(place)


def refused(team: Team) -> Rejected:
    """Why nothing can be asked of a team as it stands."""
    match team.status:
        case "new":
            return Rejected("no_such_team", "there is no such team")
        case "active":
            return Rejected("team_exists", "there is this team already")
        case "merged":
            return Rejected("team_is_merged", f"it is a part of {team.into} now")
        case "dissolved":
            return Rejected("team_is_dissolved", "there is no such team any more")


team: Decider[TeamCommand, Team, TeamEvent] = Decider(
    category="team",
    initial=Team(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(TeamEvent, UPCASTERS),
    concerns=concerns,
)
