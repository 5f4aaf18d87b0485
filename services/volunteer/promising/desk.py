"""From a form to a command about a series to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.projections.promise_tracker import PromiseRow
from services.volunteer.promising.forms import Ending, Establishing, Held, Moving
from services.volunteer.queries.promises import Cause, Promises
from services.volunteer.series.commands import (
    EndSeries,
    EstablishSeries,
    MoveOccurrence,
    NoteOccurrence,
    SeriesCommand,
)
from services.volunteer.series.decider import series
from services.volunteer.service import Volunteers
from shared.contracts.grievance import GRIEVANCE
from shared.core.access import Thing, action_of
from shared.core.local_time import day_of
from shared.core.messages import Actor, Rejected
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer

StepForm = Held | Moving | Ending


class PromiseDesk:
    """Takes forms about what recurs to the log."""

    def __init__(self, service: Volunteers) -> None:
        self._service = service
        self._promises = Promises(service.pool)

    async def establish(self, form: Establishing, asking: Asking) -> Answer:
        """Establish a series; what it answers to is its cause. Raises Rejected for a case that is
        none for this actor."""
        return await asking.first_or(self._established(form, asking), self._service.executor)

    async def step(self, series_id: UUID, form: StepForm, asking: Asking) -> Answer:
        """One step of a series. Raises Problem (404) when there is none for this actor."""
        attempt = self._stepped(series_id, form, asking)
        return await asking.first_or(attempt, self._service.executor)

    async def _established(self, form: Establishing, asking: Asking) -> Answer:
        service, meant = self._service, form.meant(asking.actor)
        await service.map.known(form.territory, meant["at"])
        # who may not promise is not told which cases there are either
        thing = Thing((form.territory,))
        ACCESS.check(asking.actor, action_of(EstablishSeries), thing, service.map.within)
        cause = await self._cause(form.cause_case, asking.actor)
        told = {name: getattr(form, name) for name in type(form).model_fields if name not in meant}
        told.pop("occurred_at")
        asked = EstablishSeries(asked_on=_today(), **told, **meant)
        target = Target(series, uuid7())
        submission = single(target, asked, asking.identity, fresh=True)
        return await service.executor.execute(submission.answering(cause.raised if cause else None))

    async def _cause(self, case_id: UUID | None, actor: Actor) -> Cause | None:
        if case_id is None:
            return None
        cause = await self._promises.cause(case_id, GRIEVANCE.log)
        if cause is None or not self._service.map.within(cause.territory, actor.territory):
            detail = f"there is no case {case_id} that you may name"
            raise Rejected("no_such_case", detail, "cause_case")
        return cause

    async def _stepped(self, series_id: UUID, form: StepForm, asking: Asking) -> Answer:
        await readable(self._service, series_id, asking.actor)
        target = Target(series, series_id, asking.expected)
        submission = single(target, _command(form, asking.actor), asking.identity)
        return await self._service.executor.execute(submission)


async def readable(service: Volunteers, series_id: UUID, actor: Actor) -> PromiseRow:
    """The series, for whoever may read it. Raises Problem (404)."""
    row = await Promises(service.pool).one(series_id)
    await service.map.fresh()
    if row is None or not ACCESS.allows(
        actor, "read_promise", Thing((row.territory,)), service.map.within
    ):
        raise Problem(404, "no_such_series", f"there is no series {series_id} that you may see")
    return row


def _command(form: StepForm, actor: Actor) -> SeriesCommand:
    meant, today = form.meant(actor), _today()
    match form:
        case Held(day=day, people=people):
            return NoteOccurrence(day=day or today, people=people, asked_on=today, **meant)
        case Moving(day=day, to=to, reason=reason):
            return MoveOccurrence(day=day, to=to, reason=reason, asked_on=today, **meant)
        case Ending(reason=ended):
            return EndSeries(reason=ended, asked_on=today, **meant)


def _today() -> str:
    return day_of(datetime.now(UTC))
