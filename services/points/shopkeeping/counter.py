"""What is handed over at the counter, and what comes back to it."""

from __future__ import annotations

from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any
from uuid import UUID

from services.points.access import ACCESS
from services.points.files import no_such
from services.points.queries.redemptions import Redemptions
from services.points.queries.shops import Shops
from services.points.redemption.commands import FulfilRedemption, ReturnRedemption
from services.points.service import PointsService
from services.points.shopkeeping.forms import Back, HandOver
from services.points.shopping.desk import standing, step
from shared.core.access import Thing, action_of
from shared.core.local_time import day_of
from shared.core.messages import Actor, Forbidden, Rejected
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer


class Counter:
    """Gives out what was put aside, and takes things back."""

    def __init__(self, service: PointsService) -> None:
        self._service = service

    async def hand_over(self, one: UUID, form: HandOver, asking: Asking) -> Answer:
        """Hand over what waits. Raises Problem (404, or 429 after some wrong codes), and Rejected
        for a wrong code."""
        return await asking.first_or(self._handed_over(one, form, asking), self._service.executor)

    async def take_back(self, one: UUID, form: Back, asking: Asking) -> Answer:
        """Take pieces back. Raises Problem (404)."""
        return await asking.first_or(self._taken_back(one, form, asking), self._service.executor)

    async def look_up(self, shop: UUID, code: str, actor: Actor) -> Any:
        """What waits at this shop under a code. Raises Problem (404, or 429 after some wrong
        codes)."""
        service = self._service
        found = await Shops(service.pool).shop(shop)
        await service.map.fresh()
        place = Thing((found["territory"],) if found else ("",))
        try:
            ACCESS.check(actor, "look_up_code", place, service.map.within)
        except Forbidden as no:
            if no.code == "role_missing":
                raise
            raise no_such("shop", shop) from no
        await self._try(actor)
        row = await Redemptions(service.pool).by_digest(service.codes.digest(code), shop)
        if row is None:
            raise Problem(404, "no_such_code", "nothing waits here under this code")
        await service.attempts.forget(_guarded(actor))
        return row

    async def _handed_over(self, one: UUID, form: HandOver, asking: Asking) -> Answer:
        service, now = self._service, datetime.now(UTC)
        found = await standing(service, one, asking.actor, action_of(FulfilRedemption))
        if form.code is not None:
            await self._try(asking.actor)
            if not compare_digest(service.codes.of(one), form.code):
                raise Rejected("wrong_code", "this is not the code of it", "code")
            await service.attempts.forget(_guarded(asking.actor))
        asked = FulfilRedemption(
            at=now, actor=asking.actor, asked_on=day_of(now),
            shown="code" if form.code is not None else "person",
        )  # fmt: skip
        return await step(service, one, found, asked, asking.identity)

    async def _taken_back(self, one: UUID, form: Back, asking: Asking) -> Answer:
        service, now = self._service, datetime.now(UTC)
        found = await standing(service, one, asking.actor, action_of(ReturnRedemption))
        asked = ReturnRedemption(
            at=now, actor=asking.actor, asked_on=day_of(now), **form.model_dump(),
            rules=await service.rules(found.territory, now),
        )  # fmt: skip
        return await step(service, one, found, asked, asking.identity)

    async def _try(self, actor: Actor) -> None:
        """Each keeper has tries of their own."""
        if seconds := await self._service.attempts.take(_guarded(actor)):
            detail = f"too many wrong codes; try again in {seconds} seconds"
            raise Problem(
                429, "too_many_pickup_codes", detail, headers={"retry-after": str(seconds)}
            )


def _guarded(actor: Actor) -> str:
    return f"pickup-code {actor.id}"
