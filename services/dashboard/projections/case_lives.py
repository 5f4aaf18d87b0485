"""Case lives: every case with where it stands, and the steps that the figures are counted from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, get_args
from uuid import UUID

import orjson

from services.dashboard.measures.book import Movement
from services.dashboard.measures.counting import ENDS, Step, moves
from services.dashboard.measures.days import day_at, periods, text_of
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.words import Status
from shared.contracts.erasure import SubjectErased
from shared.contracts.grievance import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseCorrected,
    CaseDeclined,
    CaseDispatched,
    CaseReopened,
    CaseShelved,
    GrievanceContract,
    OrderBounced,
    OrderSigned,
    PetitionRaised,
    RedoOrdered,
    ReplySubmitted,
    ShelvedCaseReviewed,
)
from shared.core.canonical import EPOCH, MICROSECOND, microseconds
from shared.core.envelope import Recorded
from shared.core.messages import Event
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.core.state import replace

# Where each step leads. By class: asking what an event is an instance of costs more than the fold.
STATUS: Mapping[type[Event], Status] = {
    CaseAccepted: "accepted",
    CaseDeclined: "not_accepted",
    CaseDispatched: "dispatched",
    OrderBounced: "bounced",
    OrderSigned: "signed",
    ReplySubmitted: "replied",
    CallbackRecorded: "callback",
    RedoOrdered: "redo",
    CaseShelved: "shelved",
    CaseClosed: "closed",
    CaseReopened: "reopened",
}
# What of a step may be corrected and counts.
TOLD: Mapping[Status, Sequence[str]] = {
    "dispatched": ("unit",),
    "callback": ("contacted", "resolved", "satisfied"),
}
MOVEMENTS: tuple[Movement, ...] = get_args(Movement)
# What of the filing may be corrected; what of it is not here, nobody here needs.
FILING = ("territory", "channel", "case_type", "urgency")


@dataclass(frozen=True)
class CaseLifeRow:
    """One case. `number` is the position of its petition in the log of the case service; `due_day`
    the last day, such as `2026-05-01`, of the limit of its last round; `closed_at` the last thing
    that happened to a case that is over, None while a round is open. `steps` are all but its
    corrections, which are applied: JSON arrays with commas between."""

    case_id: UUID
    number: int
    territory: str
    channel: str
    case_type: str
    urgency: str
    unit: str | None
    status: str
    rounds: int
    raised_at: datetime
    due_day: str
    closed_at: datetime | None
    steps: str


def fold(row: CaseLifeRow | None, recorded: Recorded[GrievanceContract]) -> CaseLifeRow | None:
    """The case after the event."""
    event = recorded.event
    status = STATUS.get(type(event))
    if type(event) is ShelvedCaseReviewed and event.resumed:
        status = "accepted"
    if status is not None:
        return row and _after(row, _step(recorded, status))
    if isinstance(event, PetitionRaised):
        return _raised(recorded, event)
    return row and _corrected(row, event) if isinstance(event, CaseCorrected) else row


def steps_of(row: CaseLifeRow) -> list[Step]:
    """What happened to the case, its filing first."""
    return [*map(Step._make, orjson.loads(f"[{row.steps}]"))]


def _raised(recorded: Recorded[GrievanceContract], event: PetitionRaised) -> CaseLifeRow:
    at = microseconds(recorded.occurred_at)
    return CaseLifeRow(
        case_id=recorded.stream_id,
        number=recorded.position,
        territory=event.territory,
        channel=event.channel,
        case_type=event.case_type,
        urgency=event.urgency,
        unit=event.unit,
        status="filed",
        rounds=1,
        raised_at=recorded.occurred_at,
        due_day=_due(event.case_type, at),
        closed_at=None,
        steps=_written(Step(recorded.version, "filed", at, _origin(recorded))),
    )


def _origin(recorded: Recorded[GrievanceContract]) -> Mapping[str, Any] | None:
    """That it was imported: nobody here owed it an answer then."""
    return {"origin": "history"} if recorded.origin == "history" else None


def _step(recorded: Recorded[GrievanceContract], status: Status) -> Step:
    told = TOLD.get(status)
    about = {name: getattr(recorded.event, name) for name in told} if told else None
    return Step(recorded.version, status, microseconds(recorded.occurred_at), about)


def _after(row: CaseLifeRow, step: Step) -> CaseLifeRow:
    """The case after a step."""
    changes: dict[str, Any] = {"status": step.status, "steps": f"{row.steps},{_written(step)}"}
    if step.told is not None and step.status == "dispatched":
        changes["unit"] = step.told["unit"]
    if row.closed_at is not None and step.status == "reopened":
        changes |= {"rounds": row.rounds + 1, "closed_at": None}
        changes["due_day"] = _due(row.case_type, step.at)
    elif row.closed_at is not None or step.status in ENDS:
        moment = EPOCH + step.at * MICROSECOND
        changes["closed_at"] = max(row.closed_at or moment, moment)
    return replace(row, **changes)


def _corrected(row: CaseLifeRow, event: CaseCorrected) -> CaseLifeRow:
    """As if the event that is corrected had been right at first."""
    steps = [_righted(step, event) for step in steps_of(row)]
    filing, *later = steps
    changes = event.changes if event.corrects == filing.version else {}
    told: dict[str, Any] = {name: str(changes[name]) for name in FILING if name in changes}
    told["due_day"] = _due(told.get("case_type", row.case_type), filing.at)
    began = replace(
        row,
        **told,
        status=filing.status,
        rounds=1,
        raised_at=EPOCH + filing.at * MICROSECOND,
        closed_at=None,
        steps=_written(filing),
    )
    return reduce(_after, later, began)


def _righted(step: Step, event: CaseCorrected) -> Step:
    if step.version != event.corrects:
        return step
    changes = event.changes
    told = step.told and {name: changes.get(name, value) for name, value in step.told.items()}
    moment = changes.get("occurred_at")
    at = microseconds(datetime.fromisoformat(str(moment))) if moment else step.at
    return Step(step.version, step.status, at, told)


def _written(step: Step) -> str:
    return orjson.dumps(tuple(step)).decode()


def _due(case_type: str, at: int) -> str:
    return text_of(day_at(at) + BOOK.limit(case_type))


def counted(row: CaseLifeRow) -> dict[TallyKey, dict[str, int]]:
    """What the case adds to its territory: to each day, and to its month and its year."""
    sums: dict[TallyKey, dict[str, int]] = {}
    territory, of_day = row.territory, dict[int, dict[str, int]]()
    for day, movement, amount in moves(row.case_type, steps_of(row)):
        line = of_day.get(day)
        if line is None:
            of_day[day] = {movement: amount}
        else:
            line[movement] = line.get(movement, 0) + amount
    for day, line in of_day.items():
        own, *wider = periods(day)
        sums[own, territory] = line
        for period in wider:
            whole = sums.setdefault((period, territory), {})
            for name, amount in line.items():
                whole[name] = whole.get(name, 0) + amount
    return sums


case_lives: ReadModel[CaseLifeRow, GrievanceContract] = ReadModel(
    name="case_lives",
    row=CaseLifeRow,
    fold=fold,
    key=lambda recorded: None if type(recorded.event) is SubjectErased else recorded.stream_id,
    indexes=("(territory, raised_at)", "(raised_at, case_id)", "(closed_at)"),
    tally=Tally(
        name="case_movements",
        keys=("period", "territory"),
        measures=MOVEMENTS,
        count=counted,
        stamped=True,
    ),
)
