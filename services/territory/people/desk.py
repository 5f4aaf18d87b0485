"""From a form about a resident to a command to the log."""

from __future__ import annotations

from uuid import UUID

from services.territory.access import ACCESS
from services.territory.people import forms
from services.territory.people.file import Files
from services.territory.people.steps import Step, command
from services.territory.resident.commands import RecordReturn, RegisterResident
from services.territory.resident.decider import HERE, resident
from services.territory.resident.merging import MergeDoubles, merged
from services.territory.resident.state import Resident
from services.territory.service import Territory
from shared.core.access import Thing, action_of
from shared.core.messages import Actor, Command, Forbidden, Rejected
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Submission, Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.forms import Form
from shared.runtime.web.problems import Problem
from shared.store.load import Answer


class ResidentDesk:
    """Takes forms about residents to the log."""

    def __init__(self, service: Territory) -> None:
        self._service = service
        self._files = Files(service.pool)

    async def register(self, form: forms.NewResident, asking: Asking) -> Answer:
        """Put a person on the register."""
        return await asking.first_or(self._registered(form, asking), self._service.executor)

    async def step(self, person_id: UUID, step: Step, form: Form, asking: Asking) -> Answer:
        """One change of a resident. Raises Problem (404) when there is none for this actor."""
        attempt = self._stepped(person_id, step, form, asking)
        return await asking.first_or(attempt, self._service.executor)

    async def merge(self, double: UUID, form: forms.Double, asking: Asking) -> Answer:
        """One person of two. Raises Problem (404) when the double is none for this actor."""
        return await asking.first_or(self._merged(double, form, asking), self._service.executor)

    async def _registered(self, form: forms.NewResident, asking: Asking) -> Answer:
        service, meant = self._service, form.meant(asking.actor)
        await self._check_building(form.building, asking.actor, RegisterResident)
        # The same retry names the same person, so that only one key is ever made.
        person = form.person or derived("resident", str(asking.identity.command_id))
        if await self._files.taken(person):
            raise Rejected("id_taken", "this id is that of something else", "person")
        sealed = await service.sealer.seal(person, form.personal())
        register = RegisterResident(
            person=person,
            building=form.building,
            household=form.household,
            name=sealed["name"],
            phone=sealed.get("phone"),
            birth_year=sealed.get("birth_year"),
            **meant,
        )
        target = Target(resident, person)
        return await service.executor.execute(single(target, register, asking.identity))

    async def _stepped(self, person_id: UUID, step: Step, form: Form, asking: Asking) -> Answer:
        service, meant = self._service, form.meant(asking.actor)
        if building := getattr(form, "building", None):
            await self._check_building(building, asking.actor, step.command)
        found = await self._files.of(person_id)
        if not (step.command is RecordReturn and found.status == "left"):
            await self.check_seen(person_id, found, asking.actor, action_of(step.command))
        if relative := getattr(form, "relative", None):
            await self._check_known(relative, "relative")
        sealed = await service.sealer.seal(person_id, form.personal())
        asked = command(step, form, {**sealed, **meant})
        target = Target(resident, person_id)
        return await service.executor.execute(single(target, asked, asking.identity))

    async def _merged(self, double: UUID, form: forms.Double, asking: Asking) -> Answer:
        found, kept = await self._files.of(double), await self._files.of(form.into)
        await self.check_seen(double, found, asking.actor, action_of(MergeDoubles))
        try:
            await self.check_seen(form.into, kept, asking.actor, action_of(MergeDoubles))
        except Problem as none:
            raise Rejected("unknown_person", none.detail, "into") from none
        merge = MergeDoubles(double=double, into=form.into, **form.meant(asking.actor))
        targets = Target(resident, double), Target(resident, form.into)
        submission = Submission(
            asking.identity, merge, targets, lambda states: merged(merge, states)
        )
        return await self._service.executor.execute(submission)

    async def check_seen(self, person_id: UUID, found: Resident, actor: Actor, action: str) -> None:
        """Raises Problem (404) for one who is not there or lives elsewhere, Forbidden for a role
        that may not do this to anyone."""
        await self._service.map.fresh()
        try:
            if found.status == "new":
                ACCESS.check(actor, action, Thing(owner=actor.id), self._service.map.within)
                raise no_such_resident(person_id)
            thing = Thing((found.building,), owner=found.owner)
            ACCESS.check(actor, action, thing, self._service.map.within)
        except Forbidden as no:
            if no.code == "role_missing":
                raise
            raise no_such_resident(person_id) from no

    async def _check_building(self, code: str, actor: Actor, asked: type[Command]) -> None:
        await self._service.map.known(code, field="building")
        kind = self._service.map.atlas.territories[code].kind
        if kind != "building":
            raise Rejected("not_a_building", f"{code} is a {kind}; name a building", "building")
        ACCESS.check(actor, action_of(asked), Thing((code,)), self._service.map.within)

    async def _check_known(self, person_id: UUID, field: str) -> None:
        found = await self._files.of(person_id)
        if found.status not in HERE:
            detail = f"this person is kept as {found.into}" if found.into else "nobody has this id"
            raise Rejected("unknown_person", detail, field)


def no_such_resident(person_id: UUID) -> Problem:
    """The same answer for one who is not there and for one who is not theirs to see."""
    return Problem(404, "no_such_resident", f"there is no resident {person_id} that you may see")
