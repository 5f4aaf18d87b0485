"""From a form to a command about a duty post to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, assert_never
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.duty.commands import (
    AddShifts,
    AssignDuty,
    CheckIn,
    DutyCommand,
    EndDuty,
    KeepPledge,
    MakePledge,
    PublishAssessment,
    RaiseDutyIssue,
    ScoreTrack,
    ServeShift,
)
from services.volunteer.duty.decider import duty
from services.volunteer.projections.cadre_checkin_board import DutyRow
from services.volunteer.queries.duties import Duties
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.service import Volunteers
from services.volunteer.serving.forms import (
    Assigning,
    CheckingIn,
    EndingDuty,
    Issue,
    Kept,
    Pledge,
    Publishing,
    Score,
    Served,
    Shifts,
)
from shared.core.access import Thing, action_of
from shared.core.local_time import day_of
from shared.core.messages import Actor, Command, Rejected
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer

StepForm = (
    Shifts | CheckingIn | Issue | Score | Publishing | Pledge | Kept | Served | EndingDuty
)  # fmt: skip


class DutyDesk:
    """Takes forms about duty posts to the log."""

    def __init__(self, service: Volunteers) -> None:
        self._service = service
        self._duties = Duties(service.pool)

    async def assign(self, form: Assigning, asking: Asking) -> Answer:
        """Assign a post."""
        return await asking.first_or(self._assigned(form, asking), self._service.executor)

    async def step(
        self, duty_id: UUID, form: StepForm, asking: Asking, command: type[Command]
    ) -> Answer:
        """One step of a post. Raises Problem (404) when there is none for this actor."""
        attempt = self._stepped(duty_id, form, asking, command)
        return await asking.first_or(attempt, self._service.executor)

    async def _assigned(self, form: Assigning, asking: Asking) -> Answer:
        meant = form.meant(asking.actor)
        await self._service.map.known(form.territory, meant["at"])
        asked = AssignDuty(
            holder=form.holder,
            role=form.role,
            territory=form.territory,
            cadence=form.cadence,
            since=form.since,
            shifts=form.all_shifts(),
            asked_on=_today(),
            **meant,
        )
        submission = single(Target(duty, uuid7()), asked, asking.identity, fresh=True)
        return await self._service.executor.execute(submission)

    async def _stepped(
        self, duty_id: UUID, form: StepForm, asking: Asking, command: type[Command]
    ) -> Answer:
        known = form.meant(asking.actor)
        row = await readable(self._service, duty_id, asking.actor, action_of(command))
        if isinstance(form, Issue) and form.case and not await self._duties.knows(form.case):
            raise Rejected("no_such_case", f"there is no case {form.case}", "case")
        known |= await self._service.sealer.seal(row.holder, form.personal())
        rules = await self._service.rules(row.territory, known["at"])
        target = Target(duty, duty_id, asking.expected)
        submission = single(target, _command(form, known, rules), asking.identity)
        return await self._service.executor.execute(submission)


async def readable(
    service: Volunteers, duty_id: UUID, actor: Actor, action: str = "read_duty"
) -> DutyRow:
    """The post, for whoever may read it or do this to it. Raises Problem (404)."""
    row = await Duties(service.pool).one(duty_id)
    await service.map.fresh()
    if row is not None:
        thing, within = Thing((row.territory,), owner=str(row.holder)), service.map.within
        if any(ACCESS.allows(actor, one, thing, within) for one in ("read_duty", action)):
            return row
    raise Problem(404, "no_such_duty", f"there is no duty post {duty_id} that you may see")


def _command(form: StepForm, known: dict[str, Any], rules: VolunteerRules) -> DutyCommand:  # noqa: C901, PLR0911 - one arm a form
    today = _today()
    match form:
        case Shifts():
            return AddShifts(shifts=form.all_shifts(), asked_on=today, **known)
        case CheckingIn(day=day):
            return CheckIn(day=day or today, asked_on=today, **known)
        case Issue(case=case_id):
            return RaiseDutyIssue(case_id=case_id, **known)
        case Score(track=track, period=period, score=score):
            return ScoreTrack(track=track, period=period, score=score, **known)
        case Publishing(period=period):
            return PublishAssessment(period=period, **known)
        case Pledge(kind=kind):
            return MakePledge(kind=kind, **known)
        case Kept(pledge=pledge):
            return KeepPledge(pledge=pledge, **known)
        case Served(day=day, minutes=minutes):
            served: dict[str, Any] = {"day": day or today, "minutes": minutes}
            return ServeShift(asked_on=today, rules=rules, **served, **known)
        case EndingDuty(reason=reason):
            return EndDuty(reason=reason, asked_on=today, **known)
        case _:
            assert_never(form)


def _today() -> str:
    return day_of(datetime.now(UTC))
