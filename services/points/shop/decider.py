"""The life of a shop: opened, changed, closed, opened again."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import assert_never

from services.points.shop.commands import (
    ChangeShop,
    CloseShop,
    OpenShop,
    ReopenShop,
    ShopCommand,
)
from services.points.shop.events import (
    ShopChanged,
    ShopClosed,
    ShopEvent,
    ShopOpened,
    ShopReopened,
)
from services.points.shop.upcasters import UPCASTERS
from services.points.shop.words import ShopStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected
from shared.core.state import replace


@dataclass(frozen=True)
class Shop:
    """A shop as it is decided on."""

    status: ShopStatus = "new"
    territory: str = ""


ALLOWED: Mapping[type[ShopCommand], Set[ShopStatus]] = {
    OpenShop:   {"new"},
    ChangeShop: {"open", "closed"},
    CloseShop:  {"open"},
    ReopenShop: {"closed"},
}  # fmt: skip


def decide(command: ShopCommand, shop: Shop) -> list[ShopEvent]:
    """The events a command leads to. Raises Rejected."""
    if shop.status not in ALLOWED[type(command)]:
        detail = "there is no such shop" if shop.status == "new" else f"the shop is {shop.status}"
        raise Rejected(f"shop_is_{shop.status}", detail)
    match command:
        case OpenShop(at=at, territory=territory, name=name, place=place, hours=hours):
            return [ShopOpened(at=at, territory=territory, name=name, place=place, hours=hours)]
        case ChangeShop(at=at, name=name, place=place, hours=hours):
            return [ShopChanged(at=at, name=name, place=place, hours=hours)]
        case CloseShop(at=at):
            return [ShopClosed(at=at)]
        case ReopenShop(at=at):
            return [ShopReopened(at=at)]
        case _:
            assert_never(command)


def evolve(shop: Shop, event: ShopEvent) -> Shop:
    """The shop after the event."""
    match event:
        case ShopOpened(territory=territory):
            return Shop("open", territory)
        case ShopChanged():
            return shop
        case ShopClosed():
            return replace(shop, status="closed")
        case ShopReopened():
            return replace(shop, status="open")
        case _:
            assert_never(event)


def concerns(command: ShopCommand, shop: Shop) -> Thing:
    """Where it is, or is going to be."""
    place = command.territory if isinstance(command, OpenShop) else shop.territory
    return Thing((place,) if place else ())


shop: Decider[ShopCommand, Shop, ShopEvent] = Decider(
    category="shop",
    initial=Shop(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(ShopEvent, UPCASTERS),
    concerns=concerns,
)
