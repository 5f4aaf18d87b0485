"""Practices that territories adopted, and where these came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.profile.events import PracticeAdopted
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, own_event


@dataclass(frozen=True)
class PracticeRow:
    """One adoption."""

    adoption_id: UUID
    territory: str
    practice: str
    adopted_from: str
    since: datetime


def fold(_: PracticeRow | None, recorded: Recorded[Any]) -> PracticeRow:
    """The row of this event."""
    event: PracticeAdopted = recorded.event
    told = (event.territory, event.practice, event.adopted_from)
    return PracticeRow(own_event(recorded), *told, recorded.occurred_at)


practices: ReadModel[PracticeRow, Any] = ReadModel(
    name="practices",
    row=PracticeRow,
    fold=fold,
    key=own_event,
    of=PracticeAdopted,
    indexes=("(territory, since)",),
    tally=Tally(
        name="practice_spread",
        keys=("practice", "adopted_from"),
        measures=("territories",),
        count=lambda row: {(row.practice, row.adopted_from): {"territories": 1}},
    ),
)
