"""Following another service's log: what its topic brings, and from its feed what that lacks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from uuid import UUID

import structlog

from shared.contracts.sent import EPOCH
from shared.contracts.source import Source
from shared.core.chain import Gap, Stretch
from shared.core.interest import Interest
from shared.ops import metrics
from shared.ops.undisturbed import undisturbed
from shared.runtime.following import arriving
from shared.runtime.following.feed_client import FeedClient, FeedUnavailable
from shared.runtime.projections.applying import Entry
from shared.store import cursors, parked
from shared.store.cursors import Reading
from shared.store.pool import Pool
from shared.store.slices import Slice

# Whoever is far behind applies so many events at a time: the rows they are about are written once.
FAR = 10_000

log = structlog.get_logger()


class Follower(ABC):
    """One subscription of this service to another one's contracts, with cursors of its own; those
    that it has no interest in are not decoded for it."""

    interest: Interest

    def __init__(
        self, pool: Pool, name: str, source: Source, feed: FeedClient, partitions: int
    ) -> None:
        self.name = name
        self.reading = Reading(name, source.log, EPOCH, source.topic)
        self._pool = pool
        self._source = source
        self._feed = feed
        self._partitions = partitions

    @abstractmethod
    async def prepare(self) -> None:
        """Make what does not exist yet: tables, cursors."""

    @abstractmethod
    async def apply(self, stretches: Sequence[Stretch[Entry]]) -> list[Gap]:
        """Take what is due of these and move the cursors; what is missing before the rest."""

    async def catch_up(self) -> None:
        """Take everything the feed has now. Raises FeedUnavailable."""
        async with self._pool.acquire(timeout=10) as connection:
            places = await cursors.places(connection, self.reading)
        after = min(place.position for place in places.values())
        waiting: list[Stretch[Entry]] = []
        try:
            async with aclosing(self.pieces(after)) as pieces:
                with undisturbed():
                    async for stretches in pieces:
                        waiting += stretches
                        if sum(len(stretch.events) for stretch in waiting) >= FAR:
                            await self.apply(waiting)
                            waiting = []
        except FeedUnavailable:
            await self.apply(waiting)  # what it gave until then is good
            raise
        await self.apply(waiting)

    async def pieces(
        self, after: int, until: int | None = None
    ) -> AsyncGenerator[list[Stretch[Entry]], None]:
        """The whole feed past `after`, piece by piece, one stretch for every partition each.

        Raises FeedUnavailable.
        """
        async with aclosing(self._feed.read(after, until)) as pieces:
            async for piece in pieces:
                yield arriving.of_whole(self._source, self._partitions, after, piece)
                after = piece.through

    async def take(self, stretches: Sequence[Stretch[Entry]]) -> None:
        """Take what is due of these, and close the gaps they show.

        Raises FeedUnavailable when one cannot be closed: what stands behind it is not taken, the
        other partitions are. What begins past the end of the log is not of it, and is dropped.
        """
        while gaps := await self.apply(stretches):
            for gap in gaps:
                end = await self._close(gap)
                if end < gap.until:
                    log.error("stretch.beyond_the_log", subscription=self.name, log_ends=end)
                    stretches = [one for one in stretches if not _beyond(one, gap.partition, end)]

    async def note_garbled(self, records: Sequence[tuple[bytes, str]]) -> None:
        """Keep note of records (SHA-256 and reason) whose envelope cannot be read."""
        async with self._pool.acquire(timeout=10) as connection:
            await parked.note_garbled(connection, self.name, self._source.topic, records)

    async def stream(self, stream_id: UUID) -> Mapping[int, Entry]:
        """All events of a stream that the feed has, by position. Raises FeedUnavailable."""
        entries: dict[int, Entry] = {}
        async with aclosing(self._feed.read(0, part=Slice(stream_id=stream_id))) as pieces:
            async for piece in pieces:
                known = (arriving.entry_of(self._source, sent) for sent in piece.sent)
                entries |= {entry.position: entry for entry in known if entry is not None}
        return entries

    async def _close(self, gap: Gap) -> int:
        """Take what is missing; how far the feed reached."""
        log.info("gap.found", subscription=self.name, **gap._asdict())
        part, after = Slice((gap.partition, self._partitions)), gap.after
        async with aclosing(self._feed.read(gap.after, gap.until, part)) as pieces:
            async for piece in pieces:
                missing = arriving.of_partition(self._source, gap.partition, after, piece)
                await self.apply([missing])
                after = piece.through
        metrics.GAPS.labels(self.name).inc()
        return after


def _beyond(stretch: Stretch[Entry], partition: int, end: int) -> bool:
    return stretch.partition == partition and stretch.after > end
