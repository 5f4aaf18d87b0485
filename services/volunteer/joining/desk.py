"""From a form about a volunteer to a command to the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.account.commands import OpenAccount
from services.volunteer.account.decider import account
from services.volunteer.account.state import Account
from services.volunteer.account.stream import account_of
from services.volunteer.files import state_of
from services.volunteer.joining.forms import Change, Ending, Registration
from services.volunteer.queries.volunteers import VolunteerQueries
from services.volunteer.service import Volunteers
from services.volunteer.volunteer.commands import ChangeVolunteer, EndVolunteer, RegisterVolunteer
from services.volunteer.volunteer.decider import Volunteer, concerns, volunteer
from services.volunteer.volunteer.stream import volunteer_of
from shared.core.access import Thing, action_of
from shared.core.decider import Decider
from shared.core.messages import Actor, Event, Forbidden, Rejected
from shared.runtime.commands.submission import Submission, Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer

# Whoever may register a volunteer may open the account that comes with it.
COMES_WITH: Decider[Any, Account, Any] = replace(
    account, concerns=lambda command, _: concerns(cast("Any", command), Volunteer())
)


class JoiningDesk:
    """Takes forms about volunteers to the log."""

    def __init__(self, service: Volunteers) -> None:
        self._service = service

    async def register(self, form: Registration, asking: Asking) -> Answer:
        """Register a resident, and open the account of their hours."""
        return await asking.first_or(self._registered(form, asking), self._service.executor)

    async def step(self, person: UUID, form: Change | Ending, asking: Asking) -> Answer:
        """Change or end it. Raises Problem (404) when there is none for this actor."""
        return await asking.first_or(self._stepped(person, form, asking), self._service.executor)

    async def _registered(self, form: Registration, asking: Asking) -> Answer:
        service, meant = self._service, form.meant(asking.actor)
        await service.map.known(form.territory, meant["at"])
        thing = Thing((form.territory,), owner=str(form.person))
        action = action_of(RegisterVolunteer)
        ACCESS.check(asking.actor, action, thing, service.map.within)
        await self._check_resident(form.person, "person")
        if form.guardian is not None:
            await self._check_resident(form.guardian, "guardian")
        sealed = await service.sealer.seal(form.person, form.personal())
        told = form.model_dump(exclude={"name", "occurred_at", "late_reason"})
        asked = RegisterVolunteer(name=sealed["name"], **told, **meant)
        # The volunteer comes last: the receipt is theirs.
        targets = (
            Target(COMES_WITH, account_of(form.person)),
            Target(volunteer, volunteer_of(form.person)),
        )
        decide: Any = partial(with_account, asked)
        submission = Submission(asking.identity, asked, targets, decide)
        return await service.executor.execute(submission)

    async def _stepped(self, person: UUID, form: Change | Ending, asking: Asking) -> Answer:
        service, known = self._service, form.meant(asking.actor)
        asked: type[ChangeVolunteer | EndVolunteer] = EndVolunteer
        if isinstance(form, Change):
            asked = ChangeVolunteer
            if form.territory is not None:
                await service.map.known(form.territory, known["at"])
        await self._check_seen(person, asking.actor, action_of(asked))
        told = form.model_dump(exclude={"name", "occurred_at", "late_reason"})
        told |= await service.sealer.seal(person, form.personal())
        target = Target(volunteer, volunteer_of(person))
        return await service.executor.execute(
            single(target, asked(**told, **known), asking.identity)
        )

    async def _check_seen(self, person: UUID, actor: Actor, action: str) -> None:
        service = self._service
        await service.map.fresh()
        found = await state_of(service.pool, volunteer, volunteer_of(person))
        place = (found.territory,) if found.territory else ()
        owner = str(person) if found.person else actor.id
        try:
            ACCESS.check(actor, action, Thing(place, owner=owner), service.map.within)
        except Forbidden as no:
            if no.code == "role_missing":
                raise
            raise no_such_volunteer(person) from no
        if found.person is None:
            raise no_such_volunteer(person)

    async def _check_resident(self, person: UUID, field: str) -> None:
        """Raises Rejected for one who is not on the register, or under another id."""
        row = await VolunteerQueries(self._service.pool).resident(person)
        if row is None:
            raise Rejected("unknown_person", "nobody on the register has this id", field)
        if row["merged_into"] is not None:
            detail = f"this person is kept as {row['merged_into']}"
            raise Rejected("unknown_person", detail, field)


def with_account(
    command: RegisterVolunteer, states: tuple[Account, Volunteer]
) -> list[Sequence[Event]]:
    """What happens to the account, opened where there is none, and to the volunteer. Raises
    Rejected."""
    kept, before = states
    opens = OpenAccount(
        at=command.at, actor=command.actor, person=command.person, territory=command.territory
    )
    opened = account.decide(opens, kept) if kept.status == "new" else []
    return [opened, volunteer.decide(command, before)]


def no_such_volunteer(person: UUID) -> Problem:
    """The same answer for one who is none and for one who is not theirs to see."""
    return Problem(404, "no_such_volunteer", f"there is no volunteer {person} that you may see")
