"""What each case adds to the scores of units, and about whose reply one may call the petitioner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from services.grievance.case.events import (
    AssistGiven,
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseCorrected,
    CaseDeclined,
    CaseDispatched,
    CaseReopened,
    CaseShelved,
    DeadlineMissed,
    ExclusionGranted,
    ExtensionGranted,
    OrderBounced,
    OrderSigned,
    PetitionRaised,
    ProgressNoted,
    RedoOrdered,
    ReplySubmitted,
    RequesterContacted,
    ShelvedCaseReviewed,
)
from services.grievance.measures.book import COUNTED
from services.grievance.measures.living import lived
from services.grievance.measures.orders import Kind, Step, counted
from shared.core.envelope import Recorded
from shared.core.local_time import month_of
from shared.core.messages import Event
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.core.state import replace

KINDS: Mapping[type[Event], Kind] = {
    PetitionRaised: "began", CaseReopened: "began", CaseAccepted: "promised",
    CaseDispatched: "dispatched", OrderBounced: "bounced", OrderSigned: "signed",
    ProgressNoted: "contacted", ReplySubmitted: "replied", CallbackRecorded: "called",
    RedoOrdered: "redo", ExtensionGranted: "extended", CaseShelved: "shelved",
    CaseClosed: "closed", DeadlineMissed: "missed", ExclusionGranted: "excluded",
    AssistGiven: "assisted",
}  # fmt: skip
# Which clock each of them may start: what promises nothing is neither in time nor late.
PROMISES: Mapping[Kind, str] = {
    "began": "handle", "promised": "handle", "extended": "handle", "dispatched": "sign",
    "signed": "contact",
}  # fmt: skip
TOLD: Mapping[Kind, Sequence[str]] = {
    "dispatched": ("unit",), "assisted": ("unit",), "missed": ("clock",),
    "called": ("contacted", "resolved", "satisfied"),
}  # fmt: skip
OF = (
    PetitionRaised | CaseReopened | CaseAccepted | CaseDeclined | CaseDispatched | OrderBounced
    | OrderSigned | RequesterContacted | ProgressNoted | ReplySubmitted | CallbackRecorded
    | RedoOrdered | ExtensionGranted | CaseShelved | ShelvedCaseReviewed | CaseClosed
    | DeadlineMissed | ExclusionGranted | CaseCorrected | AssistGiven
)  # fmt: skip


@dataclass(frozen=True)
class ScoresRow:
    """One case. `unit` had its order last; `handlers` are those that worked on it, a JSON array.
    `to_call` is the month of the reply about which its petitioner may be called now, None where
    there is none; those with the smallest `draw` are called first. `steps` are what is counted of
    it, corrections applied, in the order in which it was recorded: JSON arrays with commas
    between."""

    case_id: UUID
    number: int
    territory: str
    unit: str | None
    handlers: str
    to_call: str | None
    draw: str
    steps: str


def fold(row: ScoresRow | None, recorded: Recorded[Any]) -> ScoresRow | None:
    """The case after the event."""
    event = recorded.event
    if isinstance(event, PetitionRaised):
        began = ScoresRow(
            recorded.stream_id, recorded.position, event.territory, None, "[]", None, "", ""
        )
        return _after(began, [_step(recorded, "began")])
    if row is None:
        return None
    if isinstance(event, CaseCorrected):
        return _corrected(row, event)
    kind = _kind(event)
    if kind is None:
        return row
    return _after(row, [*steps_of(row), _step(recorded, kind)])


def steps_of(row: ScoresRow) -> list[Step]:
    """What is counted of the case."""
    return [*map(Step._make, orjson.loads(f"[{row.steps}]"))]


def count(row: ScoresRow) -> dict[TallyKey, dict[str, int]]:
    """What the case adds, by month, territory and unit."""
    sums = counted(lived(steps_of(row)))
    return {(month, row.territory, unit): line for (unit, month), line in sums.items()}


def _kind(event: Any) -> Kind | None:
    if isinstance(event, RequesterContacted):
        return "contacted" if event.reached else None
    if isinstance(event, ShelvedCaseReviewed):
        return "resumed" if event.resumed else None
    return KINDS.get(type(event))


def _step(recorded: Recorded[Any], kind: Kind) -> Step:
    event = recorded.event
    told = {name: getattr(event, name) for name in TOLD.get(kind, ())}
    if clock := PROMISES.get(kind):
        told["promised"] = clock in (event.due or {})
    return Step(recorded.version, kind, month_of(recorded.occurred_at), told)


def _after(row: ScoresRow, steps: Sequence[Step]) -> ScoresRow:
    steps = sorted(
        steps, key=lambda step: step.version
    )  # as of a moment they come in another order
    life = lived(steps)
    to_call = life.to_call.month if life.to_call else None
    return replace(
        row,
        unit=life.orders[-1].unit if life.orders else None,
        handlers=orjson.dumps(sorted(life.handlers)).decode(),
        to_call=to_call,
        draw=_draw(row.case_id, len(life.replies)) if to_call else "",
        steps=",".join(orjson.dumps(tuple(step)).decode() for step in steps),
    )


def _draw(case_id: UUID, reply: int) -> str:
    """By chance, and the same for whoever looks: nobody chooses whom to call."""
    return sha256(f"{case_id}:{reply}".encode()).hexdigest()


def _corrected(row: ScoresRow, event: CaseCorrected) -> ScoresRow:
    """As if the event that is corrected had been right at first."""
    if event.corrects == 1 and "territory" in event.changes:
        row = replace(row, territory=str(event.changes["territory"]))
    return _after(row, [_righted(step, event) for step in steps_of(row)])


def _righted(step: Step, event: CaseCorrected) -> Step:
    if step.version != event.corrects:
        return step
    told = {name: event.changes.get(name, value) for name, value in step.told.items()}
    moment = event.changes.get("occurred_at")
    month = month_of(datetime.fromisoformat(str(moment))) if moment else step.month
    return Step(step.version, step.kind, month, told)


unit_scores: ReadModel[ScoresRow, Any] = ReadModel(
    name="unit_scores",
    row=ScoresRow,
    fold=fold,
    of=OF,
    indexes=("(to_call, draw) where to_call is not null",),
    tally=Tally(
        name="score_count", keys=("month", "territory", "unit"), measures=COUNTED, count=count
    ),
)
