"""From a form about a shop, or about what is on its shelves, to a command to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.points.access import ACCESS
from services.points.files import no_such, state_of
from services.points.homing import community_of
from services.points.service import PointsService
from services.points.shop.commands import OpenShop
from services.points.shop.decider import shop
from services.points.shopkeeping.forms import (
    ITEM_STEPS,
    SHOP_STEPS,
    ItemChange,
    NewItem,
    NewShop,
    Pricing,
)
from services.points.stock.commands import ListItem, PriceItem
from services.points.stock.decider import stock
from services.points.stock.events import Most
from services.points.stock.pricing import Price
from shared.core.access import Thing, action_of
from shared.core.local_time import day_of
from shared.core.messages import Actor, Command, Forbidden
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.forms import Sent
from shared.store.load import Answer


class ShopDesk:
    """Takes what those say who keep a shop."""

    def __init__(self, service: PointsService) -> None:
        self._service = service

    async def open(self, form: NewShop, asking: Asking) -> Answer:
        """Open a shop."""
        return await asking.first_or(self._opened(form, asking), self._service.executor)

    async def offer(self, shop_id: UUID, form: NewItem, asking: Asking) -> Answer:
        """Offer an item. Raises Problem (404) where there is no such shop for this actor."""
        return await asking.first_or(self._offered(shop_id, form, asking), self._service.executor)

    async def shop_step(self, shop_id: UUID, verb: str, form: Sent, asking: Asking) -> Answer:
        """One change of a shop. Raises Problem (404)."""
        command = SHOP_STEPS[verb].command
        attempt = self._stepped((shop, "shop", shop_id), command, form, asking)
        return await asking.first_or(attempt, self._service.executor)

    async def item_step(self, item: UUID, verb: str, form: Sent, asking: Asking) -> Answer:
        """One change of an item. Raises Problem (404)."""
        command = ITEM_STEPS[verb].command
        attempt = self._stepped((stock, "item", item), command, form, asking)
        return await asking.first_or(attempt, self._service.executor)

    async def _opened(self, form: NewShop, asking: Asking) -> Answer:
        service = self._service
        await service.map.known(form.territory)
        place = community_of(service, form.territory)
        told = form.model_dump(exclude={"territory"})
        asked = OpenShop(territory=place, **told, **_meant(asking))
        submission = single(Target(shop, uuid7()), asked, asking.identity, fresh=True)
        return await service.executor.execute(submission)

    async def _offered(self, shop_id: UUID, form: NewItem, asking: Asking) -> Answer:
        place = await self._place((shop, "shop", shop_id), asking.actor, action_of(ListItem))
        told = form.model_dump(include={"name", "unit", "category"})
        asked = ListItem(
            shop=shop_id, territory=place, price=Price(**form.price.model_dump()),
            most=_most(form), **told, **_meant(asking),
        )  # fmt: skip
        submission = single(Target(stock, uuid7()), asked, asking.identity, fresh=True)
        return await self._service.executor.execute(submission)

    async def _stepped(
        self, thing: tuple[Any, str, UUID], command: type[Command], form: Sent, asking: Asking
    ) -> Answer:
        decider, _, stream = thing
        await self._place(thing, asking.actor, action_of(command))
        asked = command(**_told(form, command), **_meant(asking))
        submission = single(Target(decider, stream), asked, asking.identity)
        return await self._service.executor.execute(submission)

    async def _place(self, thing: tuple[Any, str, UUID], actor: Actor, action: str) -> str:
        """Where it is, for whoever may do this there. Raises Problem (404), and Forbidden for a
        role that may not do it anywhere."""
        decider, kind, stream = thing
        state = await state_of(self._service.pool, decider, stream)
        await self._service.map.fresh()
        place = decider.territory(state)
        about = Thing((place,)) if place else Thing(("",))
        try:
            ACCESS.check(actor, action, about, self._service.map.within)
        except Forbidden as no:
            if no.code == "role_missing":
                raise
            raise no_such(kind, stream) from no
        if not place:
            raise no_such(kind, stream)
        return str(place)


def _told(form: Sent, command: type[Command]) -> dict[str, Any]:
    told = form.model_dump(exclude={"price", "most"})
    if isinstance(form, Pricing):
        told["price"] = Price(**form.price.model_dump())
    if isinstance(form, ItemChange):
        told["most"] = _most(form)
    if command is PriceItem:
        told["asked_on"] = day_of(datetime.now(UTC))
    return told


def _most(form: NewItem | ItemChange) -> Most | None:
    return Most(**form.most.model_dump()) if form.most else None


def _meant(asking: Asking) -> dict[str, Any]:
    return {"at": datetime.now(UTC), "actor": asking.actor}
