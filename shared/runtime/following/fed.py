"""A read model of another service's log, as a rebuild needs to know it: the feed has its events."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from operator import attrgetter

from shared.runtime.following.feed_client import FeedUnavailable
from shared.runtime.following.follower import Follower
from shared.runtime.projections.applying import Entry
from shared.runtime.projections.folding import Model
from shared.runtime.projections.origins import Mark, Step
from shared.store import cursors
from shared.store.pool import Connection, Pool


@dataclass(frozen=True)
class Fed:
    """The model that `follower` keeps, in one epoch of the log; see Origin."""

    pool: Pool
    model: Model
    follower: Follower
    epoch: int

    @property
    def source(self) -> str:
        """See Origin."""
        return self.follower.reading.log

    async def live(self, connection: Connection, *, hold: bool = False) -> Mark:
        """See Origin. Raises FeedUnavailable once the model is in another epoch."""
        reading, places = await cursors.standing(connection, self.follower.reading, hold=hold)
        if reading.epoch != self.epoch:
            raise FeedUnavailable(f"{self.model.name} has gone on into epoch {reading.epoch}")
        return {number: place.position for number, place in places.items()}

    async def steps(self, after: Mark, until: Mark) -> AsyncGenerator[Step, None]:
        """See Origin. Raises FeedUnavailable."""
        if not until:  # nothing was ever read
            return
        mark = {number: after.get(number, 0) for number in until}
        told = self.follower.pieces(self.epoch, min(mark.values()), max(until.values()))
        async with aclosing(told) as pieces:
            async for stretches in pieces:
                entries: list[Entry] = []
                for one in stretches:
                    since, last = mark[one.partition], until[one.partition]
                    entries += (event for event in one.events if since < event.position <= last)
                    mark[one.partition] = max(since, min(one.until, last))
                yield Step(sorted(entries, key=attrgetter("position")), dict(mark))
