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
def periods(day: int) -> tuple[str, str]:
    """The periods that this day is summed up in: itself and its month."""
    text = text_of(day)
    return text, text[:7]


def first_of_month(day: int) -> int:
    """The first day of its month."""
    return day - date.fromordinal(day + UNIX).day + 1


def begins(day: int) -> datetime:
    """The first moment of this day."""
    return EPOCH + day * DAY - BEIJING


def months(first: str, day: int) -> Iterator[str]:
    """The months from `first`, such as `2026-05`, up to the one before that of this day."""
    year, month = int(first[:4]), int(first[5:7])
    end = text_of(day)[:7]
    while (name := f"{year:04}-{month:02}") < end:
        yield name
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def days(first: int, last: int) -> list[str]:
    """The days from `first` to `last`, both included."""
    return [text_of(day) for day in range(first, last + 1)]
