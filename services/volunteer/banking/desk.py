"""From a form about an account to a command to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.account.commands import BarVolunteer, MoveAccount, OpenAccount
from services.volunteer.account.decider import account
from services.volunteer.account.state import Account
from services.volunteer.account.stream import account_of
from services.volunteer.account.time_commands import TransferOut
from services.volunteer.account_file import account_file, no_such_account
from services.volunteer.banking.forms import Bar, Leaving, Move, NewAccount
from services.volunteer.homing import community_of, home_of
from services.volunteer.service import Volunteers
from shared.core.access import Thing, action_of
from shared.core.messages import Actor, Command, Forbidden
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.store.load import Answer

StepForm = Leaving | Bar | Move


class AccountDesk:
    """Takes forms about accounts to the log."""

    def __init__(self, service: Volunteers) -> None:
        self._service = service

    async def open(self, form: NewAccount, asking: Asking) -> Answer:
        """Keep somebody's time."""
        return await asking.first_or(self._opened(form, asking), self._service.executor)

    async def step(self, person: UUID, form: StepForm, asking: Asking) -> Answer:
        """One change of an account. Raises Problem (404) where there is none for this actor."""
        return await asking.first_or(self._stepped(person, form, asking), self._service.executor)

    async def seen(self, person: UUID, actor: Actor, action: str) -> Account:
        """The account, for whoever may do this to it. Raises Problem (404), and Forbidden for a
        role that may not do it to any."""
        state = await account_file(self._service, person)
        await self._service.map.fresh()
        self.check(person, state.territory, actor, action)
        if state.status == "new":
            raise no_such_account(person)
        return state

    def check(self, person: UUID, home: str, actor: Actor, action: str) -> None:
        """Raises Problem (404) for an account at home elsewhere, Forbidden as `seen` does."""
        thing = Thing((home,) if home else (), owner=str(person))
        try:
            ACCESS.check(actor, action, thing, self._service.map.within)
        except Forbidden as no:
            if no.code == "role_missing":
                raise
            raise no_such_account(person) from no

    async def _opened(self, form: NewAccount, asking: Asking) -> Answer:
        service, person = self._service, form.person
        await service.map.known(form.territory)
        home = await home_of(service, person, form.territory)
        asked = OpenAccount(at=datetime.now(UTC), actor=asking.actor, person=person, territory=home)
        return await self._sent(person, asked, asking)

    async def _stepped(self, person: UUID, form: StepForm, asking: Asking) -> Answer:
        actor = asking.actor
        state = await self.seen(person, actor, action_of(COMMANDS[type(form)]))
        known: dict[str, Any] = {"at": datetime.now(UTC), "actor": actor}
        return await self._sent(person, await self._command(form, state, known), asking)

    async def _command(self, form: StepForm, state: Account, known: dict[str, Any]) -> Command:
        service = self._service
        match form:
            case Leaving(place=place):
                return TransferOut(place=place, **known)
            case Bar(until=until, reason=reason):
                rules = await service.rules(state.territory)
                return BarVolunteer(until=until, reason=reason, rules=rules, **known)
            case Move(territory=territory):
                await service.map.known(territory)
                return MoveAccount(territory=community_of(service, territory), **known)

    async def _sent(self, person: UUID, asked: Command, asking: Asking) -> Answer:
        target = Target(account, account_of(person))
        return await self._service.executor.execute(single(target, asked, asking.identity))


COMMANDS: dict[type[StepForm], type[Command]] = {
    Leaving: TransferOut,
    Bar: BarVolunteer,
    Move: MoveAccount,
}
