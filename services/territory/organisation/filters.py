"""What clients may ask for when they read about organisation: the query parameters.

`territory` is a subtree under the boundaries of today; `at` is when, now where not given; `after`
is `next` of the page before.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.territory.facility.words import FacilityKind
from services.territory.forms import Code
from services.territory.organisation.catalogue_forms import Category
from services.territory.post.seats import Seating
from services.territory.profile.words import ManagementMode
from services.territory.unit.words import UnitKind
from shared.runtime.web.moments import Moment, Position

Limit = Annotated[int, Field(ge=1, le=5_000)]


class Filter(BaseModel):
    """When, and how far the read models have to have come."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Moment | None = None
    min_position: Position = 0

    def moment(self) -> datetime:
        """The time that is asked about."""
        return self.at or datetime.now(UTC)


class AreaFilter(Filter):
    """Where and when."""

    territory: Code | None = None


class UnitFilter(AreaFilter):
    """Which units."""

    kind: UnitKind | None = None
    after: Code | None = None
    limit: Limit = 500


class PostFilter(AreaFilter):
    """Which posts. Of a person: what they hold and where they stand in. `ever` gives the holdings
    of all times."""

    role: Seating | None = None
    holder: UUID | None = None
    ever: bool = False
    after: UUID | None = None
    limit: Limit = 500


class LeaveFilter(BaseModel):
    """Whose leaves, of all times."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Code | None = None
    holder: UUID | None = None
    limit: Limit = 500
    min_position: Position = 0


class FacilityFilter(AreaFilter):
    """Which facilities."""

    kind: FacilityKind | None = None
    after: Code | None = None
    limit: Limit = 500


class ManagementFilter(AreaFilter):
    """Which territories: those that are managed so; those that nobody manages unless named."""

    mode: ManagementMode = "unmanaged"


class ProposalFilter(Filter):
    """Of which category, and where, a case is."""

    category: Category
    territory: Code
