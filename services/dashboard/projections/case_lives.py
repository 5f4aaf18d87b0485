"""Case lives: every case with where it stands, and the steps that the figures are counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, assert_never, get_args
from uuid import UUID

import orjson

from services.dashboard.measures.book import Movement
from services.dashboard.measures.counting import ENDS, Step, moves
from services.dashboard.measures.days import day_at, periods, text_of
from services.dashboard.measures.rules_2026_1 import BOOK
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
from shared.core.canonical import EPOCH, MICROSECOND, microseconds
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.core.state import replace

# What moves a case on from where it stood.
Forward = (
    CaseAccepted
    | CaseDeclined
    | CaseDispatched
    | OrderSigned
    | ReplySubmitted
    | CallbackRecorded
    | CaseClosed
    | CaseReopened
)
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
    if isinstance(event, PetitionRaised):
        return _raised(recorded, event)
    if row is None or isinstance(event, SubjectErased):
        return row
    if isinstance(event, CaseCorrected):
        return _corrected(row, event)
    return _after(row, _step(recorded.version, microseconds(recorded.occurred_at), event))


def steps_of(row: CaseLifeRow) -> list[Step]:
    """What happened to the case, its filing first."""
    return [Step(*one) for one in orjson.loads(f"[{row.steps}]")]


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
        steps=_written(Step(recorded.version, "filed", at)),
    )


def _step(version: int, at: int, event: Forward) -> Step:  # noqa: C901, PLR0911 - one arm an event
    match event:
        case CaseAccepted():
            return Step(version, "accepted", at)
        case CaseDeclined():
            return Step(version, "not_accepted", at)
        case CaseDispatched(unit=unit):
            return Step(version, "dispatched", at, {"unit": unit})
        case OrderSigned():
            return Step(version, "signed", at)
        case ReplySubmitted():
            return Step(version, "replied", at)
        case CallbackRecorded(contacted=contacted, resolved=resolved, satisfied=satisfied):
            told = {"contacted": contacted, "resolved": resolved, "satisfied": satisfied}
            return Step(version, "callback", at, told)
        case CaseClosed():
            return Step(version, "closed", at)
        case CaseReopened():
            return Step(version, "reopened", at)
        case _ as never:
            assert_never(never)


def _after(row: CaseLifeRow, step: Step) -> CaseLifeRow:
    """The case after a step."""
    changes: dict[str, Any] = {"status": step.status, "steps": f"{row.steps},{_written(step)}"}
    if step.status == "dispatched":
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
    told = {name: changes.get(name, value) for name, value in step.told.items()}
    moment = changes.get("occurred_at")
    at = microseconds(datetime.fromisoformat(str(moment))) if moment else step.at
    return Step(step.version, step.status, at, told)


def _written(step: Step) -> str:
    facts = step if step.told else step[:3]
    return orjson.dumps(tuple(facts)).decode()


def _due(case_type: str, at: int) -> str:
    return text_of(day_at(at) + BOOK.limit(case_type))


def counted(row: CaseLifeRow) -> dict[TallyKey, dict[str, int]]:
    """What the case adds to its territory: to each day and to the month of that day."""
    sums: dict[TallyKey, dict[str, int]] = {}
    for day, movement, amount in moves(row.case_type, steps_of(row)):
        for period in periods(day):
            line = sums.setdefault((period, row.territory), {})
            line[movement] = line.get(movement, 0) + amount
    return sums


case_lives: ReadModel[CaseLifeRow, GrievanceContract] = ReadModel(
    name="case_lives",
    row=CaseLifeRow,
    fold=fold,
    key=lambda recorded: None if isinstance(recorded.event, SubjectErased) else recorded.stream_id,
    indexes=("(territory, raised_at)", "(raised_at, case_id)", "(closed_at)"),
    tally=Tally(
        name="case_movements",
        keys=("period", "territory"),
        measures=MOVEMENTS,
        count=counted,
    ),
)
