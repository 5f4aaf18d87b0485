"""The backlog: with which unit each case lies, since when, and what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID

from services.grievance.case.events import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseCorrected,
    CaseDeclined,
    CaseDispatched,
    CaseEvent,
    CaseNote,
    CaseReopened,
    CaseShelved,
    OrderBounced,
    OrderSigned,
    PetitionRaised,
    RedoOrdered,
    ReplySubmitted,
    ShelvedCaseReviewed,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.core.state import replace

OPEN = frozenset(
    {"filed", "accepted", "reopened", "dispatched", "bounced", "signed", "redo", "shelved"}
)
AT_WORK = frozenset({"signed", "redo"})
ANSWERED = frozenset({"replied", "callback"})


@dataclass(frozen=True)
class BacklogRow:
    """One case. `unit` is None while no unit has it: before it is dispatched, unless the source
    named one, and again once it was sent back, is taken from the shelf or reopened. `since` is
    when event `since_version` brought it there; `is_open` says that somebody owes it a step
    towards a reply."""

    case_id: UUID
    unit: str | None
    territory: str
    status: str
    is_open: bool
    raised_at: datetime
    since: datetime
    since_version: int


def fold(row: BacklogRow | None, recorded: Recorded[CaseEvent]) -> BacklogRow | None:
    """The case after the event."""
    event, at = recorded.event, recorded.occurred_at
    if isinstance(event, PetitionRaised):
        return BacklogRow(
            case_id=recorded.stream_id,
            unit=event.unit,
            territory=event.territory,
            status="filed",
            is_open=True,
            raised_at=at,
            since=at,
            since_version=recorded.version,
        )
    if row is None or isinstance(event, CaseNote):
        return row
    moved = _moved(row, recorded)
    is_open = moved.status in OPEN
    return moved if moved.is_open == is_open else replace(moved, is_open=is_open)


def _moved(row: BacklogRow, recorded: Recorded[Any]) -> BacklogRow:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    at, version = recorded.occurred_at, recorded.version
    match recorded.event:
        case CaseAccepted():
            return replace(row, status="accepted")
        case CaseDeclined():
            return replace(row, status="not_accepted")
        case CaseDispatched(unit=unit):
            return replace(row, status="dispatched", unit=unit, since=at, since_version=version)
        case OrderBounced():
            return replace(row, status="bounced", unit=None, since=at, since_version=version)
        case OrderSigned():
            return replace(row, status="signed")
        case ReplySubmitted():
            return replace(row, status="replied")
        case CallbackRecorded():
            return replace(row, status="callback")
        case RedoOrdered():
            return replace(row, status="redo", since=at, since_version=version)
        case CaseShelved():
            return replace(row, status="shelved", since=at, since_version=version)
        case ShelvedCaseReviewed(resumed=False):
            return row
        case ShelvedCaseReviewed():
            return replace(row, status="accepted", unit=None, since=at, since_version=version)
        case CaseClosed():
            return replace(row, status="closed")
        case CaseReopened():
            return replace(row, status="reopened", unit=None, since=at, since_version=version)
        case CaseCorrected() as event:
            return _corrected(row, event)
        case _ as never:
            assert_never(never)


def _corrected(row: BacklogRow, event: CaseCorrected) -> BacklogRow:
    changes = event.changes
    moment = changes.get("occurred_at")
    at = datetime.fromisoformat(str(moment)) if moment else None
    if event.corrects == 1:
        territory = str(changes.get("territory", row.territory))
        row = replace(row, territory=territory, raised_at=at or row.raised_at)
    if event.corrects != row.since_version:
        return row
    unit = str(changes["unit"]) if "unit" in changes else row.unit
    return replace(row, unit=unit, since=at or row.since)


def count(row: BacklogRow) -> dict[TallyKey, dict[str, int]]:
    """What a case adds to its unit's sums; cases of no unit are under ''."""
    states = {
        "open": row.is_open,
        "dispatched": row.status == "dispatched",
        "signed": row.status in AT_WORK,
        "replied": row.status in ANSWERED,
        "closed": row.status == "closed",
    }
    return {(row.unit or "", row.territory): {name: int(is_so) for name, is_so in states.items()}}


unit_backlog: ReadModel[BacklogRow, CaseEvent] = ReadModel(
    name="unit_backlog",
    row=BacklogRow,
    fold=fold,
    of=CaseEvent,
    indexes=("(unit, since) where is_open", "(territory text_pattern_ops) where is_open"),
    tally=Tally(
        name="backlog_count",
        keys=("unit", "territory"),
        measures=("open", "dispatched", "signed", "replied", "closed"),
        count=count,
    ),
)
