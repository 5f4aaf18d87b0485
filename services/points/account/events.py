"""What can have happened to an account. The union is the catalogue of it.

Points are kept in lots: every event that brings points makes one, which is called by the version
of that event. Every event that moves points says from which lots, so that the balance is a fold
that needs no rules. Of what comes in, `repaid` pays an open debt; the rest is the lot's. Days are
those of Beijing; a lot may be spent from day `opens` to day `expires`, both in.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.points.words import Holder, ReversalReason
from shared.core.messages import Event
from shared.core.sealed import Sealed


class Part(BaseModel):
    """So many points of this lot."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lot: int
    points: int


class Carry(BaseModel):
    """When the lots of a day end, `points` of them at most go on until day `until`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    points: int
    until: str


class PointsAccountOpened(Event):
    """The points of this person or household are kept from now on; `territory` is their home,
    `keeper` the person who acts for them."""

    type: Literal["points-account-opened"] = "points-account-opened"
    kind: Holder
    holder: UUID
    keeper: UUID
    territory: str


class PointsAccountMoved(Event):
    """Their home is another territory of the district from now on."""

    type: Literal["points-account-moved"] = "points-account-moved"
    territory: str


class KeeperNamed(Event):
    """Another person acts for the household from now on."""

    type: Literal["keeper-named"] = "keeper-named"
    keeper: UUID


class PointsEarned(Event):
    """Points for a deed of day `day`: `quantity` times, or minutes, of what the rules of this
    version call `reason`. What went past a limit is `over`. `source` names the deed for ever. Who
    gives at once shows it by a `note`, or a `proof`, the SHA-256 of a photo."""

    type: Literal["points-earned"] = "points-earned"
    reason: str
    quantity: int
    day: str
    points: int
    over: int
    repaid: int
    rules: str
    territory: str
    source: str | None = None
    opens: str | None = None
    expires: str | None = None
    carry: Carry | None = None
    note: Sealed | None = None
    proof: str | None = None


class PointsCapped(Event):
    """A deed that brought nothing: all of its points, `over`, went past a limit."""

    type: Literal["points-capped"] = "points-capped"
    reason: str
    quantity: int
    day: str
    over: int
    rules: str
    territory: str
    source: str | None = None


class PointsDeducted(Event):
    """Points were taken for what the rules call `reason`; for `waived` there were none. It is shown
    as that for which points are given."""

    type: Literal["points-deducted"] = "points-deducted"
    reason: str
    day: str
    points: int
    waived: int
    parts: tuple[Part, ...]
    rules: str
    territory: str
    note: Sealed | None = None
    proof: str | None = None


class PointsHeld(Event):
    """Points were put aside for `quantity` of an item; `hold` is the redemption."""

    type: Literal["points-held"] = "points-held"
    hold: UUID
    points: int
    parts: tuple[Part, ...]
    item: UUID
    quantity: int
    day: str


class PointsReleased(Event):
    """What was put aside: `repaid` pay a debt first, `parts` of the rest go back to their lots, and
    `lapsed`, whose last day went by meanwhile, are gone; together these are the `points`."""

    type: Literal["points-released"] = "points-released"
    hold: UUID
    points: int
    parts: tuple[Part, ...]
    lapsed: tuple[Part, ...]
    repaid: int


class PointsRedeemed(Event):
    """What was put aside was spent."""

    type: Literal["points-redeemed"] = "points-redeemed"
    hold: UUID
    points: int


class PointsRefunded(Event):
    """What was bought came back: its points are a lot of their own."""

    type: Literal["points-refunded"] = "points-refunded"
    hold: UUID
    points: int
    repaid: int
    expires: str | None = None


class PointsReversed(Event):
    """What lot `lot` brought was never earned: `points` are taken back from the `parts`; those that
    are spent already are `owed`, and the next that come in pay them. What `ended` of it unspent is
    taken back from nobody."""

    type: Literal["points-reversed"] = "points-reversed"
    lot: int
    points: int
    parts: tuple[Part, ...]
    owed: int
    ended: int = 0
    reason: ReversalReason


class PointsExpired(Event):
    """The last day of these lots, `day`, is over: what was left of them is gone."""

    type: Literal["points-expired"] = "points-expired"
    day: str
    points: int
    parts: tuple[Part, ...]


class PointsCarriedOver(Event):
    """The last day of lot `lot`, `day`, is over: so many of its points go on until day `expires`,
    as a lot of their own."""

    type: Literal["points-carried-over"] = "points-carried-over"
    lot: int
    day: str
    points: int
    expires: str


class PointsTransferred(Event):
    """Points went to another account of the same household."""

    type: Literal["points-transferred"] = "points-transferred"
    kind: Holder
    to: UUID
    points: int
    parts: tuple[Part, ...]


class PointsReceived(Event):
    """Points of one lot came from another account of the same household, with its last day."""

    type: Literal["points-received"] = "points-received"
    kind: Holder
    giver: UUID
    points: int
    repaid: int
    opens: str | None = None
    expires: str | None = None
    carry: Carry | None = None


class ExpiryNoticed(Event):
    """The holder was told that so many points end with `day`."""

    type: Literal["expiry-noticed"] = "expiry-noticed"
    day: str
    points: int


PointsEvent = (
    PointsEarned
    | PointsCapped
    | PointsDeducted
    | PointsHeld
    | PointsReleased
    | PointsRedeemed
    | PointsRefunded
    | PointsReversed
    | PointsExpired
    | PointsCarriedOver
    | PointsTransferred
    | PointsReceived
)
AccountEvent = Annotated[
    PointsAccountOpened | PointsAccountMoved | KeeperNamed | ExpiryNoticed | PointsEvent,
    Field(discriminator="type"),
]
