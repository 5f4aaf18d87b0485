"""What the territory service tells others of households: which there are, and how large."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from shared.core.messages import Event


class HouseholdRegistered(Event):
    """The dwelling behind a door is there, lived in; `area_dm2` is its floor area in square
    decimetres. Votes by area count with it."""

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
    """Those who had moved out came back."""

    type: Literal["household-returned"] = "household-returned"
    household: UUID


class HouseholdClosed(Event):
    """It is there no more: demolished, or joined with another."""

    type: Literal["household-closed"] = "household-closed"
    household: UUID


HouseholdContract = (
    HouseholdRegistered | HouseholdAmended | HouseholdVacated | HouseholdReturned | HouseholdClosed
)
