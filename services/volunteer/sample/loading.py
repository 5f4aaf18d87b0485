"""The sample's volunteers into the log. Loading them again adds nothing: each step is a command
with an id of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from services.volunteer.account.commands import AccountCommand
from services.volunteer.account.decider import account
from services.volunteer.account.stream import account_of
from services.volunteer.sample import (
    activities,
    duties,
    help,
    hours,
    people,
    promises,
    stars,
    teams,
)
from services.volunteer.sample.hours import Serves, Told
from services.volunteer.sample.people import LARGEST, OLDEST, VETERAN, Community
from services.volunteer.service import Volunteers
from shared.core.sample import Sample
from shared.runtime.residents import Head
from shared.runtime.telling import tell_all

AT_ONCE = 32

Lived = Callable[[Serves, Told], Iterator[AccountCommand]]


async def load(service: Volunteers, sample: Sample, head: Head) -> None:
    """Load what is not there yet, counted back from now; `head` is the last position
    of the territory service. Raises StandsStill without a worker."""
    communities = await people.serving(service, sample, head)
    rules = await service.rules(LARGEST)
    told = Told(rules, datetime.now(UTC), service.map.atlas.district, sample.seed)
    await teams.load(service, communities, told)
    await _hours(service, communities, told)
    await activities.load(service, communities, told)
    for part in (promises, duties, help, stars):
        await part.load(service, communities, told)


async def _hours(service: Volunteers, communities: Sequence[Community], told: Told) -> None:
    turns = asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as group:
        for community in communities:
            for number, person in enumerate(community.people):
                team = people.team_number(community.code, number)
                known = None if team is None else people.teams(community.code)[team]
                serves = Serves(person, community.code, known, number)
                lived = _lived(serves, community)
                group.create_task(_in_turn(turns, service, serves, [*lived(serves, told)]))


def _lived(serves: Serves, community: Community) -> Lived:
    if serves.person == VETERAN:
        return hours.veteran
    if community.code == OLDEST and serves.number in (1, 3, 5) and serves.team is not None:
        return hours.decades
    return hours.year


async def _in_turn(
    turns: asyncio.Semaphore, service: Volunteers, serves: Serves, commands: list[AccountCommand]
) -> None:
    async with turns:
        stream = account_of(serves.person)
        await tell_all(service, f"hours {serves.person}", account, stream, commands)
