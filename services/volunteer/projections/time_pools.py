"""Pools: what each territory's pool of time was given, and what was drawn from it, in minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.volunteer.pool.events import PoolCredited, PoolDrawn
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace

Told = PoolCredited | PoolDrawn


@dataclass(frozen=True)
class TimePoolRow:
    """One pool: `gifts` are how often something was given, `helps` how often it paid."""

    pool_id: UUID
    territory: str
    balance: int
    credited: int
    drawn: int
    gifts: int
    helps: int
    changed_at: datetime


def fold(row: TimePoolRow | None, recorded: Recorded[Told]) -> TimePoolRow | None:
    """The pool after the event."""
    event, at = recorded.event, recorded.occurred_at
    if row is None:
        row = TimePoolRow(recorded.stream_id, event.territory, 0, 0, 0, 0, 0, at)
    if isinstance(event, PoolCredited):
        return replace(
            row,
            balance=row.balance + event.minutes,
            credited=row.credited + event.minutes,
            gifts=row.gifts + 1,
            changed_at=at,
        )
    return replace(
        row,
        balance=row.balance - event.minutes,
        drawn=row.drawn + event.minutes,
        helps=row.helps + 1,
        changed_at=at,
    )


time_pools: ReadModel[TimePoolRow, Told] = ReadModel(
    name="time_pools",
    row=TimePoolRow,
    fold=fold,
    of=Told,
    indexes=("(territory)",),
)
