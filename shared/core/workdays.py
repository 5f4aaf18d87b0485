"""Working days of mainland China: statutory holidays, and the weekends worked in return (调休).

Source: the yearly notices of the State Council's General Office, as PyPI `holidays` has them; a
test holds them against the notices for 2023 to 2026. A year without a notice yet has its statutory
holidays and plain weekends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked. `closed` and `worked` are a deployment's own, and prevail."""

    closed: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether offices are open on this day."""
        if day in self.worked:
            return True
        return day not in self.closed and _published(day.year).is_working_day(day)

    def after(self, day: date, count: int) -> date:
        """The working day that is the `count`-th after `day`, itself not counted."""
        while count > 0:
            day += DAY
            count -= self.works(day)
        return day


@cache
def _published(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)
