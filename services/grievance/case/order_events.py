"""What happens to an order on its way: between units, at work, on the shelf."""

from __future__ import annotations

from typing import ClassVar, Literal

from services.grievance.case.papers import Paper
from services.grievance.case.ruled import RuledEvent
from services.grievance.words import BounceReason, ProlongReason
from shared.core.sealed import Sealed


class OrderBounced(RuledEvent):
    """The unit sent the order back: it is not theirs, and this is why. Version 1 had no `files`."""

    schema_version: ClassVar[int] = 2

    type: Literal["order-bounced"] = "order-bounced"
    unit: str
    reason: BounceReason
    evidence: Sealed
    files: tuple[Paper, ...] | None = None


class RemitDecided(RuledEvent):
    """Whose the order is was settled: this unit's, which cannot send it back again. Version 1 had
    no `files`."""

    schema_version: ClassVar[int] = 2

    type: Literal["remit-decided"] = "remit-decided"
    unit: str
    grounds: Sealed
    files: tuple[Paper, ...] | None = None


class RequesterContacted(RuledEvent):
    """The unit tried to get hold of the petitioner before it went to work."""

    type: Literal["requester-contacted"] = "requester-contacted"
    reached: bool
    words: Sealed | None = None


class ProgressNoted(RuledEvent):
    """The unit told the petitioner how far it has got. Version 1 had no `files`."""

    schema_version: ClassVar[int] = 2

    type: Literal["progress-noted"] = "progress-noted"
    progress: Sealed
    files: tuple[Paper, ...] | None = None


class AssistAssigned(RuledEvent):
    """Another unit is to help the one that has the order."""

    type: Literal["assist-assigned"] = "assist-assigned"
    unit: str


class AssistGiven(RuledEvent):
    """An assisting unit said what it has done. Version 1 had no `files`."""

    schema_version: ClassVar[int] = 2

    type: Literal["assist-given"] = "assist-given"
    unit: str
    words: Sealed
    files: tuple[Paper, ...] | None = None


class ExtensionRequested(RuledEvent):
    """More time to handle the round was asked for: so many days, by this actor."""

    type: Literal["extension-requested"] = "extension-requested"
    days: int
    reason: ProlongReason
    grounds: Sealed
    by: str


class ExtensionGranted(RuledEvent):
    """More time was given: `due` has the new time of `handle`; the petitioner is told why."""

    type: Literal["extension-granted"] = "extension-granted"
    days: int
    explanation: Sealed


class ExtensionRefused(RuledEvent):
    """The time stays as it was."""

    type: Literal["extension-refused"] = "extension-refused"
    explanation: Sealed


class CaseShelved(RuledEvent):
    """It cannot be settled for now. The petitioner is told why, and on which day it is looked at
    again, such as `2026-05-01`."""

    type: Literal["case-shelved"] = "case-shelved"
    review_on: str
    explanation: Sealed


class ShelvedCaseReviewed(RuledEvent):
    """A shelved case was looked at: it is taken up again, or once more looked at on another day."""

    type: Literal["shelved-case-reviewed"] = "shelved-case-reviewed"
    resumed: bool
    review_on: str | None = None
    explanation: Sealed
