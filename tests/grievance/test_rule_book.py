"""Rule books: published once and whole, withdrawn only before they start."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.grievance.rule_book.commands import PublishRuleBook, WithdrawRuleBook
from services.grievance.rule_book.decider import concerns, rule_book
from services.grievance.rule_book.events import RuleBookPublished, RuleBookWithdrawn
from services.grievance.rules.book import SOURCED, RuleBook
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.rules.shelf import Shelf
from shared.core.access import Thing
from shared.core.messages import Actor
from shared.testkit.spec import Spec
from tests.grievance.books import book

given = Spec(rule_book)
KEEPER = Actor(id="keeper-1", roles=frozenset({"administrator"}), territory="d")
# It is the 2nd of May in Beijing by then.
NOW = datetime(2026, 5, 1, 16, 30, tzinfo=UTC)
MAY_2 = date(2026, 5, 2)
JUNE = date(2026, 6, 1)
ALL: dict[str, Any] = {"version": "2026.2", "starts": MAY_2}
NARROW = book("s1-2026", starts=JUNE, scope="d/s1", redo="3wd")


def publish(told: RuleBook, at: datetime = NOW) -> PublishRuleBook:
    return PublishRuleBook(at=at, actor=KEEPER, district="d", book=told)


def published(told: RuleBook, at: datetime = NOW) -> RuleBookPublished:
    return RuleBookPublished(at=at, district="d", book=told)


def withdraw(version: str, at: datetime = NOW) -> WithdrawRuleBook:
    return WithdrawRuleBook(at=at, actor=KEEPER, district="d", version=version)


def test_a_book_is_published_as_it_is_from_today_on_at_the_earliest() -> None:
    first = book(**ALL)
    given().when(publish(first)).then(published(first))
    given(published(first)).when(publish(NARROW)).then(published(NARROW))
    late = book("2026.3", starts=date(2026, 5, 1))
    given().when(publish(late)).rejected("starts_in_the_past")


def test_a_version_is_never_used_again() -> None:
    first, again = book("2026.2", starts=JUNE), book("2026.2", starts=JUNE, redo="9wd")
    told = [published(first), RuleBookWithdrawn(at=NOW, version="2026.2")]
    given(told[0]).when(publish(again)).rejected("version_taken")
    given(*told).when(publish(again)).rejected("version_taken")
    given().when(publish(book(BOOK.version, starts=JUNE))).rejected("version_taken")


def test_a_book_is_withdrawn_until_the_day_before_it_starts() -> None:
    began = published(NARROW)
    eve = datetime(2026, 5, 31, 15, 59, 59, tzinfo=UTC)
    given(began).when(withdraw("s1-2026", eve)).then(RuleBookWithdrawn(at=eve, version="s1-2026"))
    start = datetime(2026, 5, 31, 16, tzinfo=UTC)
    given(began).when(withdraw("s1-2026", start)).rejected("rule_book_has_started")
    gone = RuleBookWithdrawn(at=eve, version="s1-2026")
    given(began, gone).when(withdraw("s1-2026", eve)).rejected("is_withdrawn")
    given(began).when(withdraw("2026.9")).rejected("no_such_rule_book")
    given().when(withdraw(BOOK.version)).rejected("no_such_rule_book")


def without(name: str, *keys: str) -> dict[str, Any]:
    return {name: {k: v for k, v in getattr(BOOK, name).items() if k not in keys}}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        (without("dispatch", "urgent"), "urgency_missing", "book/dispatch/urgent"),
        (without("answer", "complex"), "urgency_missing", "book/answer/complex"),
        ({"prolongs": {"petition": "2h"}}, "not_in_days", "book/prolongs/petition"),
        ({"prolongs_otherwise": "30min"}, "not_in_days", "book/prolongs_otherwise"),
        ({"closed": (JUNE, MAY_2, JUNE)}, "day_twice", "book/closed/2"),
        ({"closed": (JUNE,), "worked": (JUNE,)}, "day_twice", "book/worked/0"),
        (without("sources", "redo"), "source_missing", "book/sources/redo"),
        ({"sources": {**BOOK.sources, "red": "x"}}, "no_such_figure", "book/sources/red"),
    ],
)
def test_every_figure_has_to_do(changes: dict[str, Any], code: str, field: str) -> None:
    refusal = given().when(publish(book(**{**ALL, **changes}))).rejected(code)
    assert refusal.field == field


def test_the_first_book_is_one_that_could_be_published() -> None:
    given().when(publish(book(**ALL))).then(published(book(**ALL)))
    assert set(SOURCED) == set(BOOK.sources)


def test_it_concerns_where_the_book_is_in_force() -> None:
    books = rule_book.fold([published(book(**ALL)), published(NARROW)])
    assert concerns(publish(NARROW), books) == Thing(("d/s1",))
    assert concerns(publish(book(**ALL)), books) == Thing(("d",))
    assert concerns(withdraw("s1-2026"), books) == Thing(("d/s1",))
    assert concerns(withdraw("2026.2"), books) == Thing(("d",))
    assert rule_book.territory(books) == "d/s1"


def test_a_withdrawn_book_is_never_in_force() -> None:
    told = [published(NARROW), published(book("s1-2027", starts=JUNE, scope="d/s1"))]
    gone = RuleBookWithdrawn(at=NOW, version="s1-2027")
    july = datetime(2026, 7, 1, tzinfo=UTC)
    above = ("d/s1/c1", "d/s1", "d")

    def version(*events: RuleBookPublished | RuleBookWithdrawn) -> str:
        standing = rule_book.fold(events).standing
        return Shelf((BOOK, *standing)).in_force(above, july).version

    assert version(*told) == "s1-2027"
    assert version(*told, gone) == "s1-2026"


def test_a_book_is_read_back_from_its_payload_as_it_was() -> None:
    days: dict[str, Any] = {"closed": (JUNE,), "worked": (MAY_2,)}
    event = published(book(**ALL, **days))
    payload = rule_book.events.encode(event)
    assert rule_book.events.decode(event.type, 1, payload, NOW) == event
