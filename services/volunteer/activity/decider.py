"""The life of an activity: planned, signed up for, come to, held; or cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import assert_never

from services.volunteer.activity import attending, holding, planning
from services.volunteer.activity.commands import (
    ActivityCommand,
    CancelActivity,
    ChangeActivity,
    HoldActivity,
    MarkAttendance,
    PlanActivity,
    SignIn,
    SignOut,
    SignUp,
    WithdrawSignUp,
)
from services.volunteer.activity.events import ActivityCancelled, ActivityEvent
from services.volunteer.activity.evolution import evolve
from services.volunteer.activity.state import Activity
from services.volunteer.activity.upcasters import UPCASTERS
from services.volunteer.activity.words import ActivityStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected

PLANNED: Set[ActivityStatus] = frozenset({"planned"})
ALLOWED: Mapping[type[ActivityCommand], Set[ActivityStatus]] = {
    PlanActivity:   {"new"},
    ChangeActivity: PLANNED,
    CancelActivity: PLANNED,
    SignUp:         PLANNED,
    WithdrawSignUp: PLANNED,
    SignIn:         PLANNED,
    SignOut:        PLANNED,
    MarkAttendance: PLANNED,
    HoldActivity:   PLANNED,
}  # fmt: skip


def decide(command: ActivityCommand, activity: Activity) -> list[ActivityEvent]:
    """The events a command leads to. Raises Rejected."""
    if activity.status not in ALLOWED[type(command)]:
        raise _refused(activity)
    events = _decide(command, activity)
    if command.late_reason is None:
        return events
    return [one.model_copy(update={"late_reason": command.late_reason}) for one in events]


def _decide(command: ActivityCommand, activity: Activity) -> list[ActivityEvent]:  # noqa: C901, PLR0911 - one arm a command
    if isinstance(command, PlanActivity):
        return planning.planned(command)
    when = activity.when
    assert when is not None
    match command:
        case ChangeActivity():
            return planning.changed(command, activity)
        case CancelActivity(at=at, reason=reason):
            return [ActivityCancelled(at=at, reason=reason)]
        case SignUp():
            return planning.signed_up(command, activity)
        case WithdrawSignUp():
            return planning.withdrawn(command, activity)
        case SignIn():
            return attending.signed_in(command, activity, when)
        case SignOut():
            return attending.signed_out(command, activity)
        case MarkAttendance():
            return attending.marked(command, activity, when)
        case HoldActivity():
            return holding.held(command, activity, when)
        case _:
            assert_never(command)


def concerns(command: ActivityCommand, activity: Activity) -> Thing:
    """The activity where it takes place; whoever signs up, in or out."""
    if isinstance(command, PlanActivity):
        return Thing((command.territory,))
    place = (activity.territory,) if activity.territory else ()
    if isinstance(command, SignUp | WithdrawSignUp | SignIn | SignOut):
        return Thing(place, owner=str(command.person))
    return Thing(place)


def _refused(activity: Activity) -> Rejected:
    match activity.status:
        case "new":
            return Rejected("no_such_activity", "there is no such activity")
        case "planned":
            return Rejected("activity_exists", "it is planned already")
        case "cancelled":
            return Rejected("activity_is_cancelled", "it does not take place")
        case "held":
            return Rejected("activity_is_held", "it is over, and on record")


activity: Decider[ActivityCommand, Activity, ActivityEvent] = Decider(
    category="activity",
    initial=Activity(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(ActivityEvent, UPCASTERS),
    concerns=concerns,
)
