"""How long something may take: `30min`, `2h`, `15d` or `5wd`."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from shared.core.local_time import day_of, end_of
from shared.core.workdays import WorkCalendar

PATTERN = r"^[1-9][0-9]{0,3}(min|h|d|wd)$"
Limit = Annotated[str, Field(pattern=PATTERN)]
MOMENT = timedelta(microseconds=1)


def due(limit: Limit, since: datetime, calendar: WorkCalendar) -> datetime:
    """The last moment that is in time. Minutes and hours count from `since` on; calendar days `d`
    and working days `wd` from the day after, to the end of the last one, in Beijing time.

    Raises ValueError for what is no limit.
    """
    count, unit = _parts(limit)
    if unit == "min":
        return since + timedelta(minutes=count)
    if unit == "h":
        return since + timedelta(hours=count)
    day = date.fromisoformat(day_of(since))
    last = calendar.after(day, count) if unit == "wd" else day + timedelta(days=count)
    return end_of_day(last.isoformat())


def end_of_day(day: str) -> datetime:
    """The last moment of this day. Raises ValueError."""
    return end_of(day) - MOMENT


def within(limit: Limit, cap: Limit) -> bool:
    """Whether a limit is not longer than another one of the same unit."""
    (count, unit), (most, of) = _parts(limit), _parts(cap)
    return unit == of and count <= most


def _parts(limit: Limit) -> tuple[int, str]:
    found = re.fullmatch(r"([0-9]+)([a-z]+)", limit)
    if found is None or re.match(PATTERN, limit) is None:
        raise ValueError(f"{limit!r} is no limit such as 30min, 2h, 15d or 5wd")
    return int(found[1]), found[2]
