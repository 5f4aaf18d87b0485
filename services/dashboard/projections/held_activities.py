"""Held activities: each that took place, how many came, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.contracts.volunteer import ActivityHeld
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally

MEASURES = ("activities", "came", "served", "rubbish_kg")


@dataclass(frozen=True)
class HeldActivityRow:
    """One activity: `came` are those who took part, `served` those it was for."""

    activity_id: UUID
    territory: str
    day: str
    kind: str
    came: int
    served: int
    rubbish_kg: int


def fold(_: HeldActivityRow | None, recorded: Recorded[ActivityHeld]) -> HeldActivityRow:
    """The activity as it was held."""
    event = recorded.event
    return HeldActivityRow(
        activity_id=recorded.stream_id,
        territory=event.territory,
        day=event.day,
        kind=event.kind,
        came=event.came,
        served=event.served,
        rubbish_kg=event.rubbish_kg,
    )


held_activities: ReadModel[HeldActivityRow, ActivityHeld] = ReadModel(
    name="held_activities",
    row=HeldActivityRow,
    fold=fold,
    of=ActivityHeld,
    indexes=("(day, activity_id)",),
    tally=Tally(
        name="held_months",
        keys=("month", "territory"),
        measures=MEASURES,
        count=lambda row: {
            (row.day[:7], row.territory): {
                "activities": 1,
                "came": row.came,
                "served": row.served,
                "rubbish_kg": row.rubbish_kg,
            }
        },
    ),
)
