"""What those who watch may ask of a case. Personal values arrive sealed."""

from __future__ import annotations

from dataclasses import dataclass

from services.grievance.case.papers import Paper
from services.grievance.case.ruled import RuledCommand
from services.grievance.words import ExclusionReason
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class VerifySite(RuledCommand):
    confirmed: bool
    found: Sealed
    files: tuple[Paper, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class OrderRedo(RuledCommand):
    words: Sealed


@dataclass(frozen=True, kw_only=True)
class RaiseLevel(RuledCommand):
    pass


@dataclass(frozen=True, kw_only=True)
class OpenSupervision(RuledCommand):
    words: Sealed


@dataclass(frozen=True, kw_only=True)
class EndSupervision(RuledCommand):
    words: Sealed


@dataclass(frozen=True, kw_only=True)
class RequestExclusion(RuledCommand):
    reason: ExclusionReason
    grounds: Sealed


@dataclass(frozen=True, kw_only=True)
class DecideExclusion(RuledCommand):
    granted: bool
    words: Sealed


@dataclass(frozen=True, kw_only=True)
class VerifyClue(RuledCommand):
    holds: bool
    words: Sealed


@dataclass(frozen=True, kw_only=True)
class NoteTime(RuledCommand):
    """Nothing but that it is so late: what should have been done by then is missed."""
