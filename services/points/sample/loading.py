"""The sample's points into the log. Loading them again adds nothing: each step is a command with an
id of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from services.points.account.decider import account
from services.points.account.stream import account_of
from services.points.sample import claims, deeds, honours, market, people
from services.points.sample.deeds import Told
from services.points.sample.people import KNOWN, LARGEST, Community
from services.points.service import PointsService
from shared.core.sample import Sample
from shared.runtime.residents import Head
from shared.runtime.telling import tell_in_turn

AT_ONCE = 32


async def load(service: PointsService, sample: Sample, head: Head) -> None:
    """Load what is not there yet, counted back from now; `head` is the last position of the
    territory service. Raises StandsStill without a worker."""
    communities = await people.earning(service, sample, head)
    rules = await service.rules(LARGEST)
    told = Told(rules, datetime.now(UTC), service.map.atlas.district, sample.seed)
    await _deeds(service, communities, told)
    await market.load(service, communities, told)
    await claims.load(service, communities, told)
    await honours.load(service, communities, told)


async def _deeds(service: PointsService, communities: Sequence[Community], told: Told) -> None:
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(person: UUID, community: str) -> None:
        async with turns:
            commands = deeds.lived(person, community, told, busy=person in KNOWN)
            stream = account_of("person", person)
            await tell_in_turn(service, f"points {person}", account, stream, commands)

    async with asyncio.TaskGroup() as group:
        for community in communities:
            for person in community.people:
                group.create_task(one(person, community.code))
