"""What a rule book must hold to before it is published, or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import get_args

from services.grievance.rule_book.state import Books
from services.grievance.rules.book import SOURCED, RuleBook
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.words import Urgency
from shared.core.local_time import day_of
from shared.core.messages import Rejected

IN_DAYS = ("d", "wd")


def publishable(books: Books, book: RuleBook, at: datetime) -> None:
    """Raises Rejected for a version that is taken, a day that is past, and a book in which a
    figure, its source, or a day does not do."""
    if book.version == BOOK.version or books.of(book.version) is not None:
        detail = f"there was a rule book {book.version} already: what it decided names it"
        raise Rejected("version_taken", detail, "book/version")
    if book.starts < (today := _day(at)):
        detail = f"it can start today, {today}, at the earliest: a book changes nothing past"
        raise Rejected("starts_in_the_past", detail, "book/starts")
    _check_urgencies(book)
    _check_prolonging(book)
    _check_days(book)
    _check_sources(book)


def withdrawable(books: Books, version: str, at: datetime) -> None:
    """Raises Rejected for a version that is none, was withdrawn, or has started."""
    book = books.of(version)
    if book is None:
        raise Rejected("no_such_rule_book", f"no rule book {version} was published", "version")
    if version in books.withdrawn:
        raise Rejected("is_withdrawn", f"rule book {version} was withdrawn already")
    if book.starts <= _day(at):
        detail = f"it is in force since {book.starts}: publish another one instead"
        raise Rejected("rule_book_has_started", detail)


def _check_urgencies(book: RuleBook) -> None:
    """Every urgency has a time of its own."""
    for name, limits in (("dispatch", book.dispatch), ("answer", book.answer)):
        for urgency in get_args(Urgency):
            if urgency not in limits:
                detail = f"say within what time of the urgency {urgency}"
                raise Rejected("urgency_missing", detail, f"book/{name}/{urgency}")


def _check_prolonging(book: RuleBook) -> None:
    """More time is asked for in days."""
    limits: Mapping[str, str] = {
        "prolongs_otherwise": book.prolongs_otherwise,
        **{f"prolongs/{kind}": limit for kind, limit in book.prolongs.items()},
    }
    for place, limit in limits.items():
        if limit.lstrip("0123456789") not in IN_DAYS:
            detail = f"{limit}: name days such as 30d, or working days such as 10wd"
            raise Rejected("not_in_days", detail, f"book/{place}")


def _check_days(book: RuleBook) -> None:
    """A day is closed or worked, once."""
    seen: set[date] = set()
    for name, days in (("closed", book.closed), ("worked", book.worked)):
        for number, day in enumerate(days):
            if day in seen:
                raise Rejected("day_twice", f"{day} is there twice", f"book/{name}/{number}")
            seen.add(day)


def _check_sources(book: RuleBook) -> None:
    """Each figure says where it comes from, and nothing else does."""
    for name in SOURCED:
        if name not in book.sources:
            detail = f"say where {name} comes from, or that it is your own"
            raise Rejected("source_missing", detail, f"book/sources/{name}")
    for name in book.sources:
        if name not in SOURCED:
            detail = f"the figures are {', '.join(SOURCED)}"
            raise Rejected("no_such_figure", detail, f"book/sources/{name}")


def _day(at: datetime) -> date:
    return date.fromisoformat(day_of(at))
