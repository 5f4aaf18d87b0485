"""What clients may ask for when they read of residents: the query parameters of the HTTP API."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.territory.forms import Code
from services.territory.words import CareTag
from shared.runtime.web.moments import Moment, Position


class ResidentFilter(BaseModel):
    """Who lives `under` a territory, or who lived there `at` a time; `state` is for those of now.
    `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    under: Code | None = None
    at: Moment | None = None
    state: Literal["living", "left"] = "living"
    household: UUID | None = None
    tag: CareTag | None = None
    after: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    min_position: Position = 0


class CareFilter(BaseModel):
    """Of which part of the map."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    under: Code | None = None
    min_position: Position = 0


class BondFilter(BaseModel):
    """Whether they are of this `age`, in whole years, is answered where it is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    age: Annotated[int, Field(ge=1, le=150)] | None = None
    min_position: Position = 0


class PersonFilter(BaseModel):
    """How far the answer has to have come."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_position: Position = 0
