"""Who came and who did not, and for how long that counts.

People sign in and out on their own phones, in good faith: from an hour before it begins until it
ends; only from its beginning on do minutes count, and those after its end for an hour at most.
Whoever forgets to sign out, or does so from home at night, stayed until the end.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from services.volunteer.activity.commands import Mark, MarkAttendance, SignIn, SignOut
from services.volunteer.activity.events import (
    ActivityEvent,
    AttendanceMarked,
    PlaceGiven,
    SignedIn,
    SignedOut,
    SignedUp,
)
from services.volunteer.activity.plan import Attendance, When
from services.volunteer.activity.state import Activity, Seat
from services.volunteer.activity.words import Arrival
from shared.core.messages import Actor, Rejected

EARLY = timedelta(hours=1)
LINGERS = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def signed_in(command: SignIn, activity: Activity, when: When) -> list[ActivityEvent]:
    """Who came without a place gets one, if fewer have come than there are places. Raises
    Rejected."""
    if command.at < when.starts - EARLY:
        raise Rejected("sign_in_not_open", "signing in begins an hour before it starts", "person")
    if command.at >= when.ends:
        raise Rejected("activity_is_over", "it has ended", "person")
    seat = activity.seats.get(command.person)
    if seat is not None and seat.since is not None:
        raise Rejected("signed_in_already", "this person has signed in already", "person")
    before: list[ActivityEvent] = []
    if seat is None or seat.waiting:
        if when.capacity is not None and activity.present() >= when.capacity:
            raise Rejected("activity_full", "everybody who fits has come", "person")
        kwargs = {"at": command.at, "person": command.person}
        before = [PlaceGiven(**kwargs) if seat else SignedUp(**kwargs, waiting=False)]
    evidence = command.evidence
    if evidence == "recorder":
        evidence = by(command.actor, command.person)
    arrival = SignedIn(at=command.at, person=command.person, evidence=evidence, proof=command.proof)
    return [*before, arrival]


def signed_out(command: SignOut, activity: Activity) -> list[ActivityEvent]:
    """The end of what began with signing in. Raises Rejected."""
    seat = activity.seats.get(command.person)
    if seat is None or seat.since is None or command.at < seat.since:
        raise Rejected("sign_out_before_sign_in", "sign in first", "person")
    if seat.until is not None:
        raise Rejected("signed_out_already", "this person has signed out already", "person")
    return [SignedOut(at=command.at, person=command.person)]


def marked(command: MarkAttendance, activity: Activity, when: When) -> list[ActivityEvent]:
    """What is said of all of them, or of none. Who was not on the list and came is put on it.
    Raises Rejected."""
    if command.at < when.starts:
        raise Rejected("activity_has_not_begun", "nobody can have come yet", "marks")
    people = [mark.person for mark in command.marks]
    if len(set(people)) != len(people):
        raise Rejected("marked_twice", "each person once", "marks")
    events: list[ActivityEvent] = []
    for mark in command.marks:
        events.extend(_mark(command, mark, activity, when))
    return events


def _mark(
    command: MarkAttendance, mark: Mark, activity: Activity, when: When
) -> list[ActivityEvent]:
    seat, at, person = activity.seats.get(mark.person), command.at, mark.person
    _check(mark, when)
    before: list[ActivityEvent] = []
    if mark.attended != "absent":
        if seat is None:
            before = [SignedUp(at=at, person=person, waiting=False)]
        elif seat.waiting:
            before = [PlaceGiven(at=at, person=person)]
    elif seat is None:
        raise Rejected("not_signed_up", "who is absent had signed up", "marks")
    said = AttendanceMarked(
        at=at,
        person=person,
        attended=mark.attended,
        evidence=by(command.actor, person),
        minutes=mark.minutes,
    )
    return [*before, said]


def _check(mark: Mark, when: When) -> None:
    if mark.attended == "left" and mark.minutes is None:
        raise Rejected("minutes_missing", "say how long they stayed", "marks")
    if mark.minutes is None:
        return
    if mark.minutes <= 0:
        raise Rejected("minutes_not_positive", "name at least one minute", "marks")
    if mark.minutes * MINUTE > when.ends - when.starts:
        raise Rejected("longer_than_the_span", "more minutes than it takes", "marks")


def by(actor: Actor, person: UUID) -> Arrival:
    """How well it is known: somebody else says so, or only the person."""
    return "own_word" if actor.id == str(person) else "recorder"


def attendances(activity: Activity, when: When, held: datetime, longest: int) -> list[Attendance]:
    """Who took part, and what of it counts: at most `longest` minutes, none after `held`."""
    made = [
        _attendance(person, seat, when, held, longest)
        for person, seat in activity.seats.items()
        if seat.came
    ]
    return [one for one in made if one.minutes > 0]


def _attendance(person: UUID, seat: Seat, when: When, held: datetime, longest: int) -> Attendance:
    if seat.mark is not None and seat.minutes is not None:
        return _as_said(person, seat, when, held, longest)
    since = max(seat.since or when.starts, when.starts)
    until = min(_until(seat, when), held)
    return Attendance(
        person=person,
        since=since,
        until=until,
        minutes=min(max((until - since) // MINUTE, 0), longest),
        evidence=seat.evidence or seat.marked_by,
        proof=seat.proof,
    )


def _as_said(person: UUID, seat: Seat, when: When, held: datetime, longest: int) -> Attendance:
    """A recorder's minutes stand for what the person's own phone said."""
    minutes = seat.minutes or 0
    ends = when.starts + minutes * MINUTE if seat.mark == "left" else when.ends
    until = min(ends, held)
    return Attendance(
        person=person,
        since=when.starts,
        until=until,
        minutes=min(minutes, max((until - when.starts) // MINUTE, 0), longest),
        evidence=seat.marked_by,
        proof=seat.proof,
    )


def _until(seat: Seat, when: When) -> datetime:
    if seat.until is None or seat.until > when.ends + LINGERS:
        return when.ends
    return seat.until
