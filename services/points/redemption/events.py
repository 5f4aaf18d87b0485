"""What can have happened to a redemption. The union is the catalogue of it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from services.points.redemption.words import CancelReason, ReturnReason, Shown
from services.points.words import Holder
from shared.core.messages import Event


class RedemptionRequested(Event):
    """`quantity` of an item were put aside for an account until `due`, for `points` in all. The
    keeper of the account shows a code; `digest` is what that is known by."""

    type: Literal["redemption-requested"] = "redemption-requested"
    kind: Holder
    holder: UUID
    keeper: UUID
    territory: str
    shop: UUID
    item: UUID
    quantity: int
    points: int
    due: AwareDatetime
    digest: str


class RedemptionFulfilled(Event):
    """It was handed over to who had `shown` who they are."""

    type: Literal["redemption-fulfilled"] = "redemption-fulfilled"
    territory: str
    shop: UUID
    item: UUID
    quantity: int
    points: int
    shown: Shown


class RedemptionCancelled(Event):
    """Points and pieces are free again."""

    type: Literal["redemption-cancelled"] = "redemption-cancelled"
    territory: str
    points: int
    reason: CancelReason


class RedemptionReturned(Event):
    """Pieces came back, and so did their points."""

    type: Literal["redemption-returned"] = "redemption-returned"
    quantity: int
    points: int
    reason: ReturnReason
    usable: bool


RedemptionEvent = Annotated[
    RedemptionRequested | RedemptionFulfilled | RedemptionCancelled | RedemptionReturned,
    Field(discriminator="type"),
]
