"""The round that each case is in: where it stands, and by which day it should be over."""

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
    ExtensionGranted,
    OrderBounced,
    OrderSigned,
    PetitionRaised,
    RedoOrdered,
    ReplySubmitted,
    ShelvedCaseReviewed,
)
from services.grievance.words import OVER
from shared.contracts.limits import due_day
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.core.state import replace

CALLED = {False: "callback", True: "reached"}

ASKED_BY = "stage, territory, unit, case_type, channel, raised_by"


@dataclass(frozen=True)
class RoundRow:
    """One case in its present or last round, which event `begun_version` began at `begun_at`.

    `stage` is its status, or `reached` once its callback, event `callback_version`, got an answer.
    `due` is the last day on which it is in time, such as `2026-05-16`: as its events promise
    (`promised`), else by `limits.VERSION`. `unit` is the last one that had it, since event
    `unit_version`.
    """

    case_id: UUID
    stage: str
    is_open: bool
    territory: str
    case_type: str
    channel: str
    unit: str | None
    raised_by: str
    raised_at: datetime
    begun_at: datetime
    due: str
    begun_version: int
    unit_version: int
    callback_version: int
    promised: bool


def fold(row: RoundRow | None, recorded: Recorded[CaseEvent]) -> RoundRow | None:
    """The round after the event."""
    event = recorded.event
    if isinstance(event, PetitionRaised):
        return _raised(recorded, event)
    if row is None:
        return row
    changed = {} if isinstance(event, CaseNote) else _changes(row, event, recorded)
    changed["is_open"] = changed.get("stage", row.stage) not in OVER
    after = replace(row, **changed)
    if promise := _promise(event):
        return replace(after, due=promise, promised=True)
    begins = isinstance(event, CaseReopened)
    if begins or (("begun_at" in changed or "case_type" in changed) and not row.promised):
        due = due_day(after.case_type, day_of(after.begun_at))
        return replace(after, due=due, promised=False)
    return after


def _promise(event: Any) -> str | None:
    """The last day that this event promises for the round."""
    if not isinstance(event, PetitionRaised | CaseAccepted | CaseReopened | ExtensionGranted):
        return None
    handle = (event.due or {}).get("handle")
    return day_of(handle) if handle else None


def _raised(recorded: Recorded[CaseEvent], event: PetitionRaised) -> RoundRow:
    at = recorded.occurred_at
    return RoundRow(
        case_id=recorded.stream_id,
        stage="filed",
        is_open=True,
        territory=event.territory,
        case_type=event.case_type,
        channel=event.channel,
        unit=event.unit,
        raised_by=recorded.actor,
        raised_at=at,
        begun_at=at,
        due=_promise(event) or due_day(event.case_type, day_of(at)),
        begun_version=recorded.version,
        unit_version=0,
        callback_version=0,
        promised=_promise(event) is not None,
    )


def _changes(row: RoundRow, event: CaseStep, recorded: Recorded[Any]) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    at, version = recorded.occurred_at, recorded.version
    match event:
        case CaseAccepted():
            return {"stage": "accepted"}
        case CaseDeclined():
            return {"stage": "not_accepted"}
        case CaseDispatched(unit=unit):
            return {"stage": "dispatched", "unit": unit, "unit_version": version}
        case OrderBounced():
            return {"stage": "bounced"}
        case OrderSigned():
            return {"stage": "signed"}
        case ReplySubmitted():
            return {"stage": "replied"}
        case CallbackRecorded(contacted=contacted):
            return {"stage": CALLED[contacted], "callback_version": version}
        case RedoOrdered():
            return {"stage": "redo", "callback_version": 0}
        case CaseShelved():
            return {"stage": "shelved"}
        case ShelvedCaseReviewed(resumed=resumed):
            return {"stage": "accepted"} if resumed else {}
        case CaseClosed():
            return {"stage": "closed"}
        case CaseReopened():
            begun = {"begun_at": at, "begun_version": version}
            return {"stage": "reopened", "callback_version": 0, **begun}
        case CaseCorrected():
            return _corrected(row, event)
        case _ as never:
            assert_never(never)


def _corrected(row: RoundRow, event: CaseCorrected) -> dict[str, Any]:
    moment = event.changes.get("occurred_at")
    at = datetime.fromisoformat(str(moment)) if moment else None
    told: dict[str, Any] = {}
    if event.corrects == 1:
        shown = ("territory", "case_type", "channel")
        told |= {name: event.changes[name] for name in shown if name in event.changes}
        told |= {"raised_at": at} if at else {}
    if event.corrects == row.begun_version and at:
        told["begun_at"] = at
    if event.corrects == row.unit_version and "unit" in event.changes:
        told["unit"] = event.changes["unit"]
    if event.corrects == row.callback_version and "contacted" in event.changes:
        contacted = bool(event.changes["contacted"])
        told |= {"stage": CALLED[contacted]} if row.stage in CALLED.values() else {}
    return told


def count(row: RoundRow) -> dict[TallyKey, dict[str, int]]:
    """Where an open case waits, and until when it may; cases of no unit are under ''."""
    return (
        {(row.territory, row.unit or "", row.stage, row.due): {"cases": 1}} if row.is_open else {}
    )


case_rounds: ReadModel[RoundRow, CaseEvent] = ReadModel(
    name="case_rounds",
    row=RoundRow,
    fold=fold,
    of=CaseEvent,
    indexes=(
        # What is open lies scattered among all cases: what it is asked by is in the index itself.
        f"(due, case_id) include (raised_at, {ASKED_BY}) where is_open",
        "(unit, due, case_id) where is_open",
        f"(raised_at desc, case_id desc) include (due, {ASKED_BY}) where is_open",
    ),
    tally=Tally(
        name="round_count",
        keys=("territory", "unit", "stage", "due"),
        measures=("cases",),
        count=count,
    ),
)
