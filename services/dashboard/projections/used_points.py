"""Used points: what was spent and what ended; what the shops handed over, which honours came."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.contracts.points import (
    HonourGranted,
    HonourWithdrawn,
    PointsExpired,
    PointsRedeemed,
    RedemptionFulfilled,
)
from shared.core.envelope import Recorded
from shared.core.local_time import month_of
from shared.core.projection import ReadModel, Tally, own_event

Told = PointsRedeemed | PointsExpired | RedemptionFulfilled | HonourGranted | HonourWithdrawn
MEASURES = ("redeemed", "expired", "handed_over", "granted", "withdrawn")


@dataclass(frozen=True)
class UsedPointsRow:
    """One event: points `redeemed` or `expired`, or one redemption `handed_over`, one honour
    `granted` or `withdrawn`; `measure` says which. Points count where their people are at home,
    what ended in the month of its last day."""

    event_id: UUID
    territory: str
    month: str
    measure: str
    amount: int


def fold(_: UsedPointsRow | None, recorded: Recorded[Told]) -> UsedPointsRow:
    """What the event adds."""
    event, territory = recorded.event, recorded.territory
    month, amount = month_of(recorded.occurred_at), 1
    match event:
        case PointsRedeemed(points=points):
            measure, amount = "redeemed", points
        case PointsExpired(points=points, day=day):
            measure, amount, month = "expired", points, day[:7]
        case RedemptionFulfilled():
            measure, territory = "handed_over", event.territory
        case HonourGranted():
            measure, territory = "granted", event.territory
        case HonourWithdrawn():
            measure, territory = "withdrawn", event.territory
    return UsedPointsRow(own_event(recorded), territory, month, measure, amount)


used_points: ReadModel[UsedPointsRow, Told] = ReadModel(
    name="used_points",
    row=UsedPointsRow,
    fold=fold,
    key=own_event,
    of=Told,
    tally=Tally(
        name="used_months",
        keys=("month", "territory"),
        measures=MEASURES,
        count=lambda row: {(row.month, row.territory): {row.measure: row.amount}},
    ),
)
