"""The sample district into the log. Loading it again adds nothing: what is told has an id of its
own, and so loading that was cut off goes on where it stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from itertools import islice
from time import monotonic, process_time
from typing import TypeVar
from uuid import UUID

import structlog

from services.territory.access import ACCESS
from services.territory.sample import residents
from services.territory.sample.clerk import CLERK
from services.territory.sample.drawing import BEGAN
from services.territory.sample.estates import DISTRICT
from services.territory.sample.families import family
from services.territory.sample.homes import Home
from services.territory.sample.telling import Telling, submission
from services.territory.service import Territory
from shared.core.messages import Command
from shared.core.sample import Sample, Unsuited
from shared.runtime.commands.guarding import guarded
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Submission

ASKED = 200  # so many ids are looked up together; an answer names all that came of it
AT_ONCE = 128  # so many are under way: enough that one group is decided while another is appended
BUILDINGS_AT_ONCE = 8  # of each of them, some hundred people are told together
FIRST = "map 0"  # the first thing that is told

log = structlog.get_logger()

T = TypeVar("T")


class Loading:
    """One load under way."""

    def __init__(self, service: Territory, sample: Sample) -> None:
        self._service = service
        self._sample = sample
        self._guard = guarded(ACCESS, service.map.within)

    async def suited(self) -> None:
        """Raises Unsuited for a map of another district, or one that holds anything else already;
        StandsStill without a worker."""
        await self.seen()
        atlas = self._service.map.atlas
        if atlas.district != DISTRICT:
            raise Unsuited(f"the sample is of the district {DISTRICT}, not of {atlas.district}")
        if len(atlas.territories) > 1 and not await self.known(FIRST):
            raise Unsuited(
                "the map holds something else already: a district of your own, or a sample of "
                "another seed or scale; take another home for this one"
            )

    async def seen(self) -> None:
        """Return when the map shows all that was told. Raises StandsStill without a worker."""
        await self._service.map.follow(await self._service.head())

    async def known(self, name: str) -> bool:
        """Whether this was told before."""
        return bool(await self._service.executor.answers([self._id(name)]))

    async def note(self, name: str) -> None:
        """Let this be known from now on; no event comes of it."""
        nothing = Command(at=BEGAN, actor=CLERK)
        submission = Submission(self._identity(self._id(name)), nothing, (), lambda _: ())
        await self._service.executor.execute(submission)

    async def tell(self, part: str, tellings: Iterable[Telling]) -> None:
        """Tell those that are not known, in any order."""

        async def as_it_is(telling: Telling) -> Telling:
            return telling

        await self._run(part, AT_ONCE, {self._id(one.name): one for one in tellings}, as_it_is)

    async def settle(self, part: str, buildings: Iterable[Sequence[Home]]) -> None:
        """Put on the register who lives in these buildings, where that is not known."""
        by_id = {self._id(residents.name_of(homes)): homes for homes in buildings}
        await self._run(part, BUILDINGS_AT_ONCE, by_id, self._sealed)

    async def _sealed(self, homes: Sequence[Home]) -> Telling:
        families = [family(home, self._sample.seed) for home in homes]
        people = [person for one in families for person in one.people]
        personal = {person.id: residents.personal(person) for person in people}
        return residents.telling(families, await self._service.sealer.seal_all(personal))

    async def _run(
        self,
        part: str,
        at_once: int,
        by_id: Mapping[UUID, T],
        telling_of: Callable[[T], Awaitable[Telling]],
    ) -> None:
        began, spent = monotonic(), process_time()
        fresh = await self._fresh(by_id)
        waiting = iter(fresh)

        async def work() -> None:
            for command_id, it in waiting:
                await self._execute(command_id, await telling_of(it))

        await _all(work() for _ in fresh[:at_once])
        seconds, cpu = round(monotonic() - began, 2), round(process_time() - spent, 2)
        log.info("sample.told", part=part, told=len(fresh), seconds=seconds, cpu=cpu)

    async def _fresh(self, by_id: Mapping[UUID, T]) -> list[tuple[UUID, T]]:
        known: set[UUID] = set()
        for start in range(0, len(by_id), ASKED):
            asked = [*islice(by_id, start, start + ASKED)]
            known |= (await self._service.executor.answers(asked)).keys()
        return [(command_id, it) for command_id, it in by_id.items() if command_id not in known]

    async def _execute(self, command_id: UUID, telling: Telling) -> None:
        asked = submission(telling, self._identity(command_id), self._guard)
        await self._service.executor.execute(asked)

    def _identity(self, command_id: UUID) -> Identity:
        return Identity(command_id, self._service.fingerprints.of(command_id.bytes))

    def _id(self, name: str) -> UUID:
        return derived("sample", self._sample.name, name)


async def _all(works: Iterable[Coroutine[None, None, None]]) -> None:
    """Do these at once; the first fault ends all of them, and is raised."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
