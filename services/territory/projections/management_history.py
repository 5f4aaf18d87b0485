"""How each territory was managed: one row for each time that changed.

A row holds until the next of its territory begins; the query says when that was, so a late entry
goes in between by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.profile.events import (
    HandoverAccepted,
    ManagementModeSet,
    ManagementTakenOver,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, own_event

Managed = ManagementModeSet | HandoverAccepted | ManagementTakenOver


@dataclass(frozen=True)
class ManagementRow:
    """Managed so, by that unit where one is named, from `since` on; `how` it came to that: `set`,
    `handed_over` or `taken_over`."""

    spell_id: UUID
    territory: str
    mode: str
    unit: str | None
    how: str
    since: datetime


def fold(_: ManagementRow | None, recorded: Recorded[Any]) -> ManagementRow:
    """The row of this event."""
    event: Managed = recorded.event
    told = (event.territory, event.mode, event.unit, HOW[type(event)])
    return ManagementRow(own_event(recorded), *told, recorded.occurred_at)


HOW: dict[type[Managed], str] = {
    ManagementModeSet: "set",
    HandoverAccepted: "handed_over",
    ManagementTakenOver: "taken_over",
}

management_history: ReadModel[ManagementRow, Any] = ReadModel(
    name="management_history",
    row=ManagementRow,
    fold=fold,
    key=own_event,
    of=Managed,
    indexes=("(territory, since)",),
)
