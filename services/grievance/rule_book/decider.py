"""The life of the rule books: published, and withdrawn before they start."""

from __future__ import annotations

from typing import assert_never

from services.grievance.rule_book import rules
from services.grievance.rule_book.commands import (
    PublishRuleBook,
    RuleBookCommand,
    WithdrawRuleBook,
)
from services.grievance.rule_book.events import (
    RuleBookEvent,
    RuleBookPublished,
    RuleBookWithdrawn,
)
from services.grievance.rule_book.state import Books
from services.grievance.rule_book.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.state import replace


def decide(command: RuleBookCommand, books: Books) -> list[RuleBookEvent]:
    """The events a command leads to. Raises Rejected."""
    match command:
        case PublishRuleBook(district=district, book=book, at=at):
            rules.publishable(books, book, at)
            return [RuleBookPublished(at=at, district=district, book=book)]
        case WithdrawRuleBook(version=version, at=at):
            rules.withdrawable(books, version, at)
            return [RuleBookWithdrawn(at=at, version=version)]
        case _:
            assert_never(command)


def evolve(books: Books, event: RuleBookEvent) -> Books:
    """The books after the event."""
    match event:
        case RuleBookPublished(district=district, book=book):
            published = (*books.published, book)
            touched = book.scope or district
            return replace(books, published=published, district=district, touched=touched)
        case RuleBookWithdrawn(version=version):
            touched = _scope(books, version) or books.district
            return replace(books, withdrawn=books.withdrawn | {version}, touched=touched)
        case _:
            assert_never(event)


def concerns(command: RuleBookCommand, books: Books) -> Thing:
    """Where the book is in force, or would be: its scope, or else the whole district."""
    if isinstance(command, PublishRuleBook):
        return Thing((command.book.scope or command.district,))
    return Thing((_scope(books, command.version) or command.district,))


def _scope(books: Books, version: str) -> str:
    book = books.of(version)
    return book.scope if book else ""


rule_book: Decider[RuleBookCommand, Books, RuleBookEvent] = Decider(
    category="rule_book",
    initial=Books(),
    decide=decide,
    evolve=evolve,
    territory=lambda books: books.touched,
    events=Catalogue.of(RuleBookEvent, UPCASTERS),
    concerns=concerns,
)
