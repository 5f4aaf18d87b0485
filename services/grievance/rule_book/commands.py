"""What people may ask of the rule books. `district` is whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from services.grievance.rules.book import RuleBook
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class PublishRuleBook(Command):
    """Let this book be in force from the day on which it starts."""

    district: str
    book: RuleBook


@dataclass(frozen=True, kw_only=True)
class WithdrawRuleBook(Command):
    """Let the book of this version never start."""

    district: str
    version: str


RuleBookCommand = PublishRuleBook | WithdrawRuleBook
