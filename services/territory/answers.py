"""What clients get: the answers of the HTTP API."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from shared.core.atlas.kinds import Kind
from shared.runtime.projections.watermarks import Watermark


class TerritoryLine(BaseModel):
    """A territory: what it is called and where it lies, as of a moment. `until` is when it was
    merged, split or closed."""

    code: str
    kind: Kind
    name: str
    parent: str | None
    since: datetime
    until: datetime | None


class Map(BaseModel):
    """A part of the map in the order of walking down; `next` continues it."""

    items: list[TerritoryLine]
    total: int
    next: str | None
    watermark: Watermark


class TerritoryView(BaseModel):
    """A territory with what it lies in, from itself to the district, and what lies in it.

    `shown_as` is where its records belong under the boundaries of that moment: itself while it is
    on the map. `whole` is false where they cannot be told to belong to one part of that.
    """

    territory: TerritoryLine
    above: list[TerritoryLine]
    inner: list[TerritoryLine]
    blocks: list[str]
    members: list[str]
    out_of: list[str]
    into: list[str]
    shown_as: str
    whole: bool
    watermark: Watermark


class LineageLine(BaseModel):
    """One territory of a lineage: what it was made of, what was made of it."""

    code: str
    kind: Kind
    name: str
    since: datetime
    until: datetime | None
    out_of: list[str]
    into: list[str]


class Lineage(BaseModel):
    """What a territory came from and what became of it, over all mergers and splits, the oldest
    first."""

    items: list[LineageLine]
    watermark: Watermark
