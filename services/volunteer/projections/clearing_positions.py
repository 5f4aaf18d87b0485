"""Time spent for help, by where the receiver is at home and where they were helped."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.volunteer.account.events import TimeRedeemed
from shared.core.envelope import Recorded
from shared.core.local_time import month_of
from shared.core.projection import ReadModel, Tally, own_event


@dataclass(frozen=True)
class ClearingRow:
    """One payment: `home` is where the account was at home by then, `served` where help was
    given, `month` that of the payment."""

    entry_id: UUID
    position: int
    home: str
    served: str
    month: str
    minutes: int


def fold(_: ClearingRow | None, recorded: Recorded[TimeRedeemed]) -> ClearingRow:
    """The payment of the event."""
    event = recorded.event
    return ClearingRow(
        entry_id=own_event(recorded),
        position=recorded.position,
        home=recorded.territory,
        served=event.served,
        month=month_of(recorded.occurred_at),
        minutes=event.minutes,
    )


clearing_positions: ReadModel[ClearingRow, TimeRedeemed] = ReadModel(
    name="clearing_positions",
    row=ClearingRow,
    fold=fold,
    key=own_event,
    of=TimeRedeemed,
    indexes=("(month)",),
    tally=Tally(
        name="clearing_cube",
        keys=("month", "home", "served"),
        measures=("payments", "minutes"),
        count=lambda row: {
            (row.month, row.home, row.served): {"payments": 1, "minutes": row.minutes}
        },
    ),
)
