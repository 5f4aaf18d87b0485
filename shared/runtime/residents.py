"""The residents of the sample district, by the ids that its register gave them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from shared.contracts.known_residents import known_residents
from shared.contracts.territory import TERRITORY
from shared.core.derived import derived
from shared.core.sample import Sample
from shared.runtime.projections.watermarks import Watermarks
from shared.store.pool import Pool
from shared.store.residents import known

QUIET = 1.5  # seconds without a new resident: all are there

Head = Callable[[], Awaitable[int]]


def grown_up(sample: Sample, building: str, door: str) -> UUID:
    """The first grown-up behind this door."""
    return derived("sample-resident", str(sample.seed), building, door, "0")


async def here(pool: Pool, wanted: Sequence[UUID], head: Head) -> set[UUID]:
    """Those of them that live here, when no more of them come; `head` is the last position of the
    territory service. Raises StandsStill without a worker."""
    marks, seen, last = Watermarks(pool, TERRITORY.log), set[UUID](), -1
    while len(seen) < len(wanted):
        position = await head()
        if position == last:
            break
        last = position
        await marks.follow([known_residents.name], position)
        seen = await known(pool, wanted)
        await asyncio.sleep(QUIET if len(seen) < len(wanted) else 0)
    return seen
