"""What people may ask of a facility."""

from __future__ import annotations

from dataclasses import dataclass

from services.territory.facility.words import AssetKind, FacilityKind, Function
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class PlanFacility(Command):
    code: str
    kind: FacilityKind
    name: str
    territory: str


@dataclass(frozen=True, kw_only=True)
class OpenFacility(Command):
    """What is left out is as it was planned."""

    code: str
    kind: FacilityKind | None = None
    name: str | None = None
    territory: str | None = None


@dataclass(frozen=True, kw_only=True)
class AddFunction(Command):
    code: str
    function: Function


@dataclass(frozen=True, kw_only=True)
class RemoveFunction(Command):
    code: str
    function: Function


@dataclass(frozen=True, kw_only=True)
class RecordUse(Command):
    """Count the visits of a day; the last count of a day stands."""

    code: str
    day: str
    visits: int


@dataclass(frozen=True, kw_only=True)
class RegisterAsset(Command):
    code: str
    kind: AssetKind
    count: int
    area_dm2: int | None = None


@dataclass(frozen=True, kw_only=True)
class CloseFacility(Command):
    code: str


FacilityCommand = (
    PlanFacility
    | OpenFacility
    | AddFunction
    | RemoveFunction
    | RecordUse
    | RegisterAsset
    | CloseFacility
)
