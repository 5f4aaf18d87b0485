"""What people may ask of the time that is saved in an account, in minutes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.volunteer.rules.book import VolunteerRules
from services.volunteer.words import Relation
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class HoldTime(Command):
    """Put minutes aside for help. `elder`: whether they are known to be as old as the rules ask."""

    help: UUID
    minutes: int
    rules: VolunteerRules
    elder: bool = False


@dataclass(frozen=True, kw_only=True)
class ReleaseTime(Command):
    """Free what was put aside for it."""

    help: UUID


@dataclass(frozen=True, kw_only=True)
class RedeemTime(Command):
    """Pay for help out of what was put aside for it; what is left of that is free again."""

    help: UUID
    minutes: int
    helper: UUID
    served: str


@dataclass(frozen=True, kw_only=True)
class GiftTime(Command):
    """Give minutes to somebody, who is the `relation` of the giver by the register; None for none.
    It is decided together with the account of who gets them; the `giver` is at `home`."""

    giver: UUID
    home: str
    to: UUID
    minutes: int
    relation: Relation | None
    rules: VolunteerRules
    elder: bool = False


@dataclass(frozen=True, kw_only=True)
class ReceiveTime(Command):
    """The other half of a gift: take these minutes of the giver."""

    giver: UUID
    minutes: int
    rules: VolunteerRules


@dataclass(frozen=True, kw_only=True)
class DonateTime(Command):
    """Give minutes to the pool of a territory. Where it is decided together with the pool, the
    `giver`, who is at `home`, is named."""

    pool: str
    minutes: int
    giver: UUID | None = None
    home: str = ""


@dataclass(frozen=True, kw_only=True)
class BringInTime(Command):
    """Take over what an earlier system, or another district, kept for this person; an account is
    opened for one who has none, at `home`."""

    person: UUID
    home: str
    minutes: int
    source: str


@dataclass(frozen=True, kw_only=True)
class TransferOut(Command):
    """They move away: all that is left goes to the time bank of that place."""

    place: str


@dataclass(frozen=True, kw_only=True)
class BequeathAccount(Command):
    """They died: all that is left goes to an heir, who is their `relation` by the register. It is
    decided together with the heir's account; the `giver` was at `home`."""

    giver: UUID
    home: str
    heir: UUID
    relation: Relation | None
    rules: VolunteerRules


@dataclass(frozen=True, kw_only=True)
class InheritAccount(Command):
    """The other half of it: take these minutes of who died."""

    giver: UUID
    minutes: int
