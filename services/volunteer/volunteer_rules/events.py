"""What can have happened to the rules. The union is the catalogue of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from services.volunteer.rules.book import VolunteerRules
from shared.core.messages import Event


class VolunteerRulesPublished(Event):
    """These rules, whole as they are, are in force from the day on which they start."""

    type: Literal["volunteer-rules-published"] = "volunteer-rules-published"
    district: str
    rules: VolunteerRules


class VolunteerRulesWithdrawn(Event):
    """The rules of this version, which had not started, never will."""

    type: Literal["volunteer-rules-withdrawn"] = "volunteer-rules-withdrawn"
    version: str


VolunteerRulesEvent = Annotated[
    VolunteerRulesPublished | VolunteerRulesWithdrawn, Field(discriminator="type")
]
