"""What clients get of rules, and of what others would have cost."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.points.rules.book import PointsRules
from shared.runtime.projections.watermarks import Watermark


class RulesView(BaseModel):
    """One version of the rules. `published_at` is null for those that everybody begins with; `past`
    are those that others of the same scope have followed."""

    rules: PointsRules
    state: Literal["in_force", "to_come", "past", "withdrawn"]
    published_at: datetime | None
    published_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None


class RulesList(BaseModel):
    """All rules, the last published first. `in_force` is the version by which points of `territory`
    are given now."""

    items: list[RulesView]
    territory: str
    in_force: str


class OfReason(BaseModel):
    """So many deeds of a reason brought `was` points, and would have brought `becomes`; nothing
    where these rules do not know it: `known` says whether they do."""

    reason: str
    known: bool
    deeds: int
    was: int
    becomes: int


class OfPlace(BaseModel):
    """So many accounts at home in this place were given `was` points, and would have been given
    `becomes`."""

    territory: str
    accounts: int
    was: int
    becomes: int


class Changed(BaseModel):
    """An account, what it was given, and what it would have been."""

    account: UUID
    territory: str
    was: int
    becomes: int


class Side(BaseModel):
    """The accounts that would have been given more, or less: how many, how many points in all, and
    the ten greatest changes."""

    accounts: int
    points: int
    items: list[Changed]


class Preview(BaseModel):
    """What these rules would have given for the `deeds` of these months that stand, against what
    was given: in points, and in fen, of which the rules `before` say what a point was worth, and
    these what it would be. Accounts where narrower rules are in force are no part of it."""

    before: str
    first: str
    last: str
    deeds: int
    accounts: int
    was: int
    becomes: int
    was_fen: int
    becomes_fen: int
    same: int
    more: Side
    less: Side
    by_reason: list[OfReason]
    by_place: list[OfPlace]
    watermark: Watermark
