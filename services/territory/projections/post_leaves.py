"""Who was away from which post, and who stood in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.post.events import LeaveEnded, LeaveTaken
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, earlier_event, own_event
from shared.core.state import replace


@dataclass(frozen=True)
class LeaveRow:
    """One leave of the holding `holding_id` of the posts."""

    leave_id: UUID
    holding_id: UUID
    role: str
    place: str
    territory: str
    holder: UUID
    delegate: UUID | None
    since: datetime
    until: datetime


def fold(row: LeaveRow | None, recorded: Recorded[Any]) -> LeaveRow | None:
    """The leave after the event."""
    event = recorded.event
    if isinstance(event, LeaveTaken):
        return LeaveRow(
            leave_id=own_event(recorded),
            holding_id=earlier_event(recorded, event.filled),
            role=event.role,
            place=event.place,
            territory=event.territory,
            holder=event.holder,
            delegate=event.delegate,
            since=event.since,
            until=event.until,
        )
    return None if row is None else replace(row, until=event.until)


def key(recorded: Recorded[Any]) -> UUID | None:
    """One row a leave."""
    match recorded.event:
        case LeaveTaken():
            return own_event(recorded)
        case LeaveEnded(taken=taken):
            return earlier_event(recorded, taken)
        case _:
            return None


post_leaves: ReadModel[LeaveRow, Any] = ReadModel(
    name="post_leaves",
    row=LeaveRow,
    fold=fold,
    key=key,
    of=LeaveTaken | LeaveEnded,
    indexes=("(holding_id, since)", "(delegate)"),
)
