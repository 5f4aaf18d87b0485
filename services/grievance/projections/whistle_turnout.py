"""The turnout: each unit at each whistle, when it was called, when it came, what it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID

from services.grievance.whistle.events import (
    TurnoutConfirmed,
    UnitCalled,
    UnitOverdue,
    UnitReported,
    UnitResultGiven,
)
from services.grievance.words import Standing
from shared.core.derived import derived
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.core.state import replace

TurnoutEvent = UnitCalled | UnitReported | UnitOverdue | UnitResultGiven | TurnoutConfirmed


@dataclass(frozen=True)
class TurnoutRow:
    """One unit at one whistle, on the day on which it was called or came. It was not called where
    `called_at` is None. `awaited` is by when it still has to come, None once it came, was
    `missed`, or need not. `came` and `did` are what whoever blew the whistle says at its end.
    `result` is sealed for the person of the whistle."""

    turnout_id: UUID
    whistle_id: UUID
    unit: str
    territory: str
    day: str
    called_at: datetime | None
    due: datetime | None
    awaited: datetime | None
    came_at: datetime | None
    missed: bool
    result: str | None
    result_at: datetime | None
    came: bool | None
    did: bool | None


def fold(row: TurnoutRow | None, recorded: Recorded[TurnoutEvent]) -> TurnoutRow | None:
    """The unit after the event."""
    event, at = recorded.event, recorded.occurred_at
    match event:
        case UnitCalled(due=due):
            return replace(row or _fresh(recorded), called_at=at, due=due, awaited=due)
        case UnitReported():
            return replace(row or _fresh(recorded), came_at=at, awaited=None)
        case UnitOverdue():
            return row and replace(row, missed=True, awaited=None)
        case UnitResultGiven(words=words):
            return row and replace(row, result=words.box, result_at=at)
        case TurnoutConfirmed(came=came, did=did):
            return row and replace(row, came=came, did=did, awaited=None)
        case _ as never:
            assert_never(never)


def _fresh(recorded: Recorded[TurnoutEvent]) -> TurnoutRow:
    nothing: dict[str, Any] = dict.fromkeys(
        ("called_at", "due", "awaited", "came_at", "result", "result_at", "came", "did")
    )
    return TurnoutRow(
        turnout_id=key(recorded),
        whistle_id=recorded.stream_id,
        unit=recorded.event.unit,
        territory=recorded.territory,
        day=day_of(recorded.occurred_at),
        missed=False,
        **nothing,
    )


def key(recorded: Recorded[TurnoutEvent]) -> UUID:
    """The row of a unit at a whistle."""
    return derived("turnout", str(recorded.stream_id), recorded.event.unit)


def standing(row: TurnoutRow) -> Standing:
    """How the unit stands. What whoever blew the whistle says goes before what the unit says."""
    there = row.came_at is not None if row.came is None else row.came
    if there:
        return "unasked" if row.called_at is None else "late" if row.missed else "in_time"
    if row.missed or row.came_at is not None:
        return "absent"
    return "awaited" if row.came is None else "excused"


def count(row: TurnoutRow) -> dict[TallyKey, dict[str, int]]:
    """What counts for the unit. Of those called, the rest are awaited or excused; whoever says that
    it came, called or not, and did not, has no more than that."""
    so, called = standing(row), row.called_at is not None
    told = {
        "called": called,
        "in_time": so == "in_time",
        "late": so == "late",
        "absent": so == "absent" and called,
        "unasked": so == "unasked",
        "results": row.result_at is not None if row.did is None else row.did,
    }
    return {(row.territory, row.unit, row.day): {name: int(is_so) for name, is_so in told.items()}}


whistle_turnout: ReadModel[TurnoutRow, TurnoutEvent] = ReadModel(
    name="whistle_turnout",
    row=TurnoutRow,
    fold=fold,
    key=key,
    of=TurnoutEvent,
    indexes=("(whistle_id)", "(unit, whistle_id)", "(awaited) where awaited is not null"),
    tally=Tally(
        name="turnout_count",
        keys=("territory", "unit", "day"),
        measures=("called", "in_time", "late", "absent", "unasked", "results"),
        count=count,
    ),
)
