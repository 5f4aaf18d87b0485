"""Whistles: where and why each was blown, and whether it is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.grievance.whistle.events import WhistleBlown, WhistleEnded, WhistleEvent
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace


@dataclass(frozen=True)
class WhistleRow:
    """One whistle. `number` is its position in the log. `what` and `place` are sealed for `person`;
    who was called and who came is in `whistle_turnout`."""

    whistle_id: UUID
    number: int
    territory: str
    reason: str
    case_id: UUID | None
    person: UUID
    what: str
    place: str
    blown_by: str
    blown_at: datetime
    ended_at: datetime | None


def fold(row: WhistleRow | None, recorded: Recorded[WhistleEvent]) -> WhistleRow | None:
    """The whistle after the event."""
    event = recorded.event
    if isinstance(event, WhistleBlown):
        return WhistleRow(
            whistle_id=recorded.stream_id,
            number=recorded.position,
            territory=event.territory,
            reason=event.reason,
            case_id=event.case_id,
            person=event.what.subject,
            what=event.what.box,
            place=event.where.box,
            blown_by=event.by,
            blown_at=recorded.occurred_at,
            ended_at=None,
        )
    if row is not None and isinstance(event, WhistleEnded):
        return replace(row, ended_at=recorded.occurred_at)
    return row


whistles: ReadModel[WhistleRow, WhistleEvent] = ReadModel(
    name="whistles",
    row=WhistleRow,
    fold=fold,
    of=WhistleBlown | WhistleEnded,
    indexes=("(number)", "(number) where ended_at is null", "(person)"),
)
