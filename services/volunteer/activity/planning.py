"""What an activity must hold to before anybody comes: its plan, places and who waits for one."""

from __future__ import annotations

from datetime import timedelta

from services.volunteer.activity.commands import (
    ChangeActivity,
    PlanActivity,
    SignUp,
    WithdrawSignUp,
)
from services.volunteer.activity.events import (
    ActivityChanged,
    ActivityEvent,
    ActivityPlanned,
    PlaceGiven,
    SignedUp,
    SignUpWithdrawn,
)
from services.volunteer.activity.plan import When
from services.volunteer.activity.state import Activity, Seat
from shared.core.messages import Rejected
from shared.core.state import replace


def planned(command: PlanActivity) -> list[ActivityEvent]:
    """The plan. Raises Rejected."""
    _spans(command.when, command.longest)
    if command.mode == "team_based" and command.team is None:
        raise Rejected("team_missing", "name the team that does it", "team")
    return [
        ActivityPlanned(
            at=command.at,
            when=command.when,
            mode=command.mode,
            kind=command.kind,
            service=command.service,
            territory=command.territory,
            team=command.team,
            series=command.series,
            campaign=command.campaign,
        )
    ]


def changed(command: ChangeActivity, activity: Activity) -> list[ActivityEvent]:
    """The change, and places for those who waited where there are more now. Nobody who has a place
    loses it. Raises Rejected."""
    when = command.when
    if when == activity.when:
        return []
    _spans(when, command.longest)
    taken = sum(not seat.waiting for seat in activity.seats.values())
    if when.capacity is not None and when.capacity < taken:
        raise Rejected("places_are_taken", f"{taken} people have a place already", "capacity")
    change = ActivityChanged(at=command.at, when=when)
    return [change, *_moved_up(command, replace(activity, when=when))]


def signed_up(command: SignUp, activity: Activity) -> list[ActivityEvent]:
    """A place, or the end of the queue. Raises Rejected."""
    _not_over(command, activity)
    if command.person in activity.seats:
        raise Rejected("signed_up_already", "this person has signed up already", "person")
    free = activity.free()
    waiting = free is not None and free <= 0
    return [SignedUp(at=command.at, person=command.person, waiting=waiting)]


def withdrawn(command: WithdrawSignUp, activity: Activity) -> list[ActivityEvent]:
    """The withdrawal, and a place for the first who waits. Raises Rejected."""
    seat = seat_of(activity, command)
    if seat.came:
        raise Rejected("signed_in_already", "who came does not withdraw", "person")
    _not_over(command, activity)
    left = {who: one for who, one in activity.seats.items() if who != command.person}
    withdrawal = SignUpWithdrawn(at=command.at, person=command.person, waiting=seat.waiting)
    return [withdrawal, *_moved_up(command, replace(activity, seats=left))]


def seat_of(activity: Activity, command: WithdrawSignUp) -> Seat:
    """Raises Rejected for one who has not signed up."""
    if (seat := activity.seats.get(command.person)) is None:
        raise Rejected("not_signed_up", "this person has not signed up", "person")
    return seat


def _moved_up(command: ChangeActivity | WithdrawSignUp, activity: Activity) -> list[ActivityEvent]:
    """Places for those who wait, the first first, as far as there are any."""
    waiting = [person for person, seat in activity.seats.items() if seat.waiting]
    free = activity.free()
    moved = waiting if free is None else waiting[: max(free, 0)]
    return [PlaceGiven(at=command.at, person=person) for person in moved]


def _not_over(command: SignUp | WithdrawSignUp, activity: Activity) -> None:
    if activity.when is not None and command.at >= activity.when.ends:
        raise Rejected("activity_is_over", "it has ended", "person")


def _spans(when: When, longest: int) -> None:
    """Raises Rejected for an end before its beginning, or one that nobody serves until."""
    if when.ends <= when.starts:
        raise Rejected("ends_before_it_begins", "ends lies before starts", "ends")
    if when.ends - when.starts > timedelta(minutes=longest):
        raise Rejected("service_too_long", f"at most {longest} minutes at once", "ends")
