"""An activity without a service: who asks what of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.volunteer.activity.commands import (
    ActivityCommand,
    HoldActivity,
    Mark,
    MarkAttendance,
    PlanActivity,
    SignIn,
    SignOut,
    SignUp,
    WithdrawSignUp,
)
from services.volunteer.activity.decider import activity
from services.volunteer.activity.events import ActivityEvent, ActivityHeld
from services.volunteer.activity.plan import Limits, When
from services.volunteer.activity.state import Activity
from shared.core.messages import Actor, Rejected

ANN, BOB, CAI = (UUID(int=number) for number in (1, 2, 3))
IT = UUID(int=99)
STARTS = datetime(2026, 5, 1, 1, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2)
LEADER = Actor(id="leader", roles=frozenset({"team_leader"}), territory="d")
LIMITS = Limits(version="2026.1", longest=960, daily=1_440, late_days=3)


def plan(capacity: int | None = None, **told: Any) -> PlanActivity:
    when = When(name="清河", place="桥头", starts=STARTS, ends=ENDS, capacity=capacity)
    known: dict[str, Any] = {
        "mode": "theme_based", "kind": "cleaning", "service": "environment", "territory": "d",
        "when": when, "longest": 960,
    }  # fmt: skip
    return PlanActivity(at=STARTS - timedelta(days=3), actor=LEADER, **{**known, **told})


def up(person: UUID, hours: int = -24) -> SignUp:
    return SignUp(at=at(60 * hours), actor=LEADER, person=person)


def back(person: UUID, minutes: int = -60) -> WithdrawSignUp:
    return WithdrawSignUp(at=at(minutes), actor=LEADER, person=person)


def came(person: UUID, minutes: int = 0, **told: Any) -> SignIn:
    known = {"evidence": "site_code", "actor": LEADER, **told}
    return SignIn(at=at(minutes), person=person, **known)


def went(person: UUID, minutes: int = 120) -> SignOut:
    return SignOut(at=at(minutes), actor=LEADER, person=person)


def mark(*marks: Mark, minutes: int = 125) -> MarkAttendance:
    return MarkAttendance(at=at(minutes), actor=LEADER, marks=marks)


def held(minutes: int = 130, **told: Any) -> HoldActivity:
    return HoldActivity(at=at(minutes), actor=LEADER, activity=IT, limits=LIMITS, **told)


def at(minutes: int) -> datetime:
    """So many minutes after it starts."""
    return STARTS + timedelta(minutes=minutes)


def happened(*commands: ActivityCommand) -> list[ActivityEvent]:
    """What these lead to, one after the other."""
    state, events = Activity(), []
    for command in commands:
        for event in activity.decide(command, state):
            state = activity.evolve(state, event)
            events.append(event)
    return events


def minutes(*commands: ActivityCommand) -> dict[UUID, int]:
    """What counts for each, once it was held."""
    last = happened(*commands)[-1]
    assert isinstance(last, ActivityHeld)
    return {one.person: one.minutes for one in last.attendances}


def refused(*commands: ActivityCommand) -> str:
    """The code by which the last of these is refused."""
    before, last = commands[:-1], commands[-1]
    state = activity.fold(happened(*before))
    with pytest.raises(Rejected) as no:
        activity.decide(last, state)
    return no.value.code
