"""What clients get of residents: the answers of the HTTP API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.territory.words import CareTag, Purpose, Relation
from shared.core.person.words import ErasureReason
from shared.runtime.projections.watermarks import Watermark


class ResidentLine(BaseModel):
    """A resident in the home that was asked about: the present one, or that of another time. What
    stands in `withheld` is null because this reader may not see it; a `name` that is null and not
    withheld is of someone who is being erased. `left_at` is when they left the district."""

    id: UUID
    status: str | None
    building: str
    household: UUID | None
    since: datetime
    left_at: datetime | None
    merged_into: UUID | None
    name: str | None
    phone: str | None
    birth_year: str | None
    purposes: list[Purpose] | None
    care_tags: list[CareTag] | None
    withheld: list[str]


class ResidentPage(BaseModel):
    """Residents in the order of their ids; `next` continues them."""

    items: list[ResidentLine]
    next: UUID | None
    watermark: Watermark


class StayLine(BaseModel):
    """Where they lived, from when until when; without an end while it lasts."""

    building: str
    household: UUID | None
    since: datetime
    until: datetime | None


class RelativeLine(BaseModel):
    """`person` is the `relation` of the resident; kept as `merged_into` if registered twice."""

    person: UUID
    relation: Relation
    merged_into: UUID | None


class ResidentView(BaseModel):
    """A resident with all stays and relatives; `doubles` are the ids that mean them, too."""

    resident: ResidentLine
    stays: list[StayLine]
    relatives: list[RelativeLine]
    doubles: list[UUID]
    watermark: Watermark


class BondView(BaseModel):
    """What `other` is to the person, by what either of them declared; null for nothing. Whether
    the person is of the age that was asked about; null where nobody knows."""

    relation: Relation | None
    of_age: bool | None
    watermark: Watermark


class CareLine(BaseModel):
    """How many who live there need this care."""

    tag: CareTag
    persons: int


class CareBoard(BaseModel):
    """Care in figures: who needs it is not told here."""

    items: list[CareLine]
    watermark: Watermark


class ServiceAnswer(BaseModel):
    """When a service erased them; null while it has not answered."""

    service: str
    answered_at: datetime | None


class SubjectLine(BaseModel):
    """One id of the person, and the services that have to erase it."""

    id: UUID
    services: list[ServiceAnswer]


class ErasureView(BaseModel):
    """How far the erasure of a person has come; `complete` when every service has answered for
    every id of theirs."""

    id: UUID
    asked_at: datetime
    reason: ErasureReason
    complete: bool
    completed_at: datetime | None
    subjects: list[SubjectLine]
    watermark: Watermark
