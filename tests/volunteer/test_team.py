"""A team and a volunteer: each rule by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from services.volunteer.team.commands import (
    DissolveTeam,
    FoundTeam,
    JoinTeam,
    LeaveTeam,
    MergeTeam,
    NameLeader,
    TeamCommand,
)
from services.volunteer.team.decider import team
from services.volunteer.team.merging import merged
from services.volunteer.team.state import Team
from services.volunteer.volunteer.commands import ChangeVolunteer, EndVolunteer, RegisterVolunteer
from services.volunteer.volunteer.decider import Volunteer, volunteer
from shared.core.messages import Actor, Rejected
from shared.core.sealed import Sealed

ANN, BOB = UUID(int=1), UUID(int=2)
ONE, OTHER = UUID(int=11), UUID(int=12)
ACTOR = Actor(id="leader", roles=frozenset({"team_leader"}), territory="d")
SAID: dict[str, Any] = {"at": datetime(2026, 5, 1, 4, tzinfo=UTC), "actor": ACTOR}
FOUND = FoundTeam(name="队", territory="d", since="1991-03-08", kind="women", **SAID)
NAME = Sealed(subject=ANN, field="name", box="x")


def after(*commands: TeamCommand) -> Team:
    state = Team()
    for command in commands:
        for event in team.decide(command, state):
            state = team.evolve(state, event)
    return state


def join(person: UUID, since: str | None = None) -> JoinTeam:
    return JoinTeam(person=person, since=since, **SAID)


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        ((join(ANN),), "no_such_team"),
        ((FOUND, join(ANN), join(ANN)), "already_a_member"),
        ((FOUND, join(ANN, "1990-01-01")), "before_the_team"),
        ((FOUND, join(ANN, "2027-01-01")), "occurs_in_the_future"),
        ((FOUND, LeaveTeam(person=ANN, **SAID)), "not_a_member"),
        ((FOUND, NameLeader(person=ANN, **SAID)), "not_a_member"),
        ((FOUND, DissolveTeam(**SAID), join(ANN)), "team_is_dissolved"),
    ],
)
def test_it_is_refused(commands: tuple[TeamCommand, ...], code: str) -> None:
    with pytest.raises(Rejected, match=code):
        after(*commands)


def test_who_leaves_leads_no_more() -> None:
    state = after(FOUND, join(ANN), NameLeader(person=ANN, **SAID), LeaveTeam(person=ANN, **SAID))
    assert (state.leader, state.members) == (None, {})


def test_a_team_merges_into_another_that_is_there() -> None:
    merge = MergeTeam(team=ONE, into=OTHER, **SAID)
    with pytest.raises(Rejected, match="no_such_team"):
        merged(merge, [after(FOUND), Team()])
    with pytest.raises(Rejected, match="team_into_itself"):
        merged(MergeTeam(team=ONE, into=ONE, **SAID), [after(FOUND), after(FOUND)])


def registered(**told: Any) -> Volunteer:
    asked = RegisterVolunteer(person=ANN, territory="d", name=NAME, **told, **SAID)
    [event] = volunteer.decide(asked, Volunteer())
    return volunteer.evolve(Volunteer(), event)


def test_the_young_need_a_guardian_who_is_another() -> None:
    with pytest.raises(Rejected, match="guardian_missing"):
        registered(young=True)
    with pytest.raises(Rejected, match="guardian_of_oneself"):
        registered(young=True, guardian=ANN)
    assert registered(young=True, guardian=BOB).status == "active"


def test_who_is_registered_is_not_registered_again_until_it_ended() -> None:
    state = registered()
    again = RegisterVolunteer(person=ANN, territory="d", name=NAME, **SAID)
    with pytest.raises(Rejected, match="volunteer_registered"):
        volunteer.decide(again, state)
    for event in volunteer.decide(EndVolunteer(reason="own_wish", **SAID), state):
        state = volunteer.evolve(state, event)
    with pytest.raises(Rejected, match="not_a_volunteer"):
        volunteer.decide(ChangeVolunteer(skills=("repair",), **SAID), state)
    assert volunteer.decide(again, state)
