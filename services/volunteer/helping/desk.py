"""From a form to a command about help to the log."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.account.decider import account
from services.volunteer.account.stream import account_of
from services.volunteer.help import payment
from services.volunteer.help.commands import (
    AcceptHelp,
    AskHelp,
    ConfirmHelp,
    DeclineHelp,
    DropHelp,
    FinishHelp,
    HelpCommand,
    WithdrawHelp,
)
from services.volunteer.help.decider import help_request
from services.volunteer.help.state import Help
from services.volunteer.helping import views
from services.volunteer.helping.file import no_such_help, opened, person_of
from services.volunteer.helping.forms import Confirm, Request, Step
from services.volunteer.queries.helps import Helps
from services.volunteer.service import Volunteers
from shared.core.access import Thing, action_of
from shared.core.messages import Actor, Rejected
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Submission, Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.forms import Form
from shared.store.load import Answer

# What a volunteer says for themselves.
OF_VOLUNTEERS = (AcceptHelp, DeclineHelp, FinishHelp)


class HelpDesk:
    """Takes forms about help to the log."""

    def __init__(self, service: Volunteers) -> None:
        self._service = service
        self._helps = Helps(service.pool)

    async def ask(self, form: Request, asking: Asking) -> Answer:
        """Ask for help. Raises Problem (503) where an age is needed and nobody answers."""
        return await asking.first_or(self._asked(form, asking), self._service.executor)

    async def step(self, help_id: UUID, step: Step, form: Form, asking: Asking) -> Answer:
        """One step of a request. Raises Problem (404) when there is none for this actor."""
        attempt = self._stepped(help_id, step, form, asking)
        return await asking.first_or(attempt, self._service.executor)

    async def _asked(self, form: Request, asking: Asking) -> Answer:
        service, meant = self._service, form.meant(asking.actor)
        requester = form.person or person_of(asking.actor)
        if requester is None:
            raise Rejected("person_missing", "say who needs help", "person")
        territory = form.territory or await self._helps.home(requester)
        if territory is None:
            raise Rejected("territory_missing", "say where help is needed", "territory")
        await service.map.known(territory)
        ACCESS.check(asking.actor, action_of(AskHelp), Thing((territory,), owner=str(requester)),
                     service.map.within)  # fmt: skip
        rules = await service.rules(territory, meant["at"])
        elder = False
        if form.paid == "account" and rules.opens_age is not None:
            elder = (await service.register.bond(requester, requester, rules.opens_age)).elder
        sealed = await service.sealer.seal(requester, form.personal())
        given = form.model_dump(include={"service", "minutes", "day", "since", "care", "paid"})
        asked = AskHelp(
            requester=requester, territory=territory, rules=rules, elder=elder,
            words=sealed.get("words"), pool=self._pool(territory), **given, **meant,
        )  # fmt: skip
        help_id = uuid7()
        request = Target(help_request, help_id)
        if form.paid == "pool":
            return await service.executor.execute(single(request, asked, asking.identity))
        # The account is checked by itself here: a counter asks for people of its own places only.
        targets = (Target(account, account_of(requester)), request)
        decide: Any = partial(payment.asked, asked, help_id)
        return await service.executor.execute(Submission(asking.identity, asked, targets, decide))

    async def _stepped(self, help_id: UUID, step: Step, form: Form, asking: Asking) -> Answer:
        service, meant = self._service, form.meant(asking.actor)
        found = await opened(service, help_id)
        await service.map.fresh()
        self._check_seen(help_id, found, asking.actor)
        known: dict[str, Any] = form.model_dump(exclude={"occurred_at", "late_reason", "words"})
        known |= await service.sealer.seal(found.request.requester, form.personal()) | meant
        if step.command in OF_VOLUNTEERS:
            known["volunteer"] = self._own(asking.actor)
        if isinstance(form, Confirm):
            known |= await self._confirming(found, form)
        asked = step.command(**known)
        submission = submission_of(asked, help_id, found, asking)
        return await service.executor.execute(submission)

    async def _confirming(self, found: Help, form: Confirm) -> dict[str, Any]:
        if found.volunteer is None or found.done is None:
            raise Rejected(f"help_is_{found.status}", "nobody says yet that it is done")
        home = await self._helps.home(found.volunteer)
        return {
            "helper": found.volunteer,
            "home": home or found.territory,
            "minutes": found.done.minutes if form.minutes is None else form.minutes,
            "rules": await self._service.rules(found.territory),
        }

    def _pool(self, territory: str) -> str:
        """The pool that pays there: that of the community."""
        return self._service.map.boundaries().at_level(territory, "community") or territory

    def _own(self, actor: Actor) -> UUID:
        person = person_of(actor)
        if person is None:
            raise Rejected("person_missing", "only a person helps", "volunteer")
        return person

    def _check_seen(self, help_id: UUID, found: Help, actor: Actor) -> None:
        row = {
            "status": found.status,
            "requester": found.request.requester,
            "volunteer": found.volunteer,
            "territory": found.territory,
        }
        if not views.may_read(self._service, row, actor):
            raise no_such_help(help_id)


def submission_of(asked: HelpCommand, help_id: UUID, found: Help, asking: Asking) -> Submission:
    """What this step touches: the request alone, or what is paid with it, too."""
    request = Target(help_request, help_id)
    payer = Target(payment.FOLLOWING, account_of(found.request.requester))
    decide: Any
    if isinstance(asked, ConfirmHelp):
        helper = Target(payment.FOLLOWING, account_of(asked.helper))
        decide = partial(payment.confirmed, asked, help_id)
        return Submission(asking.identity, asked, (payer, helper, request), decide)
    if isinstance(asked, WithdrawHelp | DropHelp) and found.request.paid == "account":
        decide = partial(payment.ended, asked, help_id)
        return Submission(asking.identity, asked, (payer, request), decide)
    return single(request, asked, asking.identity)
