"""What may be asked of a person on the register."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.territory.words import CareTag, Purpose, Relation
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class RegisterResident(Command):
    """Put a person on the register, at home in a building. `household` where it is known."""

    person: UUID
    building: str
    name: Sealed
    household: UUID | None = None
    phone: Sealed | None = None
    birth_year: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeContact(Command):
    """Put these in the place of what was known; what is not given stays."""

    name: Sealed | None = None
    phone: Sealed | None = None
    birth_year: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class MoveResident(Command):
    building: str
    household: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RecordLeaving(Command):
    """They moved out of the district."""


@dataclass(frozen=True, kw_only=True)
class RecordReturn(Command):
    """They came back to the district."""

    building: str
    household: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DeclareRelative(Command):
    """`relative` is the `relation` of this person: their child, their guardian."""

    relative: UUID
    relation: Relation


@dataclass(frozen=True, kw_only=True)
class WithdrawRelative(Command):
    relative: UUID


@dataclass(frozen=True, kw_only=True)
class GiveConsent(Command):
    """They may be contacted for this."""

    purpose: Purpose


@dataclass(frozen=True, kw_only=True)
class WithdrawConsent(Command):
    purpose: Purpose


@dataclass(frozen=True, kw_only=True)
class TagCare(Command):
    """They need this care."""

    tag: CareTag


@dataclass(frozen=True, kw_only=True)
class UntagCare(Command):
    tag: CareTag


ResidentCommand = (
    RegisterResident
    | ChangeContact
    | MoveResident
    | RecordLeaving
    | RecordReturn
    | DeclareRelative
    | WithdrawRelative
    | GiveConsent
    | WithdrawConsent
    | TagCare
    | UntagCare
)
