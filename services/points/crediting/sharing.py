"""From a form about points for somebody at home to one command over two accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from services.points.account.commands import TransferPoints
from services.points.account.decider import account
from services.points.account.sharing import transfer
from services.points.account.stream import account_of
from services.points.crediting.desk import AccountDesk
from services.points.crediting.forms import Transfer
from services.points.crediting.named import Named
from services.points.queries.homes import Homes
from services.points.service import PointsService
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.runtime.commands.submission import Submission, Target
from shared.runtime.web.asking import Asking
from shared.store.load import Answer


class SharingDesk:
    """Takes what people give each other to the log: both sides of it, or neither."""

    def __init__(self, service: PointsService) -> None:
        self._service = service
        self._accounts = AccountDesk(service)

    async def transfer(self, named: Named, form: Transfer, asking: Asking) -> Answer:
        """Points for another account of the household. Raises Problem (404) where the giver's is
        none for this actor."""
        return await asking.first_or(self._sent(named, form, asking), self._service.executor)

    async def _sent(self, named: Named, form: Transfer, asking: Asking) -> Answer:
        service, now, other = self._service, datetime.now(UTC), (form.kind, form.to)
        if other == named:  # one stream cannot be both sides
            raise Rejected("transfer_to_oneself", "name another account", "to")
        giver = await self._accounts.seen(named, asking.actor, "transfer_points")
        asked = TransferPoints(
            at=now,
            actor=asking.actor,
            asked_on=day_of(now),
            keeper=giver.keeper or named[1],
            home=giver.territory,
            kind=form.kind,
            to=form.to,
            points=form.points,
            same_household=await self._together(named, other),
            rules=await service.rules(giver.territory, now),
        )
        # The giver's account comes last: the receipt is its own.
        targets = tuple(Target(account, account_of(*one)) for one in (other, named))
        submission = Submission(
            asking.identity, asked, targets, lambda states: transfer(asked, states[::-1])[::-1]
        )
        return await service.executor.execute(submission)

    async def _together(self, one: Named, other: Named) -> bool:
        household = await self._household(*one)
        return household is not None and household == await self._household(*other)

    async def _household(self, kind: str, holder: UUID) -> UUID | None:
        if kind == "household":
            return holder
        known = await Homes(self._service.pool).of(holder)
        return known.household if known and known.merged_into is None else None
