"""Limits, rule books, and which of them is in force where and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from services.grievance.rules.book import RuleBook
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.rules.limit import due, within
from services.grievance.rules.shelf import Shelf
from shared.contracts import limits
from shared.core.workdays import WorkCalendar

CHINA = WorkCalendar()
# 09:30 in Beijing on the Friday before the May holidays of 2026.
FRIDAY = datetime(2026, 4, 30, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("limit", "last"),
    [
        ("30min", "2026-04-30T02:00:00"),
        ("2h", "2026-04-30T03:30:00"),
        ("24h", "2026-05-01T01:30:00"),
        ("1d", "2026-05-01T15:59:59.999999"),
        ("15d", "2026-05-15T15:59:59.999999"),
        ("1wd", "2026-05-06T15:59:59.999999"),
        ("4wd", "2026-05-09T15:59:59.999999"),
        ("5wd", "2026-05-11T15:59:59.999999"),
    ],
)
def test_a_limit_ends_with_its_last_moment(limit: str, last: str) -> None:
    assert due(limit, FRIDAY, CHINA) == datetime.fromisoformat(f"{last}+00:00")


def test_the_day_is_that_of_beijing() -> None:
    evening = datetime(2026, 5, 10, 16, 30, tzinfo=UTC)  # half past midnight on the eleventh
    assert due("1d", evening, CHINA) == datetime(2026, 5, 12, 15, 59, 59, 999_999, tzinfo=UTC)
    for hours in (-12, 14):
        elsewhere = evening.astimezone(timezone(timedelta(hours=hours)))
        assert due("1d", elsewhere, CHINA) == due("1d", evening, CHINA)


@pytest.mark.parametrize("limit", ["", "5", "d", "0d", "5w", "-1d", "1.5h", "5 d", "99999d"])
def test_what_is_no_limit_is_refused(limit: str) -> None:
    with pytest.raises(ValueError, match="no limit"):
        due(limit, FRIDAY, CHINA)
    with pytest.raises(ValidationError):
        RuleBook.model_validate(BOOK.model_dump() | {"sign": limit})


def test_only_limits_of_one_unit_are_compared() -> None:
    assert within("5wd", "10wd")
    assert not within("11wd", "10wd")
    assert not within("5d", "10wd")


def test_the_first_book_says_where_each_figure_comes_from() -> None:
    about = {"version", "starts", "scope", "closed", "worked", "sources"}
    otherwise = {"handle_otherwise", "prolongs_otherwise"}
    assert set(BOOK.sources) == set(RuleBook.model_fields) - about - otherwise


def test_the_first_book_agrees_with_the_limits_that_boards_go_by() -> None:
    assert BOOK.version == limits.VERSION
    for kind in (*limits.DAYS, "repair", "dispute"):
        told: Any = kind
        assert BOOK.handling(told) == f"{limits.days_of(kind)}d"


def test_the_narrowest_scope_then_the_latest_book_is_in_force() -> None:
    def book(version: str, starts: str, scope: str = "") -> RuleBook:
        return BOOK.model_copy(
            update={"version": version, "starts": date.fromisoformat(starts), "scope": scope}
        )

    streets = book("s1", "2026-05-01", "d/s1"), book("x", "2099-01-01", "d/s1/c1")
    shelf = Shelf((BOOK, book("b", "2026-06-01"), book("c", "2026-06-01"), *streets))
    above = ["d/s1/c1", "d/s1", "d"]
    june = datetime(2026, 5, 31, 16, tzinfo=UTC)  # the first of June in Beijing
    assert shelf.in_force(above, june).version == "s1"
    assert shelf.in_force(["d/s2", "d"], june).version == "c", "the last to be published"
    assert shelf.in_force(["d/s2", "d"], june - timedelta(seconds=1)).version == BOOK.version
    assert shelf.in_force(above, datetime(2026, 4, 30, tzinfo=UTC)).version == BOOK.version
    assert Shelf().in_force([], june) is BOOK
