"""The read model of the purses: what each holds, and what each territory holds together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally
from tests.shared.toy.events import (
    MoneyPut,
    MoneyTaken,
    PurseClosed,
    PurseCorrected,
    PurseEvent,
    PurseMoved,
    PurseOpened,
)


@dataclass(frozen=True)
class PurseRow:
    """One open purse."""

    purse_id: UUID
    owner: str
    territory: str
    fen: int
    version: int
    touched_at: datetime
    emptied: bool | None


def fold(row: PurseRow | None, recorded: Recorded[PurseEvent]) -> PurseRow | None:
    """The purse after the event; none once it is closed."""
    event, at, version = recorded.event, recorded.occurred_at, recorded.version
    if isinstance(event, PurseOpened):
        return PurseRow(recorded.stream_id, event.owner, event.territory, 0, version, at, None)
    if row is None or isinstance(event, PurseClosed):
        return None
    row = replace(row, version=version, touched_at=at)
    match event:
        case MoneyPut(fen=fen):
            return replace(row, fen=row.fen + fen, emptied=False)
        case MoneyTaken(fen=fen):
            return replace(row, fen=row.fen - fen, emptied=row.fen == fen)
        case PurseMoved(territory=territory):
            return replace(row, territory=territory)
        case PurseCorrected():
            return row
        case _:
            assert_never(event)


purses: ReadModel[PurseRow, PurseEvent] = ReadModel(
    name="purses",
    row=PurseRow,
    fold=fold,
    indexes=("(territory)",),
    tally=Tally(
        name="purse_count",
        keys=("territory",),
        measures=("purses", "fen"),
        count=lambda row: {(row.territory,): {"purses": 1, "fen": row.fen}},
    ),
)
