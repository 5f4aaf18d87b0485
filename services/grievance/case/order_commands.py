"""What may be asked of an order on its way. Personal values arrive sealed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.grievance.case.papers import Paper
from services.grievance.case.ruled import RuledCommand
from services.grievance.words import BounceReason, ProlongReason
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class BounceOrder(RuledCommand):
    """The unit sends the order back."""

    reason: BounceReason
    evidence: Sealed
    files: tuple[Paper, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class DecideRemit(RuledCommand):
    """Settle whose the order is."""

    unit: str
    grounds: Sealed
    files: tuple[Paper, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class ContactRequester(RuledCommand):
    reached: bool
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class NoteProgress(RuledCommand):
    progress: Sealed
    files: tuple[Paper, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class AssignAssist(RuledCommand):
    unit: str


@dataclass(frozen=True, kw_only=True)
class GiveAssist(RuledCommand):
    words: Sealed
    files: tuple[Paper, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class RequestExtension(RuledCommand):
    """So many days more: working days, for a petition (信访) calendar days."""

    days: int
    reason: ProlongReason
    grounds: Sealed


@dataclass(frozen=True, kw_only=True)
class DecideExtension(RuledCommand):
    granted: bool
    explanation: Sealed


@dataclass(frozen=True, kw_only=True)
class ShelveCase(RuledCommand):
    """Look at it again on this day, such as `2026-05-01`."""

    review_on: str
    explanation: Sealed


@dataclass(frozen=True, kw_only=True)
class ReviewShelved(RuledCommand):
    """Take it up again, or look at it again on another day."""

    resumed: bool
    review_on: str | None = None
    explanation: Sealed


@dataclass(frozen=True, kw_only=True)
class JoinCampaign(RuledCommand):
    """The case is dealt with in this campaign."""

    campaign: UUID
