"""From a form about a team to a command to the log."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.files import state_of
from services.volunteer.service import Volunteers
from services.volunteer.team import commands
from services.volunteer.team.commands import FoundTeam, JoinTeam, MergeTeam, TeamCommand
from services.volunteer.team.decider import team
from services.volunteer.team.merging import merged
from services.volunteer.team.state import Team
from services.volunteer.teaming import forms
from services.volunteer.volunteer.decider import volunteer
from services.volunteer.volunteer.stream import volunteer_of
from shared.core.access import Thing, action_of
from shared.core.messages import Rejected
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Submission, Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer

StepForm = forms.Joining | forms.Leaving | forms.Leading | forms.Dissolving
COMMANDS: dict[type[StepForm], type[TeamCommand]] = {
    forms.Joining: commands.JoinTeam,
    forms.Leaving: commands.LeaveTeam,
    forms.Leading: commands.NameLeader,
    forms.Dissolving: commands.DissolveTeam,
}


class TeamDesk:
    """Takes forms about teams to the log."""

    def __init__(self, service: Volunteers) -> None:
        self._service = service

    async def found(self, form: forms.Founding, asking: Asking) -> Answer:
        """Found a team."""
        return await asking.first_or(self._founded(form, asking), self._service.executor)

    async def step(self, team_id: UUID, form: StepForm, asking: Asking) -> Answer:
        """One step of a team. Raises Problem (404) where there is none."""
        return await asking.first_or(self._stepped(team_id, form, asking), self._service.executor)

    async def merge(self, team_id: UUID, form: forms.Merging, asking: Asking) -> Answer:
        """Make one team of two. Raises Problem (404) where there is none."""
        return await asking.first_or(self._merged(team_id, form, asking), self._service.executor)

    async def _founded(self, form: forms.Founding, asking: Asking) -> Answer:
        meant = form.meant(asking.actor)
        await self._service.map.known(form.territory, meant["at"])
        told = form.model_dump(exclude={"occurred_at", "late_reason"})
        target = Target(team, uuid7())
        submission = single(target, FoundTeam(**told, **meant), asking.identity, fresh=True)
        return await self._service.executor.execute(submission)

    async def _stepped(self, team_id: UUID, form: StepForm, asking: Asking) -> Answer:
        meant = form.meant(asking.actor)
        found = await self._check(team_id)
        if isinstance(form, forms.Joining):
            # who may not put people into teams is not told who is a volunteer either
            thing = Thing((found.territory,), owner=str(form.person))
            ACCESS.check(asking.actor, action_of(JoinTeam), thing, self._service.map.within)
            await check_volunteer(self._service, form.person)
        told = form.model_dump(exclude={"occurred_at", "late_reason"})
        asked = COMMANDS[type(form)](**told, **meant)
        return await self._service.executor.execute(
            single(Target(team, team_id), asked, asking.identity)
        )

    async def _merged(self, team_id: UUID, form: forms.Merging, asking: Asking) -> Answer:
        asked = MergeTeam(team=team_id, into=form.into, **form.meant(asking.actor))
        await self._check(team_id)
        if form.into == team_id:
            raise Rejected("team_into_itself", "name another team", "into")
        # The team that stays comes last: the receipt is its own.
        targets = Target(team, team_id), Target(team, form.into)
        decide: Any = partial(merged, asked)
        submission = Submission(asking.identity, asked, targets, decide)
        return await self._service.executor.execute(submission)

    async def _check(self, team_id: UUID) -> Team:
        await self._service.map.fresh()
        found = await state_of(self._service.pool, team, team_id)
        if found.status == "new":
            raise no_such_team(team_id)
        return found


async def check_volunteer(service: Volunteers, person: UUID, field: str = "person") -> None:
    """Raises Rejected for one who is no volunteer."""
    found = await state_of(service.pool, volunteer, volunteer_of(person))
    if found.status != "active":
        detail = f"{person} is not registered as a volunteer"
        raise Rejected("not_a_volunteer", detail, field)


def no_such_team(team_id: UUID) -> Problem:
    """There is none of this id."""
    return Problem(404, "no_such_team", f"there is no team {team_id}")
