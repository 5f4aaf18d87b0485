"""Whether somebody was there when it was their turn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

from services.volunteer.duty.commands import (
    AddShifts,
    AssignDuty,
    CheckIn,
    NoteNoCheckIn,
    ServeShift,
)
from services.volunteer.duty.events import (
    CheckedIn,
    CheckInMissed,
    DutyEvent,
    DutyPostAssigned,
    DutyShiftsAdded,
    DutyShiftServed,
    Shift,
)
from services.volunteer.duty.state import Duty
from services.volunteer.duty.turns import LONGEST, first_week, turn_of_shift, week_of
from shared.core.local_time import day_of, end_of
from shared.core.messages import Rejected


def assigned(command: AssignDuty) -> list[DutyEvent]:
    """The post. Raises Rejected."""
    if (command.cadence == "shifts") != bool(command.shifts):
        detail = "name shifts for a post with shifts, and none for a weekly one"
        raise Rejected("shifts_or_weeks", detail, "shifts")
    _apart(command.shifts)
    return [
        DutyPostAssigned(
            at=command.at,
            holder=command.holder,
            role=command.role,
            territory=command.territory,
            cadence=command.cadence,
            since=command.since,
            watched=max(command.since, command.asked_on),
            shifts=command.shifts,
            late_reason=command.late_reason,
        )
    ]


def added(command: AddShifts, duty: Duty) -> list[DutyEvent]:
    """More shifts. Raises Rejected."""
    if duty.told is None or duty.told.cadence != "shifts":
        raise Rejected("shifts_or_weeks", "this post is weekly: it has no shifts", "shifts")
    if any(turn_of_shift(one) < command.asked_on for one in command.shifts):
        raise Rejected("shift_in_the_past", "a shift that is over is nobody's turn", "shifts")
    _apart([*duty.shifts.values(), *command.shifts])
    return [DutyShiftsAdded(at=command.at, shifts=command.shifts)]


def checked_in(command: CheckIn, duty: Duty) -> list[DutyEvent]:
    """That they were there. Raises Rejected."""
    turn = _turn(command.day, command.asked_on, duty)
    if turn in duty.checked:
        raise Rejected("checked_in_already", "they have checked in on this turn", "day")
    late = _late(command.late_reason, turn, duty)
    return [
        CheckedIn(
            at=command.at, turn=turn, words=command.words, late=late,
            late_reason=command.late_reason,
        )
    ]  # fmt: skip


def missed(command: NoteNoCheckIn, duty: Duty) -> list[DutyEvent]:
    """Nothing where something was heard of them, or it was never their turn: time may say it
    twice."""
    turn, told = command.turn, duty.told
    assert told is not None
    theirs = turn in duty.shifts if duty.shifts else turn == week_of(turn)
    if turn in duty.checked | duty.missed or not theirs or turn < _watched(duty):
        return []
    if turn >= min(command.asked_on, duty.ended_on or command.asked_on):
        return []
    return [CheckInMissed(at=end_of(turn), turn=turn)]


def served(command: ServeShift, duty: Duty) -> list[DutyEvent]:
    """For how long they served; whoever served was there. Raises Rejected."""
    told = duty.told
    assert told is not None
    turn = _turn(command.day, command.asked_on, duty)
    shift = duty.shifts.get(turn)
    day = day_of(shift.since) if shift else command.day
    if day in duty.served:
        raise Rejected("shift_served", "this service is on record", "day")
    _fits(command, shift)
    late = end_of(day) + timedelta(days=command.rules.late_days)
    if command.at >= late and command.late_reason is None:
        raise Rejected("late_entry_needs_reason", "say why it is entered late", "late_reason")
    events: list[DutyEvent] = []
    if turn not in duty.checked:
        untold = _late(command.late_reason, turn, duty)
        events.append(
            CheckedIn(at=command.at, turn=turn, late=untold, late_reason=command.late_reason)
        )
    return [
        *events,
        DutyShiftServed(
            at=command.at,
            holder=told.holder,
            role=told.role,
            territory=told.territory,
            turn=turn,
            day=day,
            minutes=command.minutes,
            since=shift.since if shift else None,
            until=shift.until if shift else None,
            late_reason=command.late_reason,
        ),
    ]


def _watched(duty: Duty) -> str:
    assert duty.told is not None
    return duty.told.watched if duty.shifts else first_week(duty.told.watched)


def _turn(day: str, today: str, duty: Duty) -> str:
    told = duty.told
    assert told is not None
    if day > today:
        raise Rejected("occurs_in_the_future", f"{day} has not come yet", "day")
    if day < told.since or (duty.ended_on is not None and day > duty.ended_on):
        raise Rejected("not_their_turn", f"they did not hold this post on {day}", "day")
    if told.cadence == "weekly":
        return week_of(day)
    for turn, shift in duty.shifts.items():
        if day_of(shift.since) <= day <= turn:
            return turn
    raise Rejected("not_their_turn", f"they have no shift on {day}", "day")


def _late(reason: str | None, turn: str, duty: Duty) -> bool:
    if turn in duty.missed and reason is None:
        detail = "it counts as missed: say why it is told so late"
        raise Rejected("late_entry_needs_reason", detail, "late_reason")
    return turn in duty.missed


def _fits(command: ServeShift, shift: Shift | None) -> None:
    if command.minutes <= 0:
        raise Rejected("minutes_not_positive", "name at least one minute", "minutes")
    if command.minutes > command.rules.longest:
        detail = f"a single service lasts {command.rules.longest} minutes at most"
        raise Rejected("service_too_long", detail, "minutes")
    if shift is not None and timedelta(minutes=command.minutes) > shift.until - shift.since:
        raise Rejected("longer_than_the_span", "more minutes than the shift has", "minutes")
    if shift is not None and shift.until > command.at:
        raise Rejected("occurs_in_the_future", "the shift is not over", "day")


def _apart(shifts: Iterable[Shift]) -> None:
    ordered = sorted(shifts, key=lambda shift: shift.since)
    for one in ordered:
        if not one.since < one.until:
            raise Rejected("ends_before_it_begins", "a shift ends before it begins", "shifts")
        if one.until - one.since > LONGEST:
            raise Rejected("service_too_long", "a shift lasts a day at most", "shifts")
    for one, other in pairwise(ordered):
        if other.since < one.until:
            raise Rejected("overlapping_shifts", f"two shifts at {other.since}", "shifts")
        if turn_of_shift(one) == turn_of_shift(other):
            raise Rejected("two_shifts_a_day", "one shift a day", "shifts")
