"""What can have happened to the rules. The union is the catalogue of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from services.points.rules.book import PointsRules
from shared.core.messages import Event


class PointsRulesPublished(Event):
    """These rules, whole as they are, are in force from the day on which they start."""

    type: Literal["points-rules-published"] = "points-rules-published"
    district: str
    rules: PointsRules


class PointsRulesWithdrawn(Event):
    """The rules of this version, which had not started, never will."""

    type: Literal["points-rules-withdrawn"] = "points-rules-withdrawn"
    version: str


PointsRulesEvent = Annotated[
    PointsRulesPublished | PointsRulesWithdrawn, Field(discriminator="type")
]
