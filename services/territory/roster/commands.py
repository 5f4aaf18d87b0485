"""What people may ask of a roster. Ids follow from building and door: one door, one id for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.core.messages import Command


@dataclass(frozen=True)
class Entry:
    """A household to come. `at` is when, where it is not the command's time."""

    household: UUID
    door: str
    area_dm2: int
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RegisterHouseholds(Command):
    """Put these onto the roster: all of them, or none."""

    building: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class EnrolHouseholds(Command):
    """The rows of a file: those that can be taken go onto the roster, each judged by itself."""

    building: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class AmendHousehold(Command):
    building: str
    household: UUID
    area_dm2: int


@dataclass(frozen=True, kw_only=True)
class VacateHousehold(Command):
    building: str
    household: UUID


@dataclass(frozen=True, kw_only=True)
class ReturnHousehold(Command):
    building: str
    household: UUID


@dataclass(frozen=True, kw_only=True)
class CloseHousehold(Command):
    building: str
    household: UUID


RosterCommand = (
    RegisterHouseholds
    | EnrolHouseholds
    | AmendHousehold
    | VacateHousehold
    | ReturnHousehold
    | CloseHousehold
)
