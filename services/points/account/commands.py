"""What people, policies and the timer may ask of an account.

`rules` are those in force at its home.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.points.account.dated import Dated
from services.points.account.events import Carry
from services.points.rules.book import PointsRules
from services.points.words import Deed, Holder, ReversalReason, Span
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class OpenPointsAccount(Command):
    """Keep the points of this person or household, which is at home in this territory; `keeper` is
    who acts for it, a person themself."""

    kind: Holder
    holder: UUID
    keeper: UUID
    territory: str


@dataclass(frozen=True, kw_only=True)
class MovePointsAccount(Command):
    """Their home is another territory now."""

    territory: str


@dataclass(frozen=True, kw_only=True)
class NameKeeper(Command):
    """Let this person act for the household."""

    keeper: UUID


@dataclass(frozen=True, kw_only=True)
class EarnPoints(Dated):
    """Give points for a deed of day `day`: `quantity` times, or minutes, of this reason. An account
    is opened for a person who has none, at `home`. Nothing is given twice for one `source`. Who
    does so `at_once`, without a claim, has to be one of whom the rules let do it, and show it."""

    kind: Holder = "person"
    holder: UUID
    home: str
    reason: str
    quantity: int
    day: str
    territory: str
    rules: PointsRules
    source: str | None = None
    at_once: bool = False
    note: Sealed | None = None
    proof: str | None = None


@dataclass(frozen=True, kw_only=True)
class CreditDeed(Dated):
    """Give what the rules give for a deed that another service told of; nothing where they give
    nothing. `rules` are filled in when it is asked: None is nothing to decide by."""

    deed: Deed
    person: UUID
    home: str
    quantity: int
    day: str
    territory: str
    source: str
    rules: PointsRules | None = None


@dataclass(frozen=True, kw_only=True)
class DeductPoints(Dated):
    """Take points for what was done on day `day`: at most what may be spent. `at_once` as where
    they are given."""

    reason: str
    quantity: int
    day: str
    territory: str
    rules: PointsRules
    at_once: bool = False
    note: Sealed | None = None
    proof: str | None = None


@dataclass(frozen=True, kw_only=True)
class Limit:
    """So many of an item may somebody have within a span of time."""

    quantity: int
    per: Span


@dataclass(frozen=True, kw_only=True)
class HoldPoints(Dated):
    """Put points aside for `quantity` of an item."""

    hold: UUID
    points: int
    item: UUID
    quantity: int
    rules: PointsRules
    limit: Limit | None = None


@dataclass(frozen=True, kw_only=True)
class ReleasePoints(Dated):
    """Let what was put aside be free again."""

    hold: UUID


@dataclass(frozen=True, kw_only=True)
class RedeemPoints(Dated):
    """Let what was put aside be spent."""

    hold: UUID


@dataclass(frozen=True, kw_only=True)
class RefundPoints(Dated):
    """Give points back for what was bought and came back."""

    hold: UUID
    points: int
    rules: PointsRules


@dataclass(frozen=True, kw_only=True)
class ReversePoints(Dated):
    """What this lot brought was never earned: take it back."""

    lot: int
    reason: ReversalReason


@dataclass(frozen=True, kw_only=True)
class ReverseDeed(Dated):
    """What a deed elsewhere brought, by its `source`, was never earned; nothing where it brought
    nothing."""

    source: str


@dataclass(frozen=True, kw_only=True)
class TransferPoints(Dated):
    """Give points to another account of the same household; `same_household` is whether it is one.
    The giver's account is kept by `keeper` and at home in `home`."""

    keeper: UUID
    home: str
    kind: Holder
    to: UUID
    points: int
    same_household: bool
    rules: PointsRules


@dataclass(frozen=True, kw_only=True)
class ReceivePoints(Dated):
    """Take points of one lot from another account of the same household."""

    kind: Holder
    giver: UUID
    points: int
    opens: str | None
    expires: str | None
    carry: Carry | None


@dataclass(frozen=True, kw_only=True)
class ExpirePoints(Dated):
    """End what ended before today."""


@dataclass(frozen=True, kw_only=True)
class NoteExpiry(Dated):
    """Tell the holder what ends by day `until`."""

    until: str


AccountCommand = (
    OpenPointsAccount
    | MovePointsAccount
    | NameKeeper
    | EarnPoints
    | CreditDeed
    | DeductPoints
    | HoldPoints
    | ReleasePoints
    | RedeemPoints
    | RefundPoints
    | ReversePoints
    | ReverseDeed
    | TransferPoints
    | ReceivePoints
    | ExpirePoints
    | NoteExpiry
)
