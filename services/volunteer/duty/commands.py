"""What people, and time, may ask of a duty post. `asked_on` is the day of asking."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.volunteer.duty.events import Shift
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.words import Cadence, DutyEnd, DutyRole, PledgeKind, Track
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class AssignDuty(Command):
    """Let this person look after this territory from day `since` on."""

    holder: UUID
    role: DutyRole
    territory: str
    cadence: Cadence
    since: str
    asked_on: str
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AddShifts(Command):
    """Give them further shifts."""

    shifts: tuple[Shift, ...]
    asked_on: str


@dataclass(frozen=True, kw_only=True)
class CheckIn(Command):
    """Say that they were there on this day."""

    day: str
    asked_on: str
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class NoteNoCheckIn(Command):
    """Time alone says that nothing was heard of this turn."""

    turn: str
    asked_on: str


@dataclass(frozen=True, kw_only=True)
class RaiseDutyIssue(Command):
    """Say what they found."""

    words: Sealed
    case_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ScoreTrack(Command):
    """Judge one of the two tracks of a period."""

    track: Track
    period: str
    score: int


@dataclass(frozen=True, kw_only=True)
class PublishAssessment(Command):
    """Tell both scores of a period."""

    period: str


@dataclass(frozen=True, kw_only=True)
class MakePledge(Command):
    """Promise to go ahead."""

    kind: PledgeKind
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class KeepPledge(Command):
    """Say that it was done."""

    pledge: int


@dataclass(frozen=True, kw_only=True)
class ServeShift(Command):
    """Say for how long they served on this day; `rules` are those in force there."""

    day: str
    minutes: int
    asked_on: str
    rules: VolunteerRules


@dataclass(frozen=True, kw_only=True)
class EndDuty(Command):
    """Let nothing of it be due from today on."""

    reason: DutyEnd
    asked_on: str


DutyCommand = (
    AssignDuty
    | AddShifts
    | CheckIn
    | NoteNoCheckIn
    | RaiseDutyIssue
    | ScoreTrack
    | PublishAssessment
    | MakePledge
    | KeepPledge
    | ServeShift
    | EndDuty
)
