"""What the territory service tells others of units, posts, facilities, management and dispatch.

Holders are ids of persons: no names. `Route` and `CataloguePublished` are all of a catalogue: what
a copy elsewhere needs to propose a unit.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from shared.core.messages import Event


class UnitFormed(Event):
    """A unit of this code came to be."""

    type: Literal["unit-formed"] = "unit-formed"
    code: str
    kind: str
    name: str
    territory: str
    parent: str | None = None


class UnitDissolved(Event):
    """It is no more."""

    type: Literal["unit-dissolved"] = "unit-dissolved"
    code: str
    territory: str


class PostFilled(Event):
    """A person holds a post of a territory or a unit from then on; not past `until`."""

    type: Literal["post-filled"] = "post-filled"
    role: str
    place: str
    territory: str
    holder: UUID
    until: AwareDatetime | None = None


class PostVacated(Event):
    """What event `filled` of the same stream began is over."""

    type: Literal["post-vacated"] = "post-vacated"
    role: str
    place: str
    territory: str
    holder: UUID
    filled: int


class FacilityOpened(Event):
    """A facility can be used from now on."""

    type: Literal["facility-opened"] = "facility-opened"
    code: str
    kind: str
    name: str
    territory: str


class FacilityClosed(Event):
    """It can be used no more."""

    type: Literal["facility-closed"] = "facility-closed"
    code: str
    territory: str


class ManagementModeSet(Event):
    """A territory is managed so from then on, until the next of these three, by time."""

    type: Literal["management-mode-set"] = "management-mode-set"
    territory: str
    mode: str
    unit: str | None = None


class HandoverAccepted(Event):
    """The same, after a state enterprise handed it over."""

    type: Literal["handover-accepted"] = "handover-accepted"
    territory: str
    mode: str
    unit: str | None = None


class ManagementTakenOver(Event):
    """The same, after nobody managed it."""

    type: Literal["management-taken-over"] = "management-taken-over"
    territory: str
    mode: str
    unit: str | None = None


class Route(BaseModel):
    """Cases of this category and all below it, in this territory and all below it, are this
    unit's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: str
    territory: str
    unit: str


class CataloguePublished(Event):
    """The whole dispatch catalogue of a district: `number` counts up from 1, and it holds from
    `at` until the next. Categories are paths of up to three levels with `/` between, sorted; routes
    are sorted by category and territory."""

    type: Literal["catalogue-published"] = "catalogue-published"
    number: int
    district: str
    categories: tuple[str, ...]
    routes: tuple[Route, ...]


OrganisationContract = (
    UnitFormed
    | UnitDissolved
    | PostFilled
    | PostVacated
    | FacilityOpened
    | FacilityClosed
    | ManagementModeSet
    | HandoverAccepted
    | ManagementTakenOver
    | CataloguePublished
)
