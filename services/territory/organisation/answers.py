"""What clients get about units and posts. Money is in fen; times are UTC."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.territory.post.seats import Seating
from services.territory.unit.words import Linkage, UnitKind
from shared.runtime.projections.watermarks import Watermark


class UnitLine(BaseModel):
    """A unit: what it lay under as of a moment. `until` is when it was dissolved."""

    code: str
    kind: UnitKind
    name: str
    territory: str
    parent: str | None
    since: datetime
    until: datetime | None


class UnitList(BaseModel):
    """Units by code; `next` continues the page."""

    items: list[UnitLine]
    next: str | None
    watermark: Watermark


class LinkLine(BaseModel):
    """A unit's part in a territory."""

    code: str
    kind: UnitKind
    name: str
    territory: str
    linkage: Linkage
    since: datetime
    until: datetime | None


class ContributionSum(BaseModel):
    """What a unit promised, kept and gave; money in fen."""

    code: str
    name: str
    kind: UnitKind
    territory: str
    pledges: int
    pledged_fen: int
    fulfilled: int
    fulfilled_fen: int
    gifts: int
    given_fen: int


class UnitView(BaseModel):
    """A unit with what it lies under, up to the top, what lay under it, and its links."""

    unit: UnitLine
    above: list[str]
    below: list[str]
    links: list[LinkLine]
    contribution: ContributionSum | None
    watermark: Watermark


class ContributionLine(BaseModel):
    """A `pledge` or `aid`; aid may name the pledge it was given for, by its number."""

    number: int
    sort: str
    what: str
    amount_fen: int | None
    occurred_at: datetime
    due: str | None
    fulfilled_at: datetime | None
    pledge: int | None


class Contributions(BaseModel):
    """What a unit promised and gave, the oldest first."""

    items: list[ContributionLine]
    watermark: Watermark


class ContributionBoard(BaseModel):
    """Units that promised or gave, who gave most first."""

    items: list[ContributionSum]
    watermark: Watermark


class PostLine(BaseModel):
    """Who holds a post, and who stands in while they are away."""

    id: UUID
    role: Seating
    place: str
    territory: str
    holder: UUID
    since: datetime
    until: datetime | None
    leave_since: datetime | None
    leave_until: datetime | None
    delegate: UUID | None


class PostList(BaseModel):
    """Posts by territory and role; `next` continues the page."""

    items: list[PostLine]
    next: UUID | None
    watermark: Watermark


class LeaveLine(BaseModel):
    """A time away from a post."""

    role: Seating
    place: str
    territory: str
    holder: UUID
    delegate: UUID | None
    since: datetime
    until: datetime


class LeaveList(BaseModel):
    """Leaves of all times, the oldest first."""

    items: list[LeaveLine]
    watermark: Watermark


class RosterUnit(BaseModel):
    """A unit of a grid's roster."""

    code: str
    kind: UnitKind
    name: str
    linkage: Linkage
    since: datetime


class RosterLine(BaseModel):
    """1+N+X of a grid: its worker and whoever stands in, departments and partner units (`n`),
    volunteer teams (`x`), and beside these the Party organisations."""

    grid: str
    worker: UUID | None
    delegate: UUID | None
    n: list[RosterUnit]
    x: list[RosterUnit]
    party: list[RosterUnit]


class Roster(BaseModel):
    """The grids of a territory."""

    items: list[RosterLine]
    watermark: Watermark


class HeadLine(BaseModel):
    """Who to turn to: a person's id; while they are away, who stands in."""

    role: Seating
    place: str
    holder: UUID
    delegate: UUID | None


class Heads(BaseModel):
    """The grid worker and the heads of the building and the lane, from a place upwards."""

    items: list[HeadLine]
    watermark: Watermark
