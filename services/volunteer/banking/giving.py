"""From a form about time for somebody else to one command over two streams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.volunteer.account.decider import account
from services.volunteer.account.giving import bequest, gift
from services.volunteer.account.state import Account
from services.volunteer.account.stream import account_of
from services.volunteer.account.time_commands import BequeathAccount, DonateTime, GiftTime
from services.volunteer.banking.desk import AccountDesk
from services.volunteer.banking.forms import Bequest, Donation, Gift
from services.volunteer.homing import community_of
from services.volunteer.pool.decider import pool
from services.volunteer.pool.donating import donation
from services.volunteer.pool.stream import stream_of
from services.volunteer.service import Volunteers
from shared.core.messages import Event, Rejected
from shared.runtime.commands.submission import Submission, Target
from shared.runtime.web.asking import Asking
from shared.store.load import Answer

Both = Callable[[Any, Sequence[Any]], list[Sequence[Event]]]


class GivingDesk:
    """Takes what people give to the log: both sides of it, or neither."""

    def __init__(self, service: Volunteers) -> None:
        self._service = service
        self._accounts = AccountDesk(service)

    async def gift(self, person: UUID, form: Gift, asking: Asking) -> Answer:
        """Time for a relative. Raises Problem (404) where the giver's account is none for this
        actor, Problem (503) while the register does not answer."""
        return await asking.first_or(self._gifted(person, form, asking), self._service.executor)

    async def donate(self, person: UUID, form: Donation, asking: Asking) -> Answer:
        """Time for a pool. Raises Problem (404)."""
        return await asking.first_or(self._donated(person, form, asking), self._service.executor)

    async def bequeath(self, person: UUID, form: Bequest, asking: Asking) -> Answer:
        """All the time of who died, for an heir. Raises Problem (404 or 503)."""
        attempt = self._bequeathed(person, form, asking)
        return await asking.first_or(attempt, self._service.executor)

    async def _gifted(self, person: UUID, form: Gift, asking: Asking) -> Answer:
        giver = await self._accounts.seen(person, asking.actor, "gift_time")
        _other(person, form.to, "to")
        judged = await self._judged(giver, asking)
        age = judged["rules"].opens_age
        bond = await self._service.register.bond(person, form.to, age)
        asked = GiftTime(
            giver=person,
            home=giver.territory,
            to=form.to,
            minutes=form.minutes,
            relation=bond.relation,
            elder=bond.elder,
            **judged,
        )
        return await self._between((person, form.to), asked, gift, asking)

    async def _bequeathed(self, person: UUID, form: Bequest, asking: Asking) -> Answer:
        giver = await self._accounts.seen(person, asking.actor, "bequeath_account")
        _other(person, form.heir, "heir")
        bond = await self._service.register.bond(person, form.heir)
        asked = BequeathAccount(
            giver=person,
            home=giver.territory,
            heir=form.heir,
            relation=bond.relation,
            **await self._judged(giver, asking),
        )
        return await self._between((person, form.heir), asked, bequest, asking)

    async def _donated(self, person: UUID, form: Donation, asking: Asking) -> Answer:
        service = self._service
        giver = await self._accounts.seen(person, asking.actor, "donate_time")
        code = await service.map.known(form.pool or giver.territory, field="pool")
        asked = DonateTime(
            at=datetime.now(UTC),
            actor=asking.actor,
            pool=community_of(service, code),
            minutes=form.minutes,
            giver=person,
            home=giver.territory,
        )
        # The account comes last: the receipt is its own.
        targets = Target(pool, stream_of(asked.pool)), Target(account, account_of(person))
        submission = Submission(
            asking.identity, asked, targets, lambda states: donation(asked, states)
        )
        return await service.executor.execute(submission)

    async def _between(
        self,
        people: tuple[UUID, UUID],
        asked: GiftTime | BequeathAccount,
        both: Both,
        asking: Asking,
    ) -> Answer:
        giver, other = (Target(account, account_of(one)) for one in people)
        submission = Submission(
            asking.identity, asked, (other, giver), lambda states: both(asked, states[::-1])[::-1]
        )
        return await self._service.executor.execute(submission)

    async def _judged(self, giver: Account, asking: Asking) -> dict[str, Any]:
        now = datetime.now(UTC)
        rules = await self._service.rules(giver.territory, now)
        return {"at": now, "actor": asking.actor, "rules": rules}


def _other(person: UUID, other: UUID, field: str) -> None:
    """One stream cannot be both sides. Raises Rejected."""
    if person == other:
        raise Rejected("gift_to_oneself", "name somebody else", field)
