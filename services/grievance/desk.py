"""From a form to a command to the log: the one path every HTTP command takes."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from services.grievance.access import ACCESS
from services.grievance.case import links
from services.grievance.case.commands import LinkCase, RaisePetition
from services.grievance.case.decider import case
from services.grievance.forms import Erasure, Petition
from services.grievance.intake.area import first_place
from services.grievance.oversight_forms import Duplicate
from services.grievance.papers import attaching
from services.grievance.queries.residents import kept_id
from services.grievance.service import Grievance
from services.grievance.steps import Step, command
from shared.core.access import Thing, action_of
from shared.core.messages import Actor, Forbidden, Rejected
from shared.core.person.commands import EraseSubject
from shared.core.person.decider import person
from shared.core.person.stream import stream_of
from shared.runtime.commands.ids import derived, uuid7
from shared.runtime.commands.submission import Submission, Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.forms import Form
from shared.runtime.web.problems import Problem
from shared.store.load import Answer


class Placed(Protocol):
    """A case, as far as it matters whose it is."""

    @property
    def territory(self) -> str:
        """Where it lies."""

    @property
    def unit(self) -> str | None:
        """Who has its order, or had it last."""

    @property
    def raised_by(self) -> str:
        """Who filed it."""

    @property
    def helpers(self) -> frozenset[str]:
        """The units that help."""


class Desk:
    """Takes forms to the log."""

    def __init__(self, service: Grievance) -> None:
        self._service = service

    async def file(self, form: Petition, asking: Asking) -> Answer:
        """Put a petition on record under a new case id."""
        return await asking.first_or(self._filed(form, asking), self._service.executor)

    async def step(self, case_id: UUID, form: Form, asking: Asking, step: Step) -> Answer:
        """One step of an existing case. Raises Problem (404) when there is none for this actor."""
        return await asking.first_or(
            self._stepped(case_id, form, asking, step), self._service.executor
        )

    async def link(self, case_id: UUID, form: Duplicate, asking: Asking) -> Answer:
        """End a case as a duplicate of another one; both say so. Raises Problem (404) where it is
        none for this actor, Rejected where the other is."""
        return await asking.first_or(self._linked(case_id, form, asking), self._service.executor)

    async def erase(self, subject: UUID, form: Erasure, asking: Asking) -> Answer:
        """Erase a person: first the event, then the key; the event alone is enough."""
        return await asking.first_or(self._erased(subject, form, asking), self._service.executor)

    def may_see(self, actor: Actor, row: Placed, action: str) -> bool:
        """Whether this case is theirs to read in this way."""
        thing = Thing((row.territory,), row.unit, row.raised_by, row.helpers)
        return ACCESS.allows(actor, action, thing, self._service.map.within)

    async def _filed(self, form: Petition, asking: Asking) -> Answer:
        service = self._service
        meant = form.meant(asking.actor)
        await service.map.known(form.territory, meant["at"])
        # The same retry names the same person, so that only one key is ever made.
        petitioner = derived("person", str(asking.identity.command_id))
        known = form.person and await kept_id(service.pool, form.person)
        petitioner = known or form.person or petitioner
        sealed = await service.sealer.seal(petitioner, form.personal())
        await service.rules.fresh()
        raise_petition = RaisePetition(
            petitioner=petitioner,
            registered=True if known else None,
            territory=form.territory,
            area=first_place(form.subject) or "unknown",
            channel=form.channel,
            case_type=form.case_type,
            urgency=form.urgency,
            category=form.category,
            subject=sealed["subject"],
            details=sealed["details"],
            name=sealed.get("name"),
            phone=sealed.get("phone"),
            email=sealed.get("email"),
            address=sealed.get("address"),
            book=service.book(form.territory),
            learnt=datetime.now(UTC),
            **meant,
        )
        target = Target(case, uuid7())
        return await service.executor.execute(
            single(target, raise_petition, asking.identity, fresh=True)
        )

    async def _stepped(self, case_id: UUID, form: Form, asking: Asking, step: Step) -> Answer:
        meant = form.meant(asking.actor)
        file = await self._service.archive.case(case_id)
        await self._service.map.fresh()
        if file is None or not self.may_see(asking.actor, file.row, "read_case"):
            raise no_such_case(case_id)
        if new_territory := getattr(form, "changes", {}).get("territory"):
            await self._service.map.known(str(new_territory), field="changes/territory")
        sealed = await self._service.sealer.seal(file.row.petitioner, form.personal())
        target = Target(case, case_id, asking.expected)
        await self._service.rules.fresh()
        judged = {"book": self._service.book(file.row.territory), "learnt": datetime.now(UTC)}
        files = await _handed_in(self._service, file.row.petitioner, form)
        asked = command(step, form, {**sealed, **meant, **judged, **files})
        return await self._service.executor.execute(single(target, asked, asking.identity))

    async def _linked(self, case_id: UUID, form: Duplicate, asking: Asking) -> Answer:
        meant, service = form.meant(asking.actor), self._service
        await service.map.fresh()
        file = await service.archive.case(case_id)
        if file is None or not self.may_see(asking.actor, file.row, "read_case"):
            raise no_such_case(case_id)
        original = await self._found(form.original, asking.actor)
        if case_id == original:
            raise Rejected("is_itself", "a case is no duplicate of itself", "original")
        await service.rules.fresh()
        meant |= {"book": service.book(asking.actor.territory), "learnt": datetime.now(UTC)}
        # The last one is whose version the receipt tells.
        targets = Target(case, original), Target(case, case_id, asking.expected)
        asked = LinkCase(other=original, **meant)
        decide = partial(links.both, case.decide, asked, case_id)
        return await service.executor.execute(Submission(asking.identity, asked, targets, decide))

    async def _found(self, name: str, actor: Actor) -> UUID:
        """The one case of this name that the actor may see."""
        ids = await self._service.queries.find(name)
        files = [await self._service.archive.case(one) for one in ids]
        seen = [f.row.case_id for f in files if f and self.may_see(actor, f.row, "read_case")]
        if len(seen) != 1:
            detail = f"{len(seen)} cases that you may see are called {name}"
            raise Rejected("no_such_original", detail, "original")
        return seen[0]

    async def _erased(self, subject: UUID, form: Erasure, asking: Asking) -> Answer:
        await self._check_whose(subject, asking.actor)
        asked = EraseSubject(subject=subject, reason=form.reason, **form.meant(asking.actor))
        target = Target(person, stream_of(subject))
        answer = await self._service.executor.execute(single(target, asked, asking.identity))
        await self._service.eraser.catch_up()
        return answer

    async def _check_whose(self, subject: UUID, actor: Actor) -> None:
        """A person is erased by whoever answers for all places where they are known."""
        service = self._service
        ACCESS.check(actor, action_of(EraseSubject), Thing(), service.map.within)
        position = await service.head()
        for model in ("case_register", "whistles", "campaign_results"):
            await service.watermarks.reach(model, position)
        places = await service.queries.places_of(subject)
        await service.map.read()
        theirs = [service.map.within(place, actor.territory) for place in places]
        if not any(theirs):
            raise Problem(404, "no_such_person", f"there is no person {subject} here")
        if not all(theirs):
            raise Forbidden("outside_territory", "this person has cases elsewhere, too")


async def _handed_in(service: Grievance, petitioner: UUID, form: Form) -> dict[str, Any]:
    """The files behind a step that may have some. Raises Problem (422) for one that is not here."""
    if "files" not in type(form).model_fields:
        return {}
    words: tuple[str, ...] = getattr(form, "files", ())
    return {"files": await attaching.attached(service, petitioner, words)}


def no_such_case(case_id: UUID) -> Problem:
    """The same answer for a case that is not there and for one that is not theirs to see."""
    return Problem(404, "no_such_case", f"there is no case {case_id} that you may see")
