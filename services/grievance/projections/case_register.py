"""The register: every case with where it stands now."""

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
    CaseStep,
    OrderBounced,
    OrderSigned,
    PetitionRaised,
    RedoOrdered,
    ReplySubmitted,
    ShelvedCaseReviewed,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally
from shared.core.state import replace


@dataclass(frozen=True)
class CaseRow:
    """A line of the register. `number` is the position of the petition in the log; `subject` is
    sealed; times are UTC."""

    case_id: UUID
    number: int
    version: int
    status: str
    territory: str
    area: str
    channel: str
    case_type: str
    urgency: str
    category: str | None
    source: str | None
    ref: str | None
    unit: str | None
    outcome: str | None
    rounds: int
    petitioner: UUID
    raised_by: str
    subject: str
    raised_at: datetime
    updated_at: datetime
    support: int | None
    oppose: int | None
    unit_version: int
    closed_version: int


def fold(row: CaseRow | None, recorded: Recorded[CaseEvent]) -> CaseRow | None:
    """The line after the event."""
    event = recorded.event
    if isinstance(event, PetitionRaised):
        return _raised(recorded, event)
    if row is None:
        return row
    changes = {} if isinstance(event, CaseNote) else _changes(row, event, recorded.version)
    version = max(row.version, recorded.version)  # as of a moment they come in another order
    return replace(row, version=version, updated_at=recorded.recorded_at, **changes)


def _raised(recorded: Recorded[CaseEvent], event: PetitionRaised) -> CaseRow:
    return CaseRow(
        case_id=recorded.stream_id,
        number=recorded.position,
        version=recorded.version,
        status="filed",
        territory=event.territory,
        area=event.area,
        channel=event.channel,
        case_type=event.case_type,
        urgency=event.urgency,
        category=event.category,
        source=event.source,
        ref=event.ref,
        unit=event.unit,
        outcome=None,
        rounds=1,
        petitioner=event.petitioner,
        raised_by=recorded.actor,
        subject=event.subject.box,
        raised_at=recorded.occurred_at,
        updated_at=recorded.recorded_at,
        support=event.support,
        oppose=event.oppose,
        unit_version=0,
        closed_version=0,
    )


def _changes(row: CaseRow, event: CaseStep, version: int) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    match event:
        case CaseAccepted():
            return {"status": "accepted"}
        case CaseDeclined():
            return {"status": "not_accepted"}
        case CaseDispatched(unit=unit):
            return {"status": "dispatched", "unit": unit, "unit_version": version}
        case OrderBounced():
            return {"status": "bounced"}
        case OrderSigned():
            return {"status": "signed"}
        case ReplySubmitted():
            return {"status": "replied"}
        case RedoOrdered():
            return {"status": "redo"}
        case CaseShelved():
            return {"status": "shelved"}
        case ShelvedCaseReviewed(resumed=resumed):
            return {"status": "accepted"} if resumed else {}
        case CallbackRecorded():
            return {"status": "callback"}
        case CaseClosed(outcome=outcome):
            return {"status": "closed", "outcome": outcome, "closed_version": version}
        case CaseReopened():
            return {"status": "reopened", "outcome": None, "rounds": row.rounds + 1}
        case CaseCorrected():
            return _corrected(row, event)
        case _ as never:
            assert_never(never)


def _corrected(row: CaseRow, event: CaseCorrected) -> dict[str, Any]:
    changes: dict[str, Any] = dict(event.changes)
    if event.corrects == 1:
        if "occurred_at" in changes:
            changes["raised_at"] = datetime.fromisoformat(changes.pop("occurred_at"))
        return changes
    if event.corrects == row.unit_version and "unit" in changes:
        return {"unit": str(changes["unit"])}
    closed = row.status == "closed" and event.corrects == row.closed_version
    return {"outcome": str(changes["outcome"])} if closed and "outcome" in changes else {}


case_register: ReadModel[CaseRow, CaseEvent] = ReadModel(
    name="case_register",
    row=CaseRow,
    fold=fold,
    of=CaseEvent,
    indexes=(
        "(raised_at desc, case_id desc)",
        "(status, raised_at desc, case_id desc)",
        "(unit, raised_at desc, case_id desc)",
        "(raised_by, raised_at desc, case_id desc)",
        "(territory, raised_at desc, case_id desc)",
        "(ref)",
        "(number)",
        "(petitioner)",
        "(case_type, channel, raised_at desc, case_id desc)",
    ),
    tally=Tally(
        name="case_count",
        keys=("territory", "status"),
        measures=("cases",),
        count=lambda row: {(row.territory, row.status): {"cases": 1}},
    ),
)
