"""What petitioners get."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from services.grievance.case.papers import PaperKind
from services.grievance.words import CaseType, DeclineReason, FollowedAs, Outcome, Status


class Filed(BaseModel):
    """What to keep: with both the petition can be followed. Every retry gets the same."""

    number: str
    code: str
    filed_at: datetime


class ShownFile(BaseModel):
    """A file that stands behind a step: what it is, how many bytes it has."""

    kind: PaperKind
    size: int


class FollowedStep(BaseModel):
    """One step, named as the state it led to: `filed`, `accepted`, `dispatched` to `unit`,
    `replied` with `reply`, `callback` with what the petitioner said, `closed` with `outcome`; or
    as what was done meanwhile: `contacted`, `progress`, `prolonged` by `days`, `reviewed`. What was
    shelved is looked at again on `review_on`. The `files` behind it are read by its `version`."""

    step: FollowedAs
    version: int
    at: datetime
    unit: str | None = None
    reply: str | None = None
    reason: DeclineReason | None = None
    explanation: str | None = None
    contacted: bool | None = None
    resolved: bool | None = None
    satisfied: bool | None = None
    outcome: Outcome | None = None
    progress: str | None = None
    days: int | None = None
    review_on: str | None = None
    files: list[ShownFile] = []


class Followed(BaseModel):
    """Where a petition stands, for whoever filed it: no contact details, and nothing that others
    wrote but what was written to them. `photos` says how many were filed with it, `place` has the
    names of what it lies in, the widest first. `unit` is who has it, `may` what can be done now;
    until `reopens_until` a new round of a closed case can be asked for. `due` is the last day by
    which it was promised that an open one is over."""

    number: str
    status: Status
    place: list[str]
    case_type: CaseType
    subject: str | None
    photos: int
    unit: str | None
    outcome: Outcome | None
    rounds: int
    due: str | None
    steps: list[FollowedStep]
    may: list[Literal["answer_callback", "ask_reopen", "ask_withdrawal"]]
    reopens_until: datetime | None
