"""Rhythms, what is open of them, and how often in a row they were kept."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from random import Random

import pytest
from pydantic import ValidationError

from services.volunteer.series.agenda import (
    agenda_of,
    answered,
    begun,
    overdue,
    put_off,
    with_days,
)
from services.volunteer.series.rhythm import (
    Listed,
    Monthly,
    Rhythm,
    Weekly,
    Yearly,
    days_of,
    falls,
)
from services.volunteer.series.runs import Runs, runs_of

FIFTEENTH = Monthly(day=15)
SUNDAY = Weekly(weekday=7)
FESTIVALS = Listed(days=("2026-02-17", "2026-06-19", "2026-09-25"))


def plainly(rhythm: Rhythm, day: date) -> bool:
    """Whether something falls on this day, as a person with a calendar would say it."""
    last = day.day == monthrange(day.year, day.month)[1]
    match rhythm:
        case Weekly(weekday=weekday):
            return day.isoweekday() == weekday
        case Monthly(day=number):
            return day.day == number or (last and day.day < number)
        case Yearly(month=month, day=number):
            return day.month == month and (day.day == number or (last and day.day < number))
        case Listed(days=days):
            return day.isoformat() in days


def one_of(random: Random) -> Rhythm:
    made: list[Rhythm] = [
        Weekly(weekday=random.randint(1, 7)),
        Monthly(day=random.randint(1, 31)),
        Yearly(month=random.randint(1, 12), day=random.randint(1, 31)),
        Listed(days=tuple({str(date(2024, 1, 1) + timedelta(random.randrange(900)))})),
    ]
    return random.choice(made)


def test_the_days_of_a_rhythm_are_those_that_a_plain_count_finds() -> None:
    random, counted = Random(8), 0
    for _ in range(300):
        rhythm = one_of(random)
        since = date(1999, 1, 1) + timedelta(random.randrange(40_000))
        span = [since + timedelta(n) for n in range(random.randrange(1_500))]
        expected = [day.isoformat() for day in span if plainly(rhythm, day)]
        before = (since + timedelta(len(span))).isoformat()
        assert days_of(rhythm, since.isoformat(), before) == expected, rhythm
        assert all(falls(rhythm, day) for day in expected)
        counted += len(expected)
    assert counted > 5_000


def test_the_thirty_first_is_the_last_day_of_a_short_month() -> None:
    found = days_of(Monthly(day=31), "2024-01-01", "2024-05-01")
    assert found == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]
    assert days_of(Monthly(day=31), "2025-02-01", "2025-03-01") == ["2025-02-28"]


def test_a_leap_day_is_kept_on_the_day_before_in_other_years() -> None:
    found = days_of(Yearly(month=2, day=29), "2023-01-01", "2026-01-01")
    assert found == ["2023-02-28", "2024-02-29", "2025-02-28"]


def test_a_list_of_festivals_ends() -> None:
    assert days_of(FESTIVALS, "2026-03-01", "2030-01-01") == ["2026-06-19", "2026-09-25"]
    assert begun(FESTIVALS, "2026-09-26").due() is None


@pytest.mark.parametrize("days", [(), ("2026-02-30",), ("2026-05-01", "2026-05-01"), ("soon",)])
def test_a_list_of_no_days_or_of_none_there_are_is_refused(days: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError):
        Listed(days=days)


def test_what_is_open_is_what_a_plain_count_leaves() -> None:
    random = Random(3)
    for _ in range(200):
        rhythm = one_of(random)
        everything = days_of(rhythm, "2024-01-01", "2026-06-01")
        told = [day for day in everything if random.random() < 0.6]
        known = begun(rhythm, "2024-01-01")
        for day in random.sample(told, len(told)):
            known = answered(agenda_of(known.text()), rhythm, day)
        left = [day for day in everything if day not in told]
        assert overdue(known, rhythm, "2026-06-01", None) == left
        assert known.due("2026-06-01") == (left[0] if left else None)


def test_an_occurrence_that_is_put_off_is_due_on_the_other_day() -> None:
    known = put_off(begun(FIFTEENTH, "2026-01-01"), FIFTEENTH, "2026-01-15", "2026-02-20")
    assert known.due() == "2026-02-15", "the next one does not wait for it"
    known = answered(known, FIFTEENTH, "2026-02-15")
    assert known.due() == "2026-02-20"
    assert overdue(known, FIFTEENTH, "2026-02-20", None) == []
    assert overdue(known, FIFTEENTH, "2026-02-21", None) == ["2026-01-15"]


def test_days_may_be_open_without_any_rhythm() -> None:
    known = with_days(agenda_of("||"), ["2026-05-02", "2026-05-09"])
    assert overdue(known, None, "2026-05-09", None) == ["2026-05-02"]
    assert answered(known, None, "2026-05-02").due() == "2026-05-09"


def test_runs_are_those_of_a_plain_count() -> None:
    random = Random(5)
    for _ in range(200):
        days = [f"2026-{n:03}" for n in range(random.randint(1, 50))]
        held = {day for day in days if random.random() < 0.7}
        runs = Runs()
        for day in days:
            runs = runs.happened(day) if day in held else runs.failed(day)
        for day in days:  # some are told late
            if day not in held and random.random() < 0.5:
                held.add(day)
                runs = runs_of(runs.text()).happened(day)
        lengths = "".join("x" if day in held else " " for day in days).split(" ")
        assert runs.lengths == tuple(map(len, lengths))
        assert runs.streak == len(lengths[-1])
