"""What can have happened to the rule books. The union is the catalogue of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from services.grievance.rules.book import RuleBook
from shared.core.messages import Event


class RuleBookPublished(Event):
    """This book, whole as it is, is in force from the day on which it starts."""

    type: Literal["rule-book-published"] = "rule-book-published"
    district: str
    book: RuleBook


class RuleBookWithdrawn(Event):
    """The book of this version, which had not started, never will."""

    type: Literal["rule-book-withdrawn"] = "rule-book-withdrawn"
    version: str


RuleBookEvent = Annotated[RuleBookPublished | RuleBookWithdrawn, Field(discriminator="type")]
