"""The life of a redemption: put aside, handed over or free again, brought back."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from services.points.redemption.commands import (
    CancelRedemption,
    FulfilRedemption,
    LapseRedemption,
    RedemptionCommand,
    RequestRedemption,
    ReturnRedemption,
)
from services.points.redemption.events import (
    RedemptionCancelled,
    RedemptionEvent,
    RedemptionFulfilled,
    RedemptionRequested,
    RedemptionReturned,
)
from services.points.redemption.upcasters import UPCASTERS
from services.points.redemption.words import RedemptionStatus
from services.points.rules.lasting import later
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.core.state import replace


@dataclass(frozen=True)
class Redemption:
    """A redemption as it is decided on; `back` are the pieces that were brought back."""

    status: RedemptionStatus = "new"
    asked: RedemptionRequested | None = None
    handed_over: datetime | None = None
    back: int = 0

    @property
    def request(self) -> RedemptionRequested:
        """What was asked for; there is one once it is not new any more."""
        assert self.asked is not None
        return self.asked

    @property
    def territory(self) -> str:
        """Where the shop is; empty before."""
        return self.asked.territory if self.asked else ""


ALLOWED: Mapping[type[RedemptionCommand], Set[RedemptionStatus]] = {
    RequestRedemption: {"new"},
    FulfilRedemption:  {"held"},
    CancelRedemption:  {"held"},
    LapseRedemption:   {"held"},
    ReturnRedemption:  {"fulfilled"},
}  # fmt: skip


def decide(command: RedemptionCommand, redemption: Redemption) -> list[RedemptionEvent]:
    """The events a command leads to. Raises Rejected."""
    if redemption.status not in ALLOWED[type(command)]:
        raise Rejected(f"redemption_is_{redemption.status}", f"it is {redemption.status}")
    match command:
        case RequestRedemption():
            return [_requested(command)]
        case FulfilRedemption(at=at, shown=shown):
            return [_fulfilled(redemption.request, at, shown)]
        case CancelRedemption(at=at, reason=reason):
            return [_cancelled(redemption.request, at, reason)]
        case LapseRedemption(at=at):
            if at < redemption.request.due:
                raise Rejected("not_due", f"it is kept until {redemption.request.due}")
            return [_cancelled(redemption.request, at, "not_fetched")]
        case ReturnRedemption():
            return [_returned(command, redemption)]
        case _:
            assert_never(command)


def evolve(redemption: Redemption, event: RedemptionEvent) -> Redemption:
    """The redemption after the event."""
    match event:
        case RedemptionRequested():
            return replace(redemption, status="held", asked=event)
        case RedemptionFulfilled(at=at):
            return replace(redemption, status="fulfilled", handed_over=at)
        case RedemptionCancelled():
            return replace(redemption, status="cancelled")
        case RedemptionReturned(quantity=quantity):
            return replace(redemption, back=redemption.back + quantity)
        case _:
            assert_never(event)


def _requested(command: RequestRedemption) -> RedemptionRequested:
    return RedemptionRequested(
        at=command.at, kind=command.kind, holder=command.holder, keeper=command.keeper,
        territory=command.territory, shop=command.shop, item=command.item,
        quantity=command.quantity, points=command.seen, due=command.due, digest=command.digest,
    )  # fmt: skip


def _fulfilled(told: RedemptionRequested, at: datetime, shown: str) -> RedemptionFulfilled:
    about = {name: getattr(told, name) for name in ("territory", "shop", "item")}
    return RedemptionFulfilled(
        at=at, quantity=told.quantity, points=told.points, shown=shown, **about
    )


def _cancelled(told: RedemptionRequested, at: datetime, reason: str) -> RedemptionCancelled:
    return RedemptionCancelled(at=at, territory=told.territory, points=told.points, reason=reason)


def _returned(command: ReturnRedemption, redemption: Redemption) -> RedemptionReturned:
    """Raises Rejected for more than was given out, and after the days in which things may come
    back."""
    told, left = redemption.request, redemption.request.quantity - redemption.back
    if not 0 < command.quantity <= left:
        raise Rejected("more_than_given", f"{left} pieces were given out for it", "quantity")
    assert redemption.handed_over is not None
    last = later(day_of(redemption.handed_over), command.rules.refund_days)
    if command.asked_on > last:
        raise Rejected("too_late_to_return", f"things may come back until {last}", None)
    return RedemptionReturned(
        at=command.at, quantity=command.quantity,
        points=told.points // told.quantity * command.quantity,
        reason=command.reason, usable=command.usable,
    )  # fmt: skip


def concerns(command: RedemptionCommand, redemption: Redemption) -> Thing:
    """Where the shop is; it is the keeper's own."""
    if isinstance(command, RequestRedemption):
        return Thing((command.territory,), owner=str(command.keeper))
    told = redemption.asked
    return Thing((told.territory,), owner=str(told.keeper)) if told else Thing()


redemption: Decider[RedemptionCommand, Redemption, RedemptionEvent] = Decider(
    category="redemption",
    initial=Redemption(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(RedemptionEvent, UPCASTERS),
    concerns=concerns,
)
