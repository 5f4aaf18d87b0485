"""What can have happened to a facility. The union is the catalogue.

Areas are in square decimetres (1 m² is 100 dm²); a day is `2026-05-01`, in Beijing time.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from services.territory.facility.words import AssetKind, FacilityKind, Function
from shared.core.messages import Event


class FacilityPlanned(Event):
    """It is going to be."""

    type: Literal["facility-planned"] = "facility-planned"
    code: str
    kind: FacilityKind
    name: str
    territory: str


class FacilityOpened(Event):
    """It can be used from now on."""

    type: Literal["facility-opened"] = "facility-opened"
    code: str
    kind: FacilityKind
    name: str
    territory: str


class FunctionAdded(Event):
    """It serves this, too, from now on."""

    type: Literal["function-added"] = "function-added"
    code: str
    function: Function


class FunctionRemoved(Event):
    """It does not serve this any more; event `added` of the facility began it."""

    type: Literal["function-removed"] = "function-removed"
    code: str
    function: Function
    added: int


class FacilityUsed(Event):
    """So many visits on that day, all told: what was told of the day before does not count."""

    type: Literal["facility-used"] = "facility-used"
    code: str
    day: str
    visits: int


class AssetRegistered(Event):
    """Things that belong to it, so many, of so much area together."""

    type: Literal["asset-registered"] = "asset-registered"
    code: str
    kind: AssetKind
    count: int
    area_dm2: int | None = None


class FacilityClosed(Event):
    """It can be used no more."""

    type: Literal["facility-closed"] = "facility-closed"
    code: str
    territory: str


FacilityEvent = Annotated[
    FacilityPlanned
    | FacilityOpened
    | FunctionAdded
    | FunctionRemoved
    | FacilityUsed
    | AssetRegistered
    | FacilityClosed,
    Field(discriminator="type"),
]
