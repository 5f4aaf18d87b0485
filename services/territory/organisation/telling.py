"""What clients get about facilities, profiles and the dispatch catalogue. Times are UTC, areas in
square decimetres, days and months those of Beijing."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from services.territory.facility.words import AssetKind, FacilityKind, Function
from services.territory.profile.words import ManagementMode, Manager, Practice, TrainingKind
from shared.runtime.projections.watermarks import Watermark


class FacilityLine(BaseModel):
    """A facility as of a moment."""

    code: str
    kind: FacilityKind
    name: str
    territory: str
    planned_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    status: Literal["planned", "open", "closed"]
    functions: list[Function]


class FacilityList(BaseModel):
    """Facilities by code; `next` continues the page."""

    items: list[FacilityLine]
    next: str | None
    watermark: Watermark


class AssetLine(BaseModel):
    """What belongs to a facility, of one kind."""

    kind: AssetKind
    pieces: int
    area_dm2: int


class FacilityView(BaseModel):
    """A facility with what belongs to it."""

    facility: FacilityLine
    assets: list[AssetLine]
    watermark: Watermark


class UsageLine(BaseModel):
    """A month: the days that were counted, and the visits of them."""

    month: str
    days: int
    visits: int


class Usage(BaseModel):
    """Visits to a facility by month."""

    items: list[UsageLine]
    watermark: Watermark


class ProfileLine(BaseModel):
    """The latest word on a figure, on the model of governance or on the type of a block."""

    item: str
    value: int | None
    measure: str | None
    word: str | None
    source: str | None
    reference: str | None
    since: datetime


class ManagementLine(BaseModel):
    """Managed so from `since` until the next line begins; `how` it came to that."""

    territory: str
    mode: ManagementMode
    unit: str | None
    how: Literal["set", "handed_over", "taken_over"]
    since: datetime
    until: datetime | None


class ProfileView(BaseModel):
    """What was declared of a territory by then, and how it was managed."""

    territory: str
    items: list[ProfileLine]
    management: ManagementLine | None
    watermark: Watermark


class ManagementBoard(BaseModel):
    """How territories were managed."""

    items: list[ManagementLine]
    watermark: Watermark


class HandoverLine(BaseModel):
    """A handover by a state enterprise; under way until it is accepted."""

    territory: str
    mode: Manager
    unit: str | None
    started_at: datetime
    accepted_at: datetime | None


class HandoverBoard(BaseModel):
    """Handovers, what is under way first."""

    items: list[HandoverLine]
    watermark: Watermark


class PracticeLine(BaseModel):
    """A practice that a territory adopted from another one."""

    territory: str
    practice: Practice
    adopted_from: str
    since: datetime


class PracticeBoard(BaseModel):
    """Practices that were adopted, the oldest first."""

    items: list[PracticeLine]
    watermark: Watermark


class TrainingLine(BaseModel):
    """A training that was held."""

    territory: str
    kind: TrainingKind
    day: str
    attendees: int


class TrainingBoard(BaseModel):
    """Trainings that were held, the oldest first."""

    items: list[TrainingLine]
    watermark: Watermark


class RouteLine(BaseModel):
    """Cases of this category and below, in this territory and below, go to this unit."""

    category: str
    territory: str
    unit: str


class CatalogueView(BaseModel):
    """The version that counts at a moment."""

    version: int
    starts_at: datetime
    categories: list[str]
    routes: list[RouteLine]
    watermark: Watermark


class VersionLine(BaseModel):
    """A version; it counts until the next begins."""

    version: int
    starts_at: datetime
    ends_at: datetime | None
    categories: int
    routes: int


class Versions(BaseModel):
    """The versions of the catalogue, the oldest first."""

    items: list[VersionLine]
    watermark: Watermark


class ProposalView(BaseModel):
    """The unit a case would go to, by the catalogue of that moment; null where no route holds."""

    unit: str | None
    version: int | None
    watermark: Watermark
