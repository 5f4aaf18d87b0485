"""What is told of each duty post, line by line: check-ins and their absence, what was found, what
was promised and served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.volunteer.duty.events import (
    CheckedIn,
    CheckInMissed,
    DutyIssueRaised,
    DutyPledgeKept,
    DutyPledgeMade,
    DutyShiftServed,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, earlier_event, own_event
from shared.core.state import replace

Told = (
    CheckedIn | CheckInMissed | DutyIssueRaised | DutyPledgeMade | DutyPledgeKept | DutyShiftServed
)  # fmt: skip


@dataclass(frozen=True)
class DutyNoteRow:
    """One line; `number` names it within the post. `words` are sealed for the holder. `minutes` are
    those of a service, `pledge` what kind of one; `kept` says that a pledge was kept."""

    note_id: UUID
    duty_id: UUID
    number: int
    position: int
    what: str
    turn: str | None
    late: bool
    words: str | None
    case_id: UUID | None
    pledge: str | None
    kept: bool
    minutes: int | None
    at: datetime


def key(recorded: Recorded[Told]) -> UUID:
    """The line that an event speaks of."""
    event = recorded.event
    if isinstance(event, DutyPledgeKept):
        return earlier_event(recorded, event.pledge)
    return own_event(recorded)


def fold(row: DutyNoteRow | None, recorded: Recorded[Told]) -> DutyNoteRow | None:
    """The line after the event."""
    event = recorded.event
    if isinstance(event, DutyPledgeKept):
        return replace(row, kept=True) if row else None
    words = getattr(event, "words", None)
    return DutyNoteRow(
        note_id=own_event(recorded),
        duty_id=recorded.stream_id,
        number=recorded.version,
        position=recorded.position,
        what=event.type,
        turn=getattr(event, "turn", None),
        late=isinstance(event, CheckedIn) and event.late,
        words=words.box if words else None,
        case_id=event.case_id if isinstance(event, DutyIssueRaised) else None,
        pledge=event.kind if isinstance(event, DutyPledgeMade) else None,
        kept=False,
        minutes=event.minutes if isinstance(event, DutyShiftServed) else None,
        at=recorded.occurred_at,
    )


duty_notes: ReadModel[DutyNoteRow, Told] = ReadModel(
    name="duty_notes",
    row=DutyNoteRow,
    fold=fold,
    key=key,
    of=Told,
    indexes=("(duty_id, position)",),
)
