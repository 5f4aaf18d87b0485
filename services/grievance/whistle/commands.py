"""What people may ask of a whistle. Personal values arrive sealed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.grievance.case.ruled import RuledCommand
from services.grievance.words import WhistleReason
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class BlowWhistle(RuledCommand):
    territory: str
    reason: WhistleReason
    what: Sealed
    where: Sealed
    units: tuple[str, ...]
    case_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CallMore(RuledCommand):
    units: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReportUnit(RuledCommand):
    """This unit is there."""

    unit: str


@dataclass(frozen=True, kw_only=True)
class GiveResult(RuledCommand):
    unit: str
    words: Sealed


@dataclass(frozen=True, kw_only=True)
class EndWhistle(RuledCommand):
    """These units came, and these of them did their part; the others did not."""

    came: tuple[str, ...]
    did: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NoteArrivals(RuledCommand):
    """Nothing but that it is so late: who should have been there by then is overdue."""


WhistleCommand = BlowWhistle | CallMore | ReportUnit | GiveResult | EndWhistle | NoteArrivals
