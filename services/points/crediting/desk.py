"""From a form about an account to a command to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.points.access import ACCESS
from services.points.account.commands import (
    MovePointsAccount,
    NameKeeper,
    OpenPointsAccount,
    ReversePoints,
)
from services.points.account.decider import account
from services.points.account.state import Account
from services.points.account.stream import account_of
from services.points.account_file import account_file, no_such_account
from services.points.crediting.forms import Keeping, Move, NewAccount
from services.points.crediting.named import Named
from services.points.homing import community_of, home_of
from services.points.queries.homes import Homes
from services.points.service import PointsService
from services.points.words import ReversalReason
from shared.core.access import Thing
from shared.core.local_time import day_of
from shared.core.messages import Actor, Command, Forbidden, Rejected
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.store.load import Answer


class AccountDesk:
    """Takes forms about accounts to the log."""

    def __init__(self, service: PointsService) -> None:
        self._service = service

    async def open(self, form: NewAccount, asking: Asking) -> Answer:
        """Keep the points of a person or a household. Raises Rejected for a keeper who does not
        live in it, by the register."""
        return await asking.first_or(self._opened(form, asking), self._service.executor)

    async def change(self, named: Named, form: Move | Keeping, asking: Asking) -> Answer:
        """Another home, another keeper. Raises Problem (404) where there is none for this actor."""
        return await asking.first_or(self._changed(named, form, asking), self._service.executor)

    async def reverse(
        self, named: Named, what: tuple[int, ReversalReason], asking: Asking
    ) -> Answer:
        """Take back what this lot brought. Raises Problem (404)."""
        return await asking.first_or(self._reversed(named, what, asking), self._service.executor)

    async def seen(self, named: Named, actor: Actor, action: str) -> Account:
        """The account, for whoever may do this to it. Raises Problem (404), and Forbidden for a
        role that may not do it to any."""
        state = await account_file(self._service, *named)
        await self._service.map.fresh()
        self.check(named, (state.territory, state.owner), actor, action)
        if state.status == "new":
            raise no_such_account(named[1])
        return state

    def check(self, named: Named, where: tuple[str, str | None], actor: Actor, action: str) -> None:
        """`where` is the account's home, and whose own it is. Raises Problem (404) for one that is
        not theirs to see, Forbidden for a role to which none is."""
        home, owner = where
        thing = Thing((home,) if home else (), owner=owner)
        try:
            ACCESS.check(actor, action, thing, self._service.map.within)
        except Forbidden as no:
            if no.code == "role_missing":
                raise
            raise no_such_account(named[1]) from no

    async def sent(self, named: Named, asked: Command, asking: Asking) -> Answer:
        """One command to one account."""
        target = Target(account, account_of(*named))
        return await self._service.executor.execute(single(target, asked, asking.identity))

    async def _opened(self, form: NewAccount, asking: Asking) -> Answer:
        service, keeper = self._service, form.keeper or form.holder
        await service.map.known(form.territory)
        if form.kind == "household":
            await self._lives_there(keeper, form.holder)
        asked = OpenPointsAccount(
            at=datetime.now(UTC),
            actor=asking.actor,
            kind=form.kind,
            holder=form.holder,
            keeper=keeper,
            territory=await home_of(service, keeper, form.territory),
        )
        return await self.sent((form.kind, form.holder), asked, asking)

    async def _changed(self, named: Named, form: Move | Keeping, asking: Asking) -> Answer:
        known: dict[str, Any] = {"at": datetime.now(UTC), "actor": asking.actor}
        if isinstance(form, Move):
            await self.seen(named, asking.actor, "move_points_account")
            await self._service.map.known(form.territory)
            home = community_of(self._service, form.territory)
            return await self.sent(named, MovePointsAccount(territory=home, **known), asking)
        await self.seen(named, asking.actor, "name_keeper")
        if named[0] == "household":
            await self._lives_there(form.keeper, named[1])
        return await self.sent(named, NameKeeper(keeper=form.keeper, **known), asking)

    async def _reversed(
        self, named: Named, what: tuple[int, ReversalReason], asking: Asking
    ) -> Answer:
        await self.seen(named, asking.actor, "reverse_points")
        now, (lot, reason) = datetime.now(UTC), what
        asked = ReversePoints(
            at=now, actor=asking.actor, asked_on=day_of(now), lot=lot, reason=reason
        )
        return await self.sent(named, asked, asking)

    async def _lives_there(self, person: UUID, household: UUID) -> None:
        known = await Homes(self._service.pool).of(person)
        if known is None or known.household != household:
            detail = "by the register they live elsewhere: name one of the household"
            raise Rejected("not_of_household", detail, "keeper")
