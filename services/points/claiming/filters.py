"""What clients may ask for when they read of claims."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.points.rules.book import CODE
from shared.core.text import Word
from shared.runtime.web.moments import Position


class ClaimFilter(BaseModel):
    """Which claims: of a subtree under the boundaries of today, of a person, for a `reason`, in a
    `status`. Those that wait come with the oldest first, others with the latest, unless `order`
    says otherwise. `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    person: UUID | None = None
    reason: Annotated[str, Field(pattern=CODE)] | None = None
    status: Literal["waiting", "approved", "rejected", "withdrawn"] | None = None
    order: Literal["oldest", "latest"] | None = None
    after: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0

    @property
    def oldest_first(self) -> bool:
        """Whether a queue is asked for."""
        return self.order == "oldest" or (self.order is None and self.status == "waiting")


class ClaimableFilter(BaseModel):
    """For whom: oneself without a `person`; and on which day, today without one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: UUID | None = None
    territory: Word | None = None
    min_position: Position = 0
