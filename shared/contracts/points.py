"""What the points service tells others: points that came and went, what was bought, honours. Ids of
people, never names, never what anybody has."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.erasure import SubjectErased
from shared.contracts.source import Source
from shared.core.catalogue import Catalogue
from shared.core.messages import Event


class PointsEarned(Event):
    """Points were given for a deed of day `day` in this territory; `reason` is as the rules of the
    place call it."""

    type: Literal["points-earned"] = "points-earned"
    reason: str
    day: str
    points: int
    territory: str


class PointsReversed(Event):
    """Points that were given, `lot` names when, were taken back."""

    type: Literal["points-reversed"] = "points-reversed"
    lot: int
    points: int


class PointsRedeemed(Event):
    """Points were spent."""

    type: Literal["points-redeemed"] = "points-redeemed"
    points: int


class PointsExpired(Event):
    """Points ended unspent with this day."""

    type: Literal["points-expired"] = "points-expired"
    day: str
    points: int


class RedemptionRequested(Event):
    """`quantity` of an item were put aside at a shop in this territory, for so many points."""

    type: Literal["redemption-requested"] = "redemption-requested"
    territory: str
    shop: UUID
    item: UUID
    quantity: int
    points: int


class RedemptionFulfilled(Event):
    """What was put aside was handed over."""

    type: Literal["redemption-fulfilled"] = "redemption-fulfilled"
    territory: str
    shop: UUID
    item: UUID
    quantity: int
    points: int


class RedemptionCancelled(Event):
    """What was put aside is free again: nobody fetched it, or it was not wanted any more."""

    type: Literal["redemption-cancelled"] = "redemption-cancelled"
    territory: str
    points: int
    reason: str


class HonourGranted(Event):
    """An honour was granted in this territory; `code` is as the rules of the place call it, and
    `kind` says whose it is. `holder` is an id, or the code of a territory."""

    type: Literal["honour-granted"] = "honour-granted"
    code: str
    kind: str
    holder: str
    territory: str


class HonourWithdrawn(Event):
    """An honour is held no more."""

    type: Literal["honour-withdrawn"] = "honour-withdrawn"
    code: str
    kind: str
    holder: str
    territory: str


PointsContract = Annotated[
    PointsEarned
    | PointsReversed
    | PointsRedeemed
    | PointsExpired
    | RedemptionRequested
    | RedemptionFulfilled
    | RedemptionCancelled
    | HonourGranted
    | HonourWithdrawn
    | SubjectErased,
    Field(discriminator="type"),
]
POINTS = Source(
    service="points",
    log="points",
    topic="linli.points.v1",
    events=Catalogue.of(PointsContract),
)
