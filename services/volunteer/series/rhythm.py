"""Rhythms: on which days something recurs. Days are those of the district, such as `2026-05-15`."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MOST = 400  # days that one list may name


def _in_order(days: tuple[str, ...]) -> tuple[str, ...]:
    """Raises ValueError."""
    for day in days:
        if date.fromisoformat(day).isoformat() != day:
            raise ValueError(f"{day} is no day such as 2026-05-15")
    if len({*days}) < len(days):
        raise ValueError("names a day twice")
    return tuple(sorted(days))


class _Rhythm(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weekly(_Rhythm):
    """Every week on this day: 1 is Monday, 7 is Sunday."""

    every: Literal["week"] = "week"
    weekday: int = Field(ge=1, le=7)


class Monthly(_Rhythm):
    """Every month on this day; on the last day of a month that is shorter."""

    every: Literal["month"] = "month"
    day: int = Field(ge=1, le=31)


class Yearly(_Rhythm):
    """Every year on this date; 29 February is 28 February in other years."""

    every: Literal["year"] = "year"
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)


class Listed(_Rhythm):
    """On these days: festivals go by the lunar calendar."""

    every: Literal["list"] = "list"
    days: Annotated[tuple[str, ...], AfterValidator(_in_order)] = Field(
        min_length=1, max_length=MOST
    )


Rhythm = Annotated[Weekly | Monthly | Yearly | Listed, Field(discriminator="every")]


def first(rhythm: Rhythm, since: str) -> str | None:
    """The first day of the rhythm that is not before this one; None where its list has ended."""
    day = date.fromisoformat(since)
    match rhythm:
        case Weekly(weekday=weekday):
            return (day + timedelta(days=(weekday - day.isoweekday()) % 7)).isoformat()
        case Monthly(day=number):
            here = _within(day.year, day.month, number)
            if here < day:
                here = _within(day.year + day.month // 12, day.month % 12 + 1, number)
            return here.isoformat()
        case Yearly(month=month, day=number):
            here = _within(day.year, month, number)
            return (_within(day.year + 1, month, number) if here < day else here).isoformat()
        case Listed(days=days):
            return min((one for one in days if one >= since), default=None)


def following(rhythm: Rhythm, day: str) -> str | None:
    """The first day of the rhythm after this one."""
    return first(rhythm, (date.fromisoformat(day) + timedelta(days=1)).isoformat())


def days_of(rhythm: Rhythm, since: str, before: str) -> list[str]:
    """The days of the rhythm from `since` on, as far as they lie before `before`."""
    found: list[str] = []
    day = first(rhythm, since)
    while day is not None and day < before:
        found.append(day)
        day = following(rhythm, day)
    return found


def falls(rhythm: Rhythm, day: str) -> bool:
    """Whether this is a day of the rhythm."""
    return first(rhythm, day) == day


def _within(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
