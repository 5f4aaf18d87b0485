"""What clients get of rules, and of who reaches which star by them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.volunteer.rules.book import VolunteerRules
from shared.runtime.projections.watermarks import Watermark


class RulesView(BaseModel):
    """One version of the rules. `published_at` is null for those that everybody begins with; `past`
    are those that others of the same scope have followed."""

    rules: VolunteerRules
    state: Literal["in_force", "to_come", "past", "withdrawn"]
    published_at: datetime | None
    published_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None


class RulesList(BaseModel):
    """All rules, the last published first. `in_force` is the version by which hours and stars of
    `territory` are judged now."""

    items: list[RulesView]
    territory: str
    in_force: str


class StarCount(BaseModel):
    """So many `people` hold the star `awarded` and reach `becomes`; `was` by the rules before."""

    awarded: int
    was: int
    becomes: int
    people: int


class Reaching(BaseModel):
    """A person, their minutes that count, and the star that these reach."""

    person: UUID
    territory: str
    minutes: int
    awarded: int
    in_doubt: bool
    was: int
    becomes: int


class Eligibility(BaseModel):
    """Under the rules `version`: how many reach which star, and, page by page, who reaches a higher
    one than they hold. An award is changed by none of it."""

    version: str
    counts: list[StarCount]
    items: list[Reaching]
    next: UUID | None
    watermark: Watermark


class Preview(BaseModel):
    """What rules that are not in force would change against those that are, `before`: how many
    people, and, page by page, who."""

    before: str
    counts: list[StarCount]
    changed: int
    items: list[Reaching]
    next: UUID | None
    watermark: Watermark
