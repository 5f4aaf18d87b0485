"""One person's stars and account from their own streams, so an answer is never behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.account.decider import account as account_decider
from services.volunteer.account.state import Account
from services.volunteer.account.stream import account_of
from services.volunteer.projections.star_standing import StarStandingRow, star_standing
from services.volunteer.service import Volunteers
from services.volunteer.stars.decider import stars as stars_decider
from services.volunteer.stars.state import Stars
from services.volunteer.stars.stream import stars_of
from shared.core.access import Thing
from shared.core.envelope import Recorded
from shared.core.messages import Actor
from shared.runtime.web.problems import Problem
from shared.store import read


@dataclass(frozen=True)
class StarsFile:
    """A person's stars as they stand, their line, what has happened, and their account."""

    person: UUID
    stars: Stars
    row: StarStandingRow | None
    history: Sequence[Recorded[Any]]
    account: Account

    @property
    def territory(self) -> str:
        """Where they are at home; empty where nobody knows."""
        return self.account.territory or self.stars.territory

    def thing(self) -> Thing:
        """What it is to an actor: of its place, and the person's own."""
        places = (self.territory,) if self.territory else ()
        return Thing(places, owner=str(self.person))


async def opened(service: Volunteers, person: UUID) -> StarsFile:
    """What there is of this person; empty where there is nothing."""
    async with service.pool.acquire(timeout=10) as connection:
        told = await read.stream(connection, stars_of(person))
        kept = await read.stream(connection, account_of(person))
    history = [read.decode(stars_decider.events, row) for row in told]
    row: StarStandingRow | None = None
    for recorded in history:
        row = star_standing.fold(row, recorded)
    return StarsFile(
        person=person,
        stars=stars_decider.fold(recorded.event for recorded in history),
        row=row,
        history=history,
        account=account_decider.fold(
            read.decode(account_decider.events, one).event for one in kept
        ),
    )


async def readable(service: Volunteers, person: UUID, actor: Actor) -> StarsFile:
    """The same, for whoever may read it. Raises Problem (404)."""
    file = await opened(service, person)
    await service.map.fresh()
    known = bool(file.territory) or actor.id == str(person)
    if not known or not ACCESS.allows(actor, "read_own_stars", file.thing(), service.map.within):
        raise no_such_volunteer(person)
    return file


def no_such_volunteer(person: UUID) -> Problem:
    """The same answer for one who is not there and for one who is not theirs to see."""
    return Problem(404, "no_such_volunteer", f"there is no volunteer {person} that you may see")
