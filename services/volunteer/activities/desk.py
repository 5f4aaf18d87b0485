"""From a form about an activity to a command to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.activities import answering, arriving, forms
from services.volunteer.activity.commands import (
    ActivityCommand,
    CancelActivity,
    ChangeActivity,
    HoldActivity,
    Mark,
    MarkAttendance,
    PlanActivity,
    SignIn,
    SignOut,
    SignUp,
    WithdrawSignUp,
)
from services.volunteer.activity.decider import activity
from services.volunteer.activity.plan import Limits
from services.volunteer.activity.state import Activity
from services.volunteer.files import state_of
from services.volunteer.queries.activities import ActivityQueries
from services.volunteer.queries.volunteers import VolunteerQueries
from services.volunteer.service import Volunteers
from services.volunteer.team.decider import team
from services.volunteer.teaming.desk import check_volunteer
from shared.core.access import Thing, action_of
from shared.core.messages import Rejected
from shared.runtime.commands.ids import derived, uuid7
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer

StepForm = (
    forms.Change
    | forms.Cancelling
    | forms.Coming
    | forms.Withdrawing
    | forms.Arriving
    | forms.Going
    | forms.Sheet
    | forms.Holding
)
COMMANDS: dict[type[StepForm], type[ActivityCommand]] = {
    forms.Change: ChangeActivity,
    forms.Cancelling: CancelActivity,
    forms.Coming: SignUp,
    forms.Withdrawing: WithdrawSignUp,
    forms.Arriving: SignIn,
    forms.Going: SignOut,
    forms.Sheet: MarkAttendance,
    forms.Holding: HoldActivity,
}


class ActivityDesk:
    """Takes forms about activities to the log."""

    def __init__(self, service: Volunteers) -> None:
        self._service = service

    async def plan(self, form: forms.Plan, asking: Asking) -> Answer:
        """Plan an activity."""
        return await asking.first_or(self._planned(form, asking), self._service.executor)

    async def step(self, activity_id: UUID, form: StepForm, asking: Asking) -> Answer:
        """One step of an activity. Raises Problem: 404 where there is none, 429 after too many
        wrong codes."""
        attempt = self._stepped(activity_id, form, asking)
        return await asking.first_or(attempt, self._service.executor)

    async def _planned(self, form: forms.Plan, asking: Asking) -> Answer:
        service, meant = self._service, form.meant(asking.actor)
        await service.map.known(form.territory, meant["at"])
        if form.team is not None:
            found = await state_of(service.pool, team, form.team)
            if found.status != "active":
                raise Rejected("no_such_team", "there is no such team", "team")
        rules = await service.rules(form.territory, form.starts)
        named = ("mode", "kind", "service", "territory", "team", "series", "campaign")
        told: dict[str, Any] = {name: getattr(form, name) for name in named}
        asked = PlanActivity(when=form.when(), longest=rules.longest, **told, **meant)
        submission = single(Target(activity, uuid7()), asked, asking.identity, fresh=True)
        cause = await answering.promise(service, form.series, form.territory)
        return await service.executor.execute(submission.answering(cause))

    async def _stepped(self, activity_id: UUID, form: StepForm, asking: Asking) -> Answer:
        service = self._service
        await service.map.fresh()
        found = await state_of(service.pool, activity, activity_id)
        self._check_may(found, form, asking)
        if found.planned is None:
            raise no_such_activity(activity_id)
        asked = await self._command(activity_id, found, form, asking)
        submission = single(Target(activity, activity_id), asked, asking.identity)
        if isinstance(form, forms.Holding):
            submission = submission.answering(await answering.plan(service, activity_id))
        return await service.executor.execute(submission)

    def _check_may(self, found: Activity, form: StepForm, asking: Asking) -> None:
        """Who may not take the step is told so, and not who is a volunteer or has signed up."""
        place = (found.territory,) if found.territory else ()
        person = form.person if isinstance(form, forms.Person) else None
        thing = Thing(place, owner=str(person or asking.actor.id))
        action = action_of(COMMANDS[type(form)])
        ACCESS.check(asking.actor, action, thing, self._service.map.within)

    async def _command(
        self, activity_id: UUID, found: Activity, form: StepForm, asking: Asking
    ) -> ActivityCommand:
        meant = form.meant(asking.actor)
        match form:
            case forms.Change():
                rules = await self._service.rules(found.territory, form.starts)
                return ChangeActivity(when=form.when(), longest=rules.longest, **meant)
            case forms.Cancelling(reason=reason):
                return CancelActivity(reason=reason, **meant)
            case forms.Sheet():
                return await self._marks(form, meant)
            case forms.Holding():
                return await self._held(activity_id, found, form, meant)
            case _:
                return await self._of_person(activity_id, found, form, asking, meant)

    async def _of_person(
        self, activity_id: UUID, found: Activity, form: forms.Person, asking: Asking,
        meant: dict[str, Any],
    ) -> ActivityCommand:  # fmt: skip
        person = form.person or _oneself(asking)
        if isinstance(form, forms.Withdrawing):
            return WithdrawSignUp(person=person, **meant)
        if isinstance(form, forms.Going):
            return SignOut(person=person, **meant)
        if person not in found.seats:
            await check_volunteer(self._service, person)
        if isinstance(form, forms.Arriving):
            evidence = await arriving.evidence(
                self._service, (activity_id, found.territory), form, asking.actor
            )
            return SignIn(person=person, evidence=evidence, proof=form.proof, **meant)
        await self._check_free(activity_id, found, person)
        return SignUp(person=person, **meant)

    async def _check_free(self, activity_id: UUID, found: Activity, person: UUID) -> None:
        """Raises Rejected where they have signed up for something else at the same time."""
        if found.when is None or person in found.seats:
            return
        span = found.when.starts, found.when.ends
        queries = ActivityQueries(self._service.pool)
        if await queries.elsewhere(person, activity_id, span):
            detail = "this person has signed up for something else at the same time"
            raise Rejected("signed_up_elsewhere", detail, "person")

    async def _marks(self, form: forms.Sheet, meant: dict[str, Any]) -> MarkAttendance:
        people = [mark.person for mark in form.marks]
        known = await VolunteerQueries(self._service.pool).active(people)
        for person in people:
            if person not in known:  # perhaps since a moment ago
                await check_volunteer(self._service, person, "marks")
        marks = tuple(Mark(**mark.model_dump()) for mark in form.marks)
        return MarkAttendance(marks=marks, **meant)

    async def _held(
        self, activity_id: UUID, found: Activity, form: forms.Holding, meant: dict[str, Any]
    ) -> HoldActivity:
        moment = found.when.starts if found.when else datetime.now(UTC)
        rules = await self._service.rules(found.territory, moment)
        subject = derived("activity", str(activity_id))
        sealed = await self._service.sealer.seal(subject, form.personal())
        limits = Limits(
            version=rules.version,
            longest=rules.longest,
            daily=rules.daily,
            late_days=rules.late_days,
        )
        return HoldActivity(
            activity=activity_id,
            limits=limits,
            served=form.served,
            rubbish_kg=form.rubbish_kg,
            words=sealed.get("words"),
            **meant,
        )


def _oneself(asking: Asking) -> UUID:
    try:
        return UUID(asking.actor.id)
    except ValueError:
        raise Rejected("unknown_person", "say who it is about", "person") from None


def no_such_activity(activity_id: UUID) -> Problem:
    """There is none of this id."""
    return Problem(404, "no_such_activity", f"there is no activity {activity_id}")
