"""What can have happened to the households of a building. The union is the catalogue."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.core.messages import Event


class HouseholdRegistered(Event):
    """The dwelling behind a door came onto the roster, lived in; `area_dm2` is its floor area in
    square decimetres (1 m² = 100)."""

    type: Literal["household-registered"] = "household-registered"
    household: UUID
    building: str
    door: str
    area_dm2: int


class HouseholdAmended(Event):
    """It has this floor area from then on."""

    type: Literal["household-amended"] = "household-amended"
    household: UUID
    area_dm2: int


class HouseholdVacated(Event):
    """Those who lived there moved out."""

    type: Literal["household-vacated"] = "household-vacated"
    household: UUID


class HouseholdReturned(Event):
    """Those who had moved out came back (S0)."""

    type: Literal["household-returned"] = "household-returned"
    household: UUID


class HouseholdClosed(Event):
    """It is off the roster: demolished, or joined with another."""

    type: Literal["household-closed"] = "household-closed"
    household: UUID


RosterEvent = Annotated[
    HouseholdRegistered | HouseholdAmended | HouseholdVacated | HouseholdReturned | HouseholdClosed,
    Field(discriminator="type"),
]
