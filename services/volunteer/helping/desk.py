"""From a form to a command about help to the log."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.account.stream import account_of
from services.volunteer.help import payment
from services.volunteer.help.commands import (
    AcceptHelp,
    AskHelp,
    DeclineHelp,
    FinishHelp,
)
from services.volunteer.help.decider import help_request
from services.volunteer.help.state import Help
from services.volunteer.helping import views
from services.volunteer.helping.file import no_such_help, opened, person_of
from services.volunteer.helping.forms import Confirm, Request, Step
from services.volunteer.helping.paying import submission_of
from services.volunteer.homing import community_of, home_of
from services.volunteer.queries.helps import Helps
from services.volunteer.rules.book import VolunteerRules
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
        service = self._service
        asked = await self._ask(form, asking.actor)
        help_id = uuid7()
        request = Target(help_request, help_id)
        if asked.paid == "pool":
            return await service.executor.execute(single(request, asked, asking.identity))
        # The account is checked by itself here: a counter asks for people of its own places only.
        targets = (Target(payment.ASKED, account_of(asked.requester)), request)
        decide: Any = partial(payment.asked, asked, help_id)
        return await service.executor.execute(Submission(asking.identity, asked, targets, decide))

    async def _ask(self, form: Request, actor: Actor) -> AskHelp:
        service, meant = self._service, form.meant(actor)
        requester = form.person or person_of(actor)
        if requester is None:
            raise Rejected("person_missing", "say who needs help", "person")
        territory = form.territory or await self._helps.home(requester)
        if territory is None:
            raise Rejected("territory_missing", "say where help is needed", "territory")
        await service.map.known(territory)
        thing = Thing((territory,), owner=str(requester))
        ACCESS.check(actor, action_of(AskHelp), thing, service.map.within)
        rules = await service.rules(territory, meant["at"])
        given = form.model_dump(include={"service", "minutes", "day", "since", "care", "paid"})
        sealed = await service.sealer.seal(requester, form.personal())
        return AskHelp(
            requester=requester,
            territory=territory,
            rules=rules,
            elder=form.paid == "account" and await self._is_elder(requester, rules),
            words=sealed.get("words"),
            pool=community_of(service, territory),
            **given,
            **meant,
        )

    async def _is_elder(self, person: UUID, rules: VolunteerRules) -> bool:
        """Whether they are known to be as old as the rules ask; they ask for no age in most."""
        if rules.opens_age is None:
            return False
        return await self._service.register.of_age(person, rules.opens_age)

    async def _stepped(self, help_id: UUID, step: Step, form: Form, asking: Asking) -> Answer:
        service, meant = self._service, form.meant(asking.actor)
        found = await opened(service, help_id)
        await service.map.fresh()
        self._check_seen(help_id, found, asking.actor)
        self._check_may(step, found, asking.actor)
        known: dict[str, Any] = form.model_dump(exclude={"occurred_at", "late_reason", "words"})
        known |= await service.sealer.seal(found.request.requester, form.personal()) | meant
        if step.command in OF_VOLUNTEERS:
            known["volunteer"] = self._own(asking.actor)
        if isinstance(form, Confirm):
            known |= await self._confirming(found, form)
        asked = step.command(**known)
        submission = submission_of(asked, help_id, found, asking.identity)
        return await service.executor.execute(submission)

    async def _confirming(self, found: Help, form: Confirm) -> dict[str, Any]:
        if found.volunteer is None or found.done is None:
            raise Rejected(f"help_is_{found.status}", "nobody says yet that it is done")
        return {
            "helper": found.volunteer,
            "home": await home_of(self._service, found.volunteer, found.territory),
            "minutes": found.done.minutes if form.minutes is None else form.minutes,
            "rules": await self._service.rules(found.territory),
        }

    def _own(self, actor: Actor) -> UUID:
        person = person_of(actor)
        if person is None:
            raise Rejected("person_missing", "only a person helps", "volunteer")
        return person

    def _check_may(self, step: Step, found: Help, actor: Actor) -> None:
        """Who may not take the step is told so, and nothing of how the request stands."""
        owner = actor.id if step.command in OF_VOLUNTEERS else str(found.request.requester)
        thing = Thing((found.territory,), owner=owner)
        ACCESS.check(actor, action_of(step.command), thing, self._service.map.within)

    def _check_seen(self, help_id: UUID, found: Help, actor: Actor) -> None:
        row = {
            "status": found.status,
            "requester": found.request.requester,
            "volunteer": found.volunteer,
            "territory": found.territory,
        }
        if not views.may_read(self._service, row, actor):
            raise no_such_help(help_id)
