"""Case days: every case of the case service, with the day it was filed and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from shared.contracts.erasure import SubjectErased
from shared.contracts.grievance import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseCorrected,
    CaseDeclined,
    CaseDispatched,
    CaseReopened,
    GrievanceContract,
    OrderSigned,
    PetitionRaised,
    ReplySubmitted,
)
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.projection import ReadModel, Tally
from shared.core.state import replace

# What moves a case on from where it stood.
Step = (
    CaseAccepted
    | CaseDeclined
    | CaseDispatched
    | OrderSigned
    | ReplySubmitted
    | CallbackRecorded
    | CaseClosed
    | CaseReopened
)


@dataclass(frozen=True)
class CaseDayRow:
    """One case. `day` is that of its filing in Beijing time, such as `2026-05-01`."""

    case_id: UUID
    territory: str
    channel: str
    status: str
    day: str
    raised_at: datetime


def fold(row: CaseDayRow | None, recorded: Recorded[GrievanceContract]) -> CaseDayRow | None:
    """The case after the event."""
    event = recorded.event
    if isinstance(event, PetitionRaised):
        return CaseDayRow(
            case_id=recorded.stream_id,
            territory=event.territory,
            channel=event.channel,
            status="filed",
            day=day_of(recorded.occurred_at),
            raised_at=recorded.occurred_at,
        )
    if row is None or isinstance(event, SubjectErased):
        return row
    if isinstance(event, CaseCorrected):
        return _corrected(row, event)
    return replace(row, status=_status(event))


def _status(event: Step) -> str:  # noqa: C901, PLR0911 - one arm an event
    match event:
        case CaseAccepted():
            return "accepted"
        case CaseDeclined():
            return "not_accepted"
        case CaseDispatched():
            return "dispatched"
        case OrderSigned():
            return "signed"
        case ReplySubmitted():
            return "replied"
        case CallbackRecorded():
            return "callback"
        case CaseClosed():
            return "closed"
        case CaseReopened():
            return "reopened"
        case _ as never:
            assert_never(never)


def _corrected(row: CaseDayRow, event: CaseCorrected) -> CaseDayRow:
    """Of what can be corrected, only the first event of a case is told here."""
    if event.corrects != 1:
        return row
    changes = event.changes
    moment = changes.get("occurred_at")
    raised_at = datetime.fromisoformat(str(moment)) if moment else row.raised_at
    return replace(
        row,
        territory=str(changes.get("territory", row.territory)),
        channel=str(changes.get("channel", row.channel)),
        day=day_of(raised_at),
        raised_at=raised_at,
    )


case_days: ReadModel[CaseDayRow, GrievanceContract] = ReadModel(
    name="case_days",
    row=CaseDayRow,
    fold=fold,
    key=lambda recorded: None if isinstance(recorded.event, SubjectErased) else recorded.stream_id,
    tally=Tally(
        name="case_day_count",
        keys=("territory", "status", "day"),
        measures=("cases",),
        count=lambda row: {(row.territory, row.status, row.day): {"cases": 1}},
    ),
)
