"""Days of the district as numbers, and the periods that a tally sums them up in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from shared.core.canonical import EPOCH, microseconds
from shared.core.local_time import BEIJING

DAY = timedelta(days=1)
DAY_US = DAY // timedelta(microseconds=1)
BEIJING_US = BEIJING // timedelta(microseconds=1)
UNIX = EPOCH.toordinal()


def day_at(at: int) -> int:
    """The day it is in Beijing at `at`, microseconds since 1970: days since 1970-01-01."""
    return (at + BEIJING_US) // DAY_US


def number_of(moment: datetime) -> int:
    """The day it is in Beijing at this moment."""
    return day_at(microseconds(moment))


def parse(day: str) -> int:
    """The number of a day such as `2026-05-01`. Raises ValueError."""
    return date.fromisoformat(day).toordinal() - UNIX


@lru_cache(20_000)
def text_of(day: int) -> str:
    """The day as `2026-05-01`."""
    return date.fromordinal(day + UNIX).isoformat()


@lru_cache(20_000)
def periods(day: int) -> tuple[str, str, str]:
    """The periods that this day is summed up in: itself, its month and its year."""
    text = text_of(day)
    return text, text[:7], text[:4]


def first_of_month(day: int) -> int:
    """The first day of its month."""
    return day - date.fromordinal(day + UNIX).day + 1


def begins(day: int) -> datetime:
    """The first moment of this day."""
    return EPOCH + day * DAY - BEIJING


def cover(first: int, last: int) -> Iterator[str]:
    """The fewest periods that make up the days from `first` to `last`, both included."""
    day = first
    while day <= last:
        own = date.fromordinal(day + UNIX)
        year, month = date(own.year + 1, 1, 1), first_of_month(first_of_month(day) + 31)
        if own.timetuple().tm_yday == 1 and year.toordinal() - UNIX <= last + 1:
            yield text_of(day)[:4]
            day = year.toordinal() - UNIX
        elif own.day == 1 and month <= last + 1:
            yield text_of(day)[:7]
            day = month
        else:
            yield text_of(day)
            day += 1


def days(first: int, last: int) -> list[str]:
    """The days from `first` to `last`, both included."""
    return [text_of(day) for day in range(first, last + 1)]
