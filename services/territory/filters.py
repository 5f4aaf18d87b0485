"""What clients may ask for when they read: the query parameters of the HTTP API."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.territory.forms import Code
from shared.core.atlas.kinds import Kind
from shared.runtime.web.moments import Moment, Position


class MapFilter(BaseModel):
    """Which part of the map, and when: `under` a territory, of a `kind`, on the map at `at`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    under: Code | None = None
    kind: Kind | None = None
    at: Moment | None = None
    after: Code | None = None
    limit: Annotated[int, Field(ge=1, le=5_000)] = 500
    min_position: Position = 0


class TerritoryFilter(BaseModel):
    """A territory as of when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Moment | None = None
    min_position: Position = 0
