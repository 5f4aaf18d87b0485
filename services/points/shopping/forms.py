"""What clients send about what they choose."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.points.words import Holder
from shared.core.text import Word
from shared.runtime.web.forms import Sent
from shared.runtime.web.moments import Moment, Position

Pieces = Annotated[int, Field(ge=-1_000, le=1_000)]
Cost = Annotated[int, Field(ge=0, le=10_000_000)]


class Choice(Sent):
    """Put `quantity` of an item aside, for all of which `points` were seen as the price: for
    oneself, for one's household, or at the counter for `holder`."""

    item: UUID
    quantity: Pieces = 1
    points: Cost
    kind: Holder = "person"
    holder: UUID | None = None


class Cancelling(Sent):
    """Let what was put aside be free again."""


class ShopsFilter(BaseModel):
    """Of which subtree, under the boundaries of today."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    min_position: Position = 0


class CatalogueFilter(BaseModel):
    """How far the answer has to be true."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_position: Position = 0


class MineFilter(BaseModel):
    """`before` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: Moment | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0
