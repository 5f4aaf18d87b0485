"""What clients get and may ask of hours that are to be looked into."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.volunteer.queries.findings import Kind
from services.volunteer.words import Evidence, RecordStatus, Service
from shared.core.text import Word
from shared.runtime.projections.watermarks import Watermark
from shared.runtime.web.moments import Day, Position

# Another one whenever a rule finds other things in the same records.
VERSION = "2026.1"


class FindingFilter(BaseModel):
    """By which rule, or by all; on the days `from` to `to`, both in, at most 100 of them; the last
    30 without any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind | None = None
    territory: Word | None = None
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class RecordLine(BaseModel):
    """A record of a finding. `undo` is what takes it back: a step of the account of the person,
    `reverse` or `reject`; null once there is nothing to take back."""

    person: UUID
    name: str | None
    record: int
    status: RecordStatus
    day: str
    minutes: int
    since: datetime | None
    until: datetime | None
    territory: str
    service: Service
    evidence: Evidence
    recorder: str
    approver: str | None
    undo: str | None


class Finding(BaseModel):
    """`figure` says how much, in what the rule counts: minutes that overlap; km/h; minutes of the
    record; late records; people who show the same evidence."""

    kind: Kind
    version: str
    territory: str
    day: str
    by: str | None
    figure: int
    people: list[UUID]
    records: list[RecordLine]


class FindingBoard(BaseModel):
    """Findings, the worst of each rule first; `more` are the rules that found more than fits."""

    first: str
    last: str
    items: list[Finding]
    more: list[Kind]
    watermark: Watermark
