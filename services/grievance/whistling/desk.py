"""From a form to a command about a whistle to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.grievance.access import ACCESS
from services.grievance.desk import Desk, no_such_case
from services.grievance.service import Grievance
from services.grievance.whistle.commands import (
    BlowWhistle,
    CallMore,
    EndWhistle,
    GiveResult,
    ReportUnit,
    WhistleCommand,
)
from services.grievance.whistle.decider import whistle
from services.grievance.whistling.file import WhistleFile, may_read, no_such_whistle, opened
from services.grievance.whistling.forms import Blow, Call, Ending, Report, Result
from shared.core.access import Thing, action_of
from shared.core.messages import Actor
from shared.runtime.commands.ids import derived, uuid7
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.store.load import Answer

StepForm = Call | Report | Result | Ending


class WhistleDesk:
    """Takes forms about whistles to the log."""

    def __init__(self, service: Grievance) -> None:
        self._service = service

    async def blow(self, form: Blow, asking: Asking) -> Answer:
        """Blow a whistle. Raises Problem (404) for a case that is none for this actor."""
        return await asking.first_or(self._blown(form, asking), self._service.executor)

    async def step(self, whistle_id: UUID, form: StepForm, asking: Asking) -> Answer:
        """One step of a whistle. Raises Problem (404) when there is none for this actor."""
        return await asking.first_or(self._stepped(whistle_id, form, asking),
                                     self._service.executor)  # fmt: skip

    async def _blown(self, form: Blow, asking: Asking) -> Answer:
        service = self._service
        meant = form.meant(asking.actor)
        await service.map.known(form.territory, meant["at"])
        if form.case is not None:
            await self._check_case(form.case, asking.actor)
        # The same retry names the same person, so that only one key is ever made.
        person = derived("whistle", str(asking.identity.command_id))
        sealed = await service.sealer.seal(person, form.personal())
        asked = BlowWhistle(
            territory=form.territory,
            reason=form.reason,
            what=sealed["what"],
            where=sealed["where"],
            units=tuple(form.units),
            case_id=form.case,
            **self._judged(form.territory),
            **meant,
        )
        target = Target(whistle, uuid7())
        return await service.executor.execute(single(target, asked, asking.identity, fresh=True))

    async def _stepped(self, whistle_id: UUID, form: StepForm, asking: Asking) -> Answer:
        meant = form.meant(asking.actor)
        file = await opened(self._service, whistle_id)
        await self._service.map.fresh()
        if file is None or not self._is_theirs(file, form, asking.actor):
            raise no_such_whistle(whistle_id)
        sealed = await self._service.sealer.seal(file.row.person, form.personal())
        known = {**sealed, **meant, **self._judged(file.row.territory)}
        asked = _command(form, asking.actor.unit or "", known)
        target = Target(whistle, whistle_id, asking.expected)
        return await self._service.executor.execute(single(target, asked, asking.identity))

    def _is_theirs(self, file: WhistleFile, form: StepForm, actor: Actor) -> bool:
        """Who comes unasked has not been able to read what they come for."""
        if may_read(self._service, file, actor):
            return True
        there = Thing((file.row.territory,), actor.unit)
        within = self._service.map.within
        return isinstance(form, Report) and ACCESS.allows(
            actor, action_of(ReportUnit), there, within
        )

    def _judged(self, territory: str) -> dict[str, Any]:
        return {"book": self._service.book(territory), "learnt": datetime.now(UTC)}

    async def _check_case(self, case_id: UUID, actor: Actor) -> None:
        file = await self._service.archive.case(case_id)
        await self._service.map.fresh()
        if file is None or not Desk(self._service).may_see(actor, file.row, "read_case"):
            raise no_such_case(case_id)


def _command(form: StepForm, unit: str, known: dict[str, Any]) -> WhistleCommand:
    """The command of a filled form; `unit` is the actor's own."""
    match form:
        case Call(units=units):
            return CallMore(units=tuple(units), **known)
        case Report():
            return ReportUnit(unit=unit, **known)
        case Result():
            return GiveResult(unit=unit, **known)
        case Ending(came=came, did=did):
            return EndWhistle(came=tuple(came), did=tuple(did), **known)
