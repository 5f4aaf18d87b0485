"""The clocks of each case that have not run out, and which of them is next."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from services.grievance.case.clocks import Running, after
from services.grievance.case.events import CaseEvent
from services.grievance.words import Clock
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel


@dataclass(frozen=True)
class ClocksRow:
    """One case for which something was promised. Each clock is the last moment that is in time,
    None where it does not run; `next_due` is the earliest of them."""

    case_id: UUID
    next_due: datetime | None
    dispatch: datetime | None
    answer: datetime | None
    sign: datetime | None
    contact: datetime | None
    handle: datetime | None
    extension: datetime | None
    remit: datetime | None
    redo: datetime | None
    callback: datetime | None
    review: datetime | None
    supervision: datetime | None
    exclusion: datetime | None


CLOCKS: tuple[Clock, ...] = tuple(cast("Clock", field.name) for field in fields(ClocksRow)[2:])


def running(row: ClocksRow) -> Running:
    """The clocks of a case that run."""
    told = {clock: getattr(row, clock) for clock in CLOCKS}
    return {clock: due for clock, due in told.items() if due is not None}


def fold(row: ClocksRow | None, recorded: Recorded[CaseEvent]) -> ClocksRow | None:
    """The clocks after the event; none of a case for which nothing was ever promised."""
    before: Running = running(row) if row else {}
    left = after(before, recorded.event)
    if left is before or (row is None and not left):
        return row
    due: dict[Any, datetime | None] = {clock: left.get(clock) for clock in CLOCKS}
    return ClocksRow(recorded.stream_id, min(left.values(), default=None), **due)


case_clocks: ReadModel[ClocksRow, CaseEvent] = ReadModel(
    name="case_clocks",
    row=ClocksRow,
    fold=fold,
    of=CaseEvent,
    indexes=("(next_due) where next_due is not null",),
)
