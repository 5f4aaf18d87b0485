"""What people and the timer may ask of a redemption. `rules` are those in force at the shop,
`asked_on` is the day in Beijing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.points.redemption.words import CancelReason, ReturnReason, Shown
from services.points.rules.book import PointsRules
from services.points.words import Holder
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class RequestRedemption(Command):
    """Put `quantity` of an item aside for this account, which is kept by `keeper`, until `due`.
    `seen` is what all of it costs, as they were told; `digest` what the code is known by."""

    asked_on: str
    kind: Holder
    holder: UUID
    keeper: UUID
    shop: UUID
    item: UUID
    territory: str
    quantity: int
    seen: int
    due: datetime
    digest: str
    rules: PointsRules


@dataclass(frozen=True, kw_only=True)
class FulfilRedemption(Command):
    """Hand over what was put aside, to who has `shown` who they are."""

    asked_on: str
    shown: Shown


@dataclass(frozen=True, kw_only=True)
class CancelRedemption(Command):
    """Let what was put aside be free again."""

    asked_on: str
    reason: CancelReason


@dataclass(frozen=True, kw_only=True)
class LapseRedemption(Command):
    """Nobody fetched it in time: let it be free again."""

    asked_on: str


@dataclass(frozen=True, kw_only=True)
class ReturnRedemption(Command):
    """Take back pieces that were given out, and give their points back."""

    asked_on: str
    quantity: int
    reason: ReturnReason
    usable: bool
    rules: PointsRules


RedemptionCommand = (
    RequestRedemption | FulfilRedemption | CancelRedemption | LapseRedemption | ReturnRedemption
)
