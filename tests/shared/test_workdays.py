"""Working days, held against the yearly notices of the State Council's General Office: which days
are free, and which Saturdays and Sundays are worked in return."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.workdays import WorkCalendar

CHINA = WorkCalendar()
# Notices 国办发明电: 2022-16, 2023-7, 2024-12, and that of November 2025.
FREE = {
    2023: ["2022-12-31..2023-01-02", "2023-01-21..2023-01-27", "2023-04-05",
           "2023-04-29..2023-05-03", "2023-06-22..2023-06-24", "2023-09-29..2023-10-06"],
    2024: ["2023-12-30..2024-01-01", "2024-02-10..2024-02-17", "2024-04-04..2024-04-06",
           "2024-05-01..2024-05-05", "2024-06-08..2024-06-10", "2024-09-15..2024-09-17",
           "2024-10-01..2024-10-07"],
    2025: ["2025-01-01", "2025-01-28..2025-02-04", "2025-04-04..2025-04-06",
           "2025-05-01..2025-05-05", "2025-05-31..2025-06-02", "2025-10-01..2025-10-08"],
    2026: ["2026-01-01..2026-01-03", "2026-02-15..2026-02-23", "2026-04-04..2026-04-06",
           "2026-05-01..2026-05-05", "2026-06-19..2026-06-21", "2026-09-25..2026-09-27",
           "2026-10-01..2026-10-07"],
}  # fmt: skip
WORKED = {
    2023: ["01-28", "01-29", "04-23", "05-06", "06-25", "10-07", "10-08"],
    2024: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}
DAY = timedelta(days=1)


def _days(told: str) -> Iterator[date]:
    first, _, last = told.partition("..")
    day, end = date.fromisoformat(first), date.fromisoformat(last or first)
    while day <= end:
        yield day
        day += DAY


@pytest.mark.parametrize("year", FREE)
def test_a_year_is_as_it_was_published(year: int) -> None:
    free = {day for spans in FREE.values() for told in spans for day in _days(told)}
    worked = {date.fromisoformat(f"{year}-{day}") for day in WORKED[year]}
    for day in _days(f"{year}-01-01..{year}-12-31"):
        expected = day in worked or (day.weekday() < 5 and day not in free)
        assert CHINA.works(day) == expected, day


def test_a_deployment_has_the_last_word() -> None:
    flood, sunday = date(2026, 7, 15), date(2026, 7, 19)
    own = WorkCalendar(closed=frozenset({flood}), worked=frozenset({sunday}))
    assert (CHINA.works(flood), own.works(flood)) == (True, False)
    assert (CHINA.works(sunday), own.works(sunday)) == (False, True)
    assert own.after(date(2026, 7, 14), 1) == date(2026, 7, 16)


@given(st.dates(date(2020, 1, 1), date(2031, 12, 31)), st.integers(1, 40))
def test_so_many_working_days_later_is_counted_day_by_day(day: date, count: int) -> None:
    last = CHINA.after(day, count)
    between = [day + DAY * n for n in range(1, (last - day).days + 1)]
    assert CHINA.works(last)
    assert sum(map(CHINA.works, between)) == count
