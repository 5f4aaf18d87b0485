"""From a form about something chosen to one command over three streams."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from services.points.access import ACCESS
from services.points.account.decider import account
from services.points.account.state import Account
from services.points.account.stream import account_of
from services.points.files import no_such, state_of
from services.points.log import LOG
from services.points.queries.redemptions import Redemptions
from services.points.redemption import together
from services.points.redemption.commands import CancelRedemption, RequestRedemption
from services.points.redemption.decider import Redemption, redemption
from services.points.service import PointsService
from services.points.shop.decider import shop
from services.points.shopping.forms import Choice
from services.points.stock.decider import stock
from services.points.stock.state import Stock
from shared.core.access import Thing, action_of
from shared.core.local_time import day_of
from shared.core.messages import Actor, Forbidden, Rejected
from shared.runtime.commands.because import Because, because
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.runtime.web.asking import Asking
from shared.store.load import Answer


class ShoppingDesk:
    """Takes what people choose to the log."""

    def __init__(self, service: PointsService) -> None:
        self._service = service

    async def choose(self, form: Choice, asking: Asking) -> Answer:
        """Put something aside. Raises Rejected."""
        return await asking.first_or(self._chosen(form, asking), self._service.executor)

    async def cancel(self, one: UUID, asking: Asking) -> Answer:
        """Let it be free again. Raises Problem (404) where there is none for this actor."""
        return await asking.first_or(self._cancelled(one, asking), self._service.executor)

    async def _chosen(self, form: Choice, asking: Asking) -> Answer:
        service, now = self._service, datetime.now(UTC)
        ACCESS.check_role(asking.actor, action_of(RequestRedemption))
        holder = form.holder or asking.actor.person
        if holder is None:
            raise Rejected("holder_missing", "say for whom it is", "holder")
        payer = await state_of(service.pool, account, account_of(form.kind, holder))
        item = await self._offered(form.item)
        asked = await self._asked(form, (payer, item), asking.actor, now)
        one, digest = await self._with_code(asked.shop)
        asked = replace(asked, digest=digest)
        targets = (
            Target(together.PAYING, account_of(form.kind, holder)),
            Target(together.STOCK, form.item),
            Target(redemption, one),
        )
        decide: Any = partial(together.requested, asked, one)
        submission = Submission(asking.identity, asked, targets, decide)
        cause = await _first_lot(service, payer, asked)
        return await service.executor.execute(submission.answering(cause))

    async def _asked(
        self, form: Choice, known: tuple[Account, Stock], actor: Actor, now: datetime
    ) -> RequestRedemption:
        """Raises Rejected, and Forbidden for an account that is not theirs to spend from."""
        service, (payer, item) = self._service, known
        if payer.keeper is None or payer.holder is None:
            raise Rejected("no_account", "nothing is kept for them yet", "holder")
        await service.map.fresh()
        thing = Thing((payer.territory,), owner=payer.owner)
        ACCESS.check(actor, action_of(RequestRedemption), thing, service.map.within)
        rules = await service.rules(item.territory, now)
        assert item.shop is not None
        return RequestRedemption(
            at=now, actor=actor, asked_on=day_of(now), kind=payer.kind, holder=payer.holder,
            keeper=payer.keeper, shop=item.shop, item=form.item, territory=item.territory,
            quantity=form.quantity, seen=form.points,
            due=now + timedelta(hours=rules.pickup_hours), digest="", rules=rules,
        )  # fmt: skip

    async def _offered(self, item: UUID) -> Stock:
        state = await state_of(self._service.pool, stock, item)
        if state.shop is None:
            raise Rejected("no_such_item", f"no shop offers an item {item}", "item")
        if (await state_of(self._service.pool, shop, state.shop)).status != "open":
            raise Rejected("shop_is_closed", "the shop puts nothing aside now", "item")
        return state

    async def _with_code(self, at: UUID) -> tuple[UUID, str]:
        """A new redemption, and what its code is known by: nothing else waits under it there."""
        codes, others = self._service.codes, Redemptions(self._service.pool)
        while True:
            one = uuid7()
            digest = codes.digest(codes.of(one))
            if await others.by_digest(digest, at) is None:
                return one, digest

    async def _cancelled(self, one: UUID, asking: Asking) -> Answer:
        found = await standing(self._service, one, asking.actor, action_of(CancelRedemption))
        now = datetime.now(UTC)
        own = str(found.request.keeper) == asking.actor.id
        asked = CancelRedemption(
            at=now, actor=asking.actor, asked_on=day_of(now),
            reason="own_request" if own else "not_there",
        )  # fmt: skip
        return await step(self._service, one, found, asked, asking.identity)


async def standing(service: PointsService, one: UUID, actor: Actor, action: str) -> Redemption:
    """The redemption, for whoever may do this to it. Raises Problem (404), and Forbidden for a role
    that may not do it to any."""
    found = await state_of(service.pool, redemption, one)
    await service.map.fresh()
    told = found.asked
    thing = Thing((told.territory,), owner=str(told.keeper)) if told else Thing(("",))
    try:
        ACCESS.check(actor, action, thing, service.map.within)
    except Forbidden as no:
        if no.code == "role_missing":
            raise
        raise no_such("redemption", one) from no
    if told is None:
        raise no_such("redemption", one)
    return found


async def step(
    service: PointsService, one: UUID, found: Redemption, asked: Any, identity: Identity
) -> Answer:
    """One step over the three streams; it answers to the request. Raises Rejected."""
    told = found.request
    targets = (
        Target(together.FOLLOWING, account_of(told.kind, told.holder)),
        Target(together.STOCK, told.item),
        Target(redemption, one),
    )
    decide: Any = partial(together.stepped, asked, one)
    cause = await because(service.pool, LOG, one, 1)
    submission = Submission(identity, asked, targets, decide)
    return await service.executor.execute(submission.answering(cause))


async def _first_lot(
    service: PointsService, payer: Account, asked: RequestRedemption
) -> Because | None:
    """How the first of the points came that pay for it; another may be the first by the time it is
    decided: then the parts in the log say so."""
    lots = payer.spendable(asked.asked_on)
    if not lots:
        return None
    origin = lots[0].origin or lots[0].number
    return await because(service.pool, LOG, account_of(asked.kind, asked.holder), origin)
