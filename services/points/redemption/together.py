"""A step of a redemption over its three streams: the account that pays, the stock that it comes
from, and the redemption itself.

Who may ask is decided by the redemption, and for a request by the account, too; the stock follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.points.account.commands import (
    AccountCommand,
    HoldPoints,
    Limit,
    RedeemPoints,
    RefundPoints,
    ReleasePoints,
)
from services.points.account.decider import account
from services.points.account.state import Account
from services.points.redemption.commands import (
    CancelRedemption,
    FulfilRedemption,
    LapseRedemption,
    RedemptionCommand,
    RequestRedemption,
    ReturnRedemption,
)
from services.points.redemption.decider import redemption
from services.points.stock.commands import (
    HandOverStock,
    HoldStock,
    ReleaseStock,
    StockCommand,
    TakeBackStock,
)
from services.points.stock.decider import stock
from services.points.stock.state import Stock
from shared.core.access import Thing
from shared.core.decider import Decider
from shared.core.messages import Event, Rejected

Together = list[Sequence[Event]]


def _follows(decider: Decider[Any, Any, Any]) -> Decider[Any, Any, Any]:
    return replace(decider, concerns=lambda command, _: Thing(owner=command.actor.id))


def _payer(_: Any, state: Account) -> Thing:
    return Thing((state.territory,) if state.territory else (), owner=state.owner)


PAYING: Decider[Any, Any, Any] = replace(account, concerns=_payer)
FOLLOWING = _follows(account)
STOCK = _follows(stock)


def requested(command: RequestRedemption, one: UUID, states: Sequence[Any]) -> Together:
    """Points and pieces put aside, or neither. Raises Rejected."""
    payer, shelf, new = states
    cost = _cost(command, shelf)
    if cost != command.seen:
        raise Rejected("price_changed", f"it costs {cost} points now", "points")
    if payer.status == "new":
        raise Rejected("no_account", "nothing is kept for them yet", "holder")
    hold = HoldStock(at=command.at, actor=command.actor, redemption=one, quantity=command.quantity)
    pieces = stock.decide(hold, shelf)
    return [account.decide(_hold(command, one, shelf), payer), pieces,
            redemption.decide(command, new)]  # fmt: skip


def stepped(
    command: FulfilRedemption | CancelRedemption | LapseRedemption | ReturnRedemption,
    one: UUID,
    states: Sequence[Any],
) -> Together:
    """What the step does to the account, to the stock and to the redemption. Raises Rejected."""
    payer, shelf, standing = states
    own = redemption.decide(command, standing)
    paying, giving = _following(command, one, own[0])
    return [account.decide(paying, payer), stock.decide(giving, shelf), own]


def _following(
    command: RedemptionCommand, one: UUID, event: Any
) -> tuple[AccountCommand, StockCommand]:
    known: dict[str, Any] = {"at": command.at, "actor": command.actor}
    paying: dict[str, Any] = {**known, "hold": one, "asked_on": command.asked_on}
    match command:
        case FulfilRedemption():
            return RedeemPoints(**paying), HandOverStock(redemption=one, **known)
        case ReturnRedemption(quantity=quantity, usable=usable, rules=rules):
            back = RefundPoints(points=event.points, rules=rules, **paying)
            taken = TakeBackStock(redemption=one, quantity=quantity, usable=usable, **known)
            return back, taken
        case _:
            return ReleasePoints(**paying), ReleaseStock(redemption=one, **known)


def _cost(command: RequestRedemption, shelf: Stock) -> int:
    if command.quantity <= 0:
        raise Rejected("quantity_not_positive", "name at least one", "quantity")
    if shelf.status != "listed" or shelf.shop != command.shop:
        raise Rejected("no_such_item", "the shop does not offer it", "item")
    price = shelf.price(command.asked_on)
    if price is None:
        raise Rejected("no_price_today", "it has no price today", "item")
    return price * command.quantity


def _hold(command: RequestRedemption, one: UUID, shelf: Stock) -> HoldPoints:
    most = shelf.most
    return HoldPoints(
        at=command.at, actor=command.actor, asked_on=command.asked_on, hold=one,
        points=command.seen, item=command.item, quantity=command.quantity, rules=command.rules,
        limit=Limit(quantity=most.quantity, per=most.per) if most else None,
    )  # fmt: skip
