"""Estates that state enterprises hand over: started when, accepted when, to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.profile.events import HandoverAccepted, HandoverStarted
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, earlier_event, own_event
from shared.core.state import replace


@dataclass(frozen=True)
class HandoverRow:
    """One handover; `accepted_at` is None while it is under way."""

    handover_id: UUID
    territory: str
    mode: str
    unit: str | None
    started_at: datetime
    accepted_at: datetime | None


def fold(row: HandoverRow | None, recorded: Recorded[Any]) -> HandoverRow | None:
    """The handover after the event."""
    event, at = recorded.event, recorded.occurred_at
    if isinstance(event, HandoverStarted):
        told = (event.territory, event.mode, event.unit)
        return HandoverRow(own_event(recorded), *told, at, None)
    return None if row is None else replace(row, accepted_at=at)


def key(recorded: Recorded[Any]) -> UUID | None:
    """One row a handover."""
    match recorded.event:
        case HandoverStarted():
            return own_event(recorded)
        case HandoverAccepted(started=started):
            return earlier_event(recorded, started)
        case _:
            return None


handovers: ReadModel[HandoverRow, Any] = ReadModel(
    name="handovers",
    row=HandoverRow,
    fold=fold,
    key=key,
    of=HandoverStarted | HandoverAccepted,
    indexes=("(territory, started_at)",),
)
