"""How a round ends, and another one begins."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from services.grievance.case.ruled import RuledEvent
from services.grievance.words import Outcome, Relation
from shared.core.sealed import Sealed


class CaseClosed(RuledEvent):
    """The round ended with an outcome."""

    schema_version: ClassVar[int] = 2

    type: Literal["case-closed"] = "case-closed"
    outcome: Outcome


class CaseReopened(RuledEvent):
    """A new round began in the same stream."""

    schema_version: ClassVar[int] = 2

    type: Literal["case-reopened"] = "case-reopened"
    reason: Sealed


class PetitionWithdrawn(RuledEvent):
    """The petitioner does not want it any more."""

    type: Literal["petition-withdrawn"] = "petition-withdrawn"
    words: Sealed | None = None


class CaseLinked(RuledEvent):
    """The case and another one are about the same matter."""

    type: Literal["case-linked"] = "case-linked"
    other: UUID
    relation: Relation


class CaseLinkedToCampaign(RuledEvent):
    """The case is dealt with in a campaign."""

    type: Literal["case-linked-to-campaign"] = "case-linked-to-campaign"
    campaign: UUID
