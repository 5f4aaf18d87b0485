"""What clients may ask for when they read of hours."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.volunteer.words import RecordStatus
from shared.core.text import Word
from shared.runtime.web.moments import Day, Position


class RecordFilter(BaseModel):
    """Which records: of a subtree under the boundaries of today, of a person, a team, an activity,
    in a `status`, served on the days `from` to `to`, both in. Those that wait come with the oldest
    first, others with the latest, unless `order` says otherwise. `after` is `next` of the page
    before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    person: UUID | None = None
    team: UUID | None = None
    activity: UUID | None = None
    status: RecordStatus | None = None
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    order: Literal["oldest", "latest"] | None = None
    after: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0

    @property
    def oldest_first(self) -> bool:
        """Whether a queue is asked for."""
        return self.order == "oldest" or (self.order is None and self.status == "logged")
