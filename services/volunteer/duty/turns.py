"""Turns of a duty post: weeks, by their Sunday; shifts, by the day on which they end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from services.volunteer.duty.events import Shift
from services.volunteer.series.rhythm import Weekly, days_of, first
from shared.core.local_time import day_of, start_of

WEEK = Weekly(weekday=7)
DAYS = 6  # from the first day of a week to its last
LONGEST = timedelta(hours=24)


def week_of(day: str) -> str:
    """The week in which this day lies."""
    found = first(WEEK, day)
    assert found is not None
    return found


def first_week(since: str) -> str:
    """The first whole week from this day on."""
    return week_of((date.fromisoformat(since) + timedelta(days=DAYS)).isoformat())


def turn_of_shift(shift: Shift) -> str:
    """The turn of a shift: the last day that it touches."""
    return day_of(shift.until - timedelta(microseconds=1))


def repeated(weekdays: set[int], span: tuple[time, time], since: str, until: str) -> list[Shift]:
    """A shift on each of these weekdays from day `since` to day `until`, both in; one that ends
    before it begins ends on the next day."""
    begins, ends = (timedelta(hours=one.hour, minutes=one.minute) for one in span)
    ends += timedelta(days=1) if ends <= begins else timedelta(0)
    after = (date.fromisoformat(until) + timedelta(days=1)).isoformat()
    days = sorted(day for one in weekdays for day in days_of(Weekly(weekday=one), since, after))
    return [_shift(start_of(day), begins, ends) for day in days]


def _shift(midnight: datetime, begins: timedelta, ends: timedelta) -> Shift:
    return Shift(since=midnight + begins, until=midnight + ends)
