"""Trainings that were held, and how many came, by territory, kind and month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.territory.profile.events import TrainingHeld
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, own_event


@dataclass(frozen=True)
class TrainingRow:
    """One training, on a day such as `2026-05-01`."""

    training_id: UUID
    territory: str
    kind: str
    day: str
    attendees: int


def fold(_: TrainingRow | None, recorded: Recorded[Any]) -> TrainingRow:
    """The row of this event."""
    event: TrainingHeld = recorded.event
    told = (event.territory, event.kind, event.day, event.attendees)
    return TrainingRow(own_event(recorded), *told)


trainings: ReadModel[TrainingRow, Any] = ReadModel(
    name="trainings",
    row=TrainingRow,
    fold=fold,
    key=own_event,
    of=TrainingHeld,
    indexes=("(territory, day)",),
    tally=Tally(
        name="training_count",
        keys=("territory", "kind", "month"),
        measures=("trainings", "attendees"),
        count=lambda row: {
            (row.territory, row.kind, row.day[:7]): {"trainings": 1, "attendees": row.attendees}
        },
    ),
)
