"""Publishing and withdrawing rule books: from a form to the log."""

from __future__ import annotations

from datetime import UTC, datetime

from services.grievance.access import ACCESS
from services.grievance.rule_book.commands import (
    PublishRuleBook,
    RuleBookCommand,
    WithdrawRuleBook,
)
from services.grievance.rule_book.decider import rule_book
from services.grievance.rule_book.stream import RULE_BOOKS
from services.grievance.rules.book import RuleBook
from services.grievance.service import Grievance
from shared.core.access import Reach, action_of
from shared.core.messages import Rejected
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer


async def publish(service: Grievance, book: RuleBook, asking: Asking) -> Answer:
    """Publish a book. Raises Rejected."""
    return await asking.first_or(_published(service, book, asking), service.executor)


async def withdraw(service: Grievance, version: str, asking: Asking) -> Answer:
    """Withdraw a book. Raises Problem (404) for a version that nobody published, Rejected."""
    return await asking.first_or(_withdrawn(service, version, asking), service.executor)


async def _published(service: Grievance, book: RuleBook, asking: Asking) -> Answer:
    district = await _district(service)
    if book.scope:
        await service.map.known(book.scope, field="book/scope")
    if book.scope == district:
        book = book.model_copy(update={"scope": ""})
    now = datetime.now(UTC)
    asked = PublishRuleBook(at=now, actor=asking.actor, district=district, book=book)
    return await _taken(service, asked, asking)


async def _withdrawn(service: Grievance, version: str, asking: Asking) -> Answer:
    district = await _district(service)
    # Who may withdraw none is told of none.
    ACCESS.reach(asking.actor, action_of(WithdrawRuleBook), Reach(), service.map.within)
    await service.rules.fresh()
    if service.rules.books.of(version) is None:
        raise Problem(404, "no_such_rule_book", f"no rule book {version} was published here")
    now = datetime.now(UTC)
    asked = WithdrawRuleBook(at=now, actor=asking.actor, district=district, version=version)
    return await _taken(service, asked, asking)


async def _district(service: Grievance) -> str:
    district = (await service.map.fresh()).district
    if not district:
        raise Rejected("no_district", "there is no district on the map yet")
    return district


async def _taken(service: Grievance, command: RuleBookCommand, asking: Asking) -> Answer:
    return await service.executor.execute(
        single(Target(rule_book, RULE_BOOKS), command, asking.identity)
    )
