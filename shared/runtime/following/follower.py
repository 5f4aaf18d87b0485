"""Following another service's log: what its topic brings, and from its feed what that lacks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import NamedTuple
from uuid import UUID

import structlog

from shared.contracts.source import Source
from shared.core.births import FIRST, Fork
from shared.core.chain import Gap, NewEpoch, Stretch
from shared.core.interest import Interest
from shared.ops import metrics
from shared.ops.undisturbed import undisturbed
from shared.runtime.following import arriving
from shared.runtime.following.feed_client import FeedClient, FeedUnavailable, OtherEpoch
from shared.runtime.projections.applying import Entry
from shared.store import crossings, cursors, parked
from shared.store.cursors import Reading
from shared.store.pool import Connection, Pool
from shared.store.slices import Slice

# Whoever is far behind applies so many events at a time: the rows they are about are written once.
FAR = 10_000

log = structlog.get_logger()


class Left(NamedTuple):
    """An epoch that is left for another: the reading in it, how far it had come, where to."""

    reading: Reading
    reached: int
    to: Fork


class Follower(ABC):
    """One subscription of this service to another one's contracts, with cursors of its own; those
    that it has no interest in are not decoded for it."""

    interest: Interest

    def __init__(
        self, pool: Pool, name: str, source: Source, feed: FeedClient, partitions: int
    ) -> None:
        self.name = name
        self.reading = Reading(name, source.log, FIRST, source.topic)
        self._pool = pool
        self._source = source
        self._feed = feed
        self._partitions = partitions

    @abstractmethod
    async def prepare(self) -> None:
        """Make what does not exist yet: tables, cursors."""

    @abstractmethod
    async def apply(self, stretches: Sequence[Stretch[Entry]]) -> list[Gap]:
        """Take what is due of these and move the cursors; what is missing before the rest.

        What an earlier epoch told is dropped. Raises NewEpoch where one of them is of a later one;
        then none is taken.
        """

    @abstractmethod
    async def go_back(self, connection: Connection, left: Left) -> None:
        """Answer for what was taken past the fork, which is lost: in the transaction, and under the
        cursors, that then go on in the other epoch."""

    async def catch_up(self) -> None:
        """Take everything the feed has now, in whatever epoch it is. Raises FeedUnavailable."""
        try:
            await self._catch_up()
        except OtherEpoch as other:
            await self.cross(other)
            await self._catch_up()

    async def _catch_up(self) -> None:
        async with self._pool.acquire(timeout=10) as connection:
            reading, places = await cursors.standing(connection, self.reading)
        after = min(place.position for place in places.values())
        waiting: list[Stretch[Entry]] = []
        try:
            async with aclosing(self.pieces(reading.epoch, after)) as pieces:
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
        self, epoch: int, after: int, until: int | None = None
    ) -> AsyncGenerator[list[Stretch[Entry]], None]:
        """The whole feed past `after`, piece by piece, one stretch for every partition each.

        Raises FeedUnavailable, and OtherEpoch where the log is not in this one.
        """
        async with aclosing(self._feed.read(after, until, epoch=epoch)) as pieces:
            async for piece in pieces:
                yield arriving.of_whole(self._source, self._partitions, after, piece)
                after = piece.through

    async def take(self, stretches: Sequence[Stretch[Entry]]) -> None:
        """Take what is due of these, and close the gaps they show; follow the log into another
        epoch where they are of one.

        Raises FeedUnavailable when one cannot be closed: what stands behind it is not taken, the
        other partitions are. What begins past the end of the log, or is of an epoch that its feed
        does not know, is not of it, and is dropped.
        """
        while True:
            try:
                gaps = await self.apply(stretches)
                if not gaps:
                    return
                stretches = await self._close_all(gaps, stretches)
            except NewEpoch as new:
                stretches = await self._follow(new, stretches)
            except OtherEpoch as other:
                await self.cross(other)

    async def _close_all(
        self, gaps: Sequence[Gap], stretches: Sequence[Stretch[Entry]]
    ) -> Sequence[Stretch[Entry]]:
        """Take what is missing; what is of the log of these stretches."""
        for gap in gaps:
            end = await self._close(gap)
            if end < gap.until:
                log.error("stretch.beyond_the_log", subscription=self.name, log_ends=end)
                stretches = [one for one in stretches if not _beyond(one, gap.partition, end)]
        return stretches

    async def _follow(
        self, new: NewEpoch, stretches: Sequence[Stretch[Entry]]
    ) -> Sequence[Stretch[Entry]]:
        """Go where the feed says that the log is; what can be of it then."""
        try:
            await self._feed.head(new.known)
        except OtherEpoch as other:
            await self.cross(other)
            return stretches
        log.error("stretch.beyond_the_log", subscription=self.name, epoch=new.known)
        return [one for one in stretches if one.epoch <= new.known]

    async def cross(self, other: OtherEpoch) -> None:
        """Go on in the epoch that the log is in, from its fork or from before it.

        Whoever was faster has done it. Raises OtherEpoch where that is an earlier one than is
        known, and what the feed raises; then everything stays as it is.
        """
        if other.to.epoch < other.known:
            raise other
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            reading, places = await cursors.standing(connection, self.reading, hold=True)
            if reading.epoch != other.known:
                return
            reached = max(place.position for place in places.values())
            await crossings.begin(connection)
            await self.go_back(connection, Left(reading, reached, other.to))
            await cursors.enter(connection, reading, other.to)
            await crossings.note(connection, reading, other.to, reached)
        told = {"log": self._source.log, "reached": reached, **other.to._asdict()}
        log.warning("epoch.entered", subscription=self.name, **told)

    async def note_garbled(self, records: Sequence[tuple[bytes, str]]) -> None:
        """Keep note of records (SHA-256 and reason) whose envelope cannot be read."""
        async with self._pool.acquire(timeout=10) as connection:
            await parked.note_garbled(connection, self.name, self._source.topic, records)

    async def stream(self, stream_id: UUID, epoch: int | None = None) -> Mapping[int, Entry]:
        """All events of a stream that the feed has, by position. Raises FeedUnavailable, and
        OtherEpoch where the log is not in this `epoch`."""
        entries: dict[int, Entry] = {}
        part = Slice(stream_id=stream_id)
        async with aclosing(self._feed.read(0, part=part, epoch=epoch)) as pieces:
            async for piece in pieces:
                known = (arriving.entry_of(self._source, sent) for sent in piece.sent)
                entries |= {entry.position: entry for entry in known if entry is not None}
        return entries

    async def _close(self, gap: Gap) -> int:
        """Take what is missing; how far the feed reached."""
        log.info("gap.found", subscription=self.name, **gap._asdict())
        part, after = Slice((gap.partition, self._partitions)), gap.after
        told = self._feed.read(gap.after, gap.until, part, epoch=gap.epoch)
        async with aclosing(told) as pieces:
            async for piece in pieces:
                missing = arriving.of_partition(self._source, gap.partition, after, piece)
                await self.apply([missing])
                after = piece.through
        metrics.GAPS.labels(self.name).inc()
        return after


def _beyond(stretch: Stretch[Entry], partition: int, end: int) -> bool:
    return stretch.partition == partition and stretch.after > end
