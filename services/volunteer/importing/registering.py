"""From a line about a volunteer, a team or a member to what it asks of the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from services.volunteer.account.stream import account_of
from services.volunteer.files import state_of
from services.volunteer.importing.columns import Kind
from services.volunteer.importing.people import person_of, team_of
from services.volunteer.importing.rows import Line
from services.volunteer.importing.taking import MIGRATION
from services.volunteer.joining.desk import COMES_WITH, with_account
from services.volunteer.service import Volunteers
from services.volunteer.team.commands import FoundTeam, JoinTeam, LeaveTeam
from services.volunteer.team.decider import team
from services.volunteer.team.events import TeamEvent
from services.volunteer.team.state import Team
from services.volunteer.volunteer.commands import RegisterVolunteer
from services.volunteer.volunteer.decider import volunteer
from services.volunteer.volunteer.stream import volunteer_of
from shared.core.local_time import end_of
from shared.core.messages import Actor, Rejected
from shared.runtime.commands.submission import Identity, Submission, Target

KINDS: frozenset[Kind] = frozenset({"volunteers", "teams", "members"})


@dataclass(frozen=True)
class Registering:
    """Lines of an earlier system on their way into the registers of volunteers and teams."""

    service: Volunteers
    source: str
    actor: Actor
    now: datetime

    async def submission(self, kind: Kind, line: Line, identity: Identity) -> Submission:
        """What this line asks. Raises Rejected where nobody is there for it, Erased for a person
        who was."""
        made = {"volunteers": self._volunteer, "teams": self._team, "members": self._member}[kind]
        return await made(line, identity)

    async def _volunteer(self, line: Line, identity: Identity) -> Submission:
        person, guardian = person_of(self.source, line["person"]), line.get("guardian")
        found = await state_of(self.service.pool, volunteer, volunteer_of(person))
        if found.status != "new":
            detail = "is registered here already; correct the register here, not by a file"
            raise Rejected("volunteer_registered", detail, "person")
        sealed = await self.service.sealer.seal(person, {"name": line["name"]})
        asked = RegisterVolunteer(
            person=person,
            territory=line["territory"],
            name=sealed["name"],
            skills=tuple(line.get("skills", ())),
            guardian=guardian and person_of(self.source, guardian),
            **self._meant(line.get("joined")),
        )
        targets = (
            Target(COMES_WITH, account_of(person)),
            Target(volunteer, volunteer_of(person)),
        )
        decide: Any = partial(with_account, asked)
        return Submission(identity, asked, targets, decide, origin="history")

    async def _team(self, line: Line, identity: Identity) -> Submission:
        asked = FoundTeam(
            name=line["name"],
            territory=line["territory"],
            since=line["founded"],
            kind=line.get("kind", "general"),
            **self._meant(line["founded"]),
        )
        target = Target(team, team_of(self.source, line["team"]))
        return Submission(identity, asked, (target,), origin="history")

    async def _member(self, line: Line, identity: Identity) -> Submission:
        person, there = person_of(self.source, line["person"]), team_of(self.source, line["team"])
        if (await state_of(self.service.pool, team, there)).status == "new":
            detail = "there is no such team; bring in the file of teams before this one"
            raise Rejected("no_such_team", detail, "team")
        known = await state_of(self.service.pool, volunteer, volunteer_of(person))
        if known.status == "new":
            detail = "is not registered; bring in the file of volunteers before this one"
            raise Rejected("not_a_volunteer", detail, "person")
        asked = JoinTeam(person=person, since=line["joined"], **self._meant(line["joined"]))
        leaves = None
        if (last := line.get("left")) is not None:
            if last < line["joined"]:
                raise Rejected("ends_before_it_begins", "is before the day of joining", "until")
            leaves = LeaveTeam(person=person, **self._meant(last))
        decide: Any = partial(_been, asked, leaves)
        return Submission(identity, asked, (Target(team, there),), decide, origin="history")

    def _meant(self, day: str | None) -> dict[str, Any]:
        """As whom, and when: at the end of the day that the file says, else now."""
        over = end_of(day) - timedelta(microseconds=1) if day else self.now
        return {"at": min(over, self.now), "actor": self.actor, "late_reason": MIGRATION}


def _been(
    joins: JoinTeam, leaves: LeaveTeam | None, states: tuple[Team]
) -> list[Sequence[TeamEvent]]:
    """Joined, and left again where that is so. Raises Rejected."""
    [state] = states
    events = team.decide(joins, state)
    if leaves is None:
        return [events]
    for event in events:
        state = team.evolve(state, event)
    return [[*events, *team.decide(leaves, state)]]
