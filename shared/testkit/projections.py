"""Read models as their users would tell them, events in and rows out, and what each one keeps
whatever happens on the way: pages of any size, repeats, any order between streams, a rebuild."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from shared.core.catalogue import Catalogue
from shared.core.envelope import Recorded
from shared.core.messages import Event
from shared.core.projection import TallyKey
from shared.store import read
from shared.store.pool import Pool
from shared.testkit import contents
from shared.testkit.contents import Contents, Model
from shared.testkit.deliveries import Topic
from shared.testkit.lives import Followed, OwnLog

# Pages of one event and of many, in turns; and all at once.
SIZES: Sequence[Sequence[int]] = ((1, 2, 7, 60), (1_000,))
DAYS = 3
WHOLE = 1_000_000


@dataclass(frozen=True)
class Then:
    """What a read model makes of a history."""

    held: Contents

    def rows(self, *expected: Any) -> None:
        """Exactly these rows are there, compared whole, in any order."""
        assert sorted(self.held.rows.values(), key=repr) == sorted(expected, key=repr)

    def counts(self, expected: Mapping[TallyKey, Mapping[str, int]]) -> None:
        """Exactly these sums are there; a line of nothing but 0 does not exist."""
        assert self.held.sums == expected


@dataclass(frozen=True)
class Told:
    """Specifications of one read model: `told = Told(model)`, then `told(*history).rows(…)`."""

    model: Model

    def __call__(self, *history: Recorded[Any]) -> Then:
        """These events happened, in this order."""
        return Then(contents.folded(self.model, history))


def history(log: str, *happened: tuple[UUID, Sequence[Event]]) -> list[Recorded[Any]]:
    """A log in which these events of these streams happened one after the other, each recorded
    when it occurred."""
    positions, versions = count(1), defaultdict[UUID, Iterator[int]](lambda: count(1))
    return [
        Recorded(
            log, position, stream_id, next(versions[stream_id]), event.type, event.schema_version,
            "d", "clerk", UUID(int=position), UUID(int=position), None, "live", event.at, event.at,
            event,
        )
        for stream_id, events in happened
        for event in events
        for position in [next(positions)]
    ]  # fmt: skip


async def holds(
    pool: Pool, model: Model, log: str, catalogue: Catalogue[Any], seed: int = 0
) -> None:
    """Every promise of a read model of the service's own log, for the events it holds now.

    Works on copies of the model that have tables of their own.
    """
    async with pool.acquire(timeout=10) as connection:
        rows = await read.page(connection, log, 0, WHOLE)
    past = [read.decode(catalogue, row) for row in rows]
    lives = OwnLog(pool, model, past, Random(seed), log, catalogue)
    for sizes in SIZES:
        await lives.in_pages(sizes)
    await lives.twice()
    await lives.shuffled()
    await lives.ended()


async def follows(pool: Pool, model: Model, topic: Topic, seed: int = 0, days: int = DAYS) -> None:
    """Every promise of a read model of another service's contracts, for all that `topic` holds.

    Works on copies of the model that have tables of their own.
    """
    lives = Followed(pool, model, topic.history(), Random(seed), topic)
    for sizes in SIZES:
        await lives.in_batches(sizes)
    await lives.from_the_feed()
    for day in range(days):
        await lives.through_bad_days(day)
    await lives.shuffled()
    await lives.ended()
