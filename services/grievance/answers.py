"""What clients get: the answers of the HTTP API."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.grievance.words import (
    Asked,
    CaseType,
    Channel,
    Clock,
    Group,
    Outcome,
    Stage,
    Status,
    Urgency,
    Window,
)
from shared.runtime.projections.watermarks import Watermark
from shared.runtime.web.answering import Receipt


class RegisterLine(BaseModel):
    """A case in the register. `subject` is null once the petitioner was erased. `due` is the last
    day on which its round is in time, null once that is over; `overdue` says it has passed."""

    id: UUID
    number: int
    version: int
    status: Status
    territory: str
    area: str
    channel: Channel
    case_type: CaseType
    urgency: Urgency
    category: str | None
    ref: str | None
    unit: str | None
    outcome: Outcome | None
    rounds: int
    subject: str | None
    raised_at: datetime
    updated_at: datetime
    due: str | None
    overdue: bool


class Register(BaseModel):
    """A page of the register, the latest petition first; `next` continues it."""

    items: list[RegisterLine]
    total: int | None
    next: str | None
    watermark: Watermark


class HistoryLine(BaseModel):
    """One event of a case, with sealed values opened as far as the reader may see them. `rules` is
    the rule book that decided it, `due` what it promised, by clock or window."""

    version: int
    position: int
    type: str
    actor: str
    origin: str
    occurred_at: datetime
    recorded_at: datetime
    rules: str | None
    due: dict[Clock | Window, datetime] | None
    data: dict[str, object]


class Proposal(BaseModel):
    """The unit a case should go to, by which version of the dispatch catalogue."""

    unit: str
    version: int


class AskedField(BaseModel):
    """Something the form of a step asks: a `choice` of `options`, `yes_no`, a `number`, a `day`, a
    `line`, a `text`, or `files`: the words for some that were uploaded before."""

    name: str
    kind: Literal["choice", "yes_no", "number", "day", "line", "text", "files"]
    required: bool
    options: list[str]


class PossibleStep(BaseModel):
    """A step that its reader may take: `POST /cases/{id}/<verb>`. `fields` is null where the form
    is not a matter of single fields."""

    verb: str
    fields: list[AskedField] | None


class ClockView(BaseModel):
    """What was promised until `due`: it runs, or was `missed`."""

    clock: Clock
    due: datetime
    missed: bool


class Standing(BaseModel):
    """What holds of a case beside its status: units that help, how often it was taken up again, its
    level (1 the subdistrict's, 2 the district's), special watch, what was asked for and is decided
    by another person, whether a clue holds, the case that stands for it and those that it stands
    for."""

    assists: list[str]
    redos: int
    level: int
    supervised: bool
    extension: Asked
    exclusion: Asked
    verified: bool | None
    duplicate_of: UUID | None
    duplicates: list[UUID]


class CaseView(BaseModel):
    """A case as of a moment, with the events that made it so. `proposal` is that of the catalogue
    in force when it was filed; null where that has no route for it. `clocks` are those that run and
    those that this round missed. `steps` are those that may be taken now, whatever moment is
    shown."""

    case: RegisterLine
    standing: Standing
    clocks: list[ClockView]
    petitioner: UUID
    withheld: list[str]
    proposal: Proposal | None
    steps: list[PossibleStep]
    history: list[HistoryLine]


class OrderLine(RegisterLine):
    """An open case on a desk: where it waits, its pile, and the steps that move it on."""

    stage: Stage
    group: Group
    steps: list[str]


class Pile(BaseModel):
    """A pile of a desk: cases with the same thing to do first; `waiting` for others."""

    group: Group
    cases: int
    overdue: int


class Orders(BaseModel):
    """What lies on the reader's desk, what is due first first; `next` continues it. `groups` count
    all of it. On each page: `helping` is what the reader's unit helps with, `undecided` what was
    asked for and waits for a second person's decision. What is overdue on the day `today` is judged
    by rule `rule`."""

    helping: list[RegisterLine]
    undecided: list[RegisterLine]
    groups: list[Pile]
    items: list[OrderLine]
    next: str | None
    today: str
    rule: str
    watermark: Watermark


class Refusal(BaseModel):
    """Why a step was not taken, as its own route would have said it."""

    status: int
    code: str
    detail: str


class Verdict(BaseModel):
    """What became of one case of a batch: the receipt of its command, or a problem."""

    id: UUID
    receipt: Receipt | None
    problem: Refusal | None


class Verdicts(BaseModel):
    """A verdict for each case, in the order asked. Pass `position` as `min_position` to read what
    you wrote; it is null where nothing was."""

    items: list[Verdict]
    position: int | None


class TimelineLine(BaseModel):
    """One event of a case, with the corrections numbered `corrected_by` in place. A correction
    names the event it `corrects`, the `fields` it changes, and some of their new values."""

    version: int
    type: str
    actor: str
    origin: str
    occurred_at: datetime
    recorded_at: datetime
    unit: str | None
    outcome: Outcome | None
    corrects: int | None
    fields: list[str] | None
    moved_to: datetime | None
    corrected_by: list[int]


class Timeline(BaseModel):
    """Every event of a case in order of version."""

    items: list[TimelineLine]
    watermark: Watermark
