"""Contracts of one log on their way to a reader, on days when everything goes wrong on that way.

All of it is drawn from the `Random` that is given: the same seed, the same bad days.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from random import Random
from typing import Any, Protocol

from shared.contracts.partitions import partition_of
from shared.contracts.sent import Life, Sent
from shared.contracts.source import Source
from shared.core.births import FIRST
from shared.core.chain import Place, Stretch
from shared.core.envelope import Recorded
from shared.runtime.following import arriving
from shared.runtime.following.feed_client import WHOLE, FeedClient, FeedUnavailable, Piece
from shared.runtime.projections.applying import Entry
from shared.runtime.publishing import outbox
from shared.runtime.publishing.publication import Publication
from shared.store import read
from shared.store.pool import Connection
from shared.store.slices import Slice

Batch = list[Stretch[Entry]]
TRIES = 1_000
WHOLE_LOG = 1_000_000
BACK = 3  # so often does a reader fall back to an older offset of a partition


class Telling(Protocol):
    """Contracts in order, which may become more; the log they are of ends at `head`."""

    @property
    def sent(self) -> Sequence[Sent]: ...
    @property
    def head(self) -> int: ...


@dataclass(frozen=True)
class Topic:
    """What one log has told others: its contracts in order; it ends at `head`."""

    source: Source
    sent: Sequence[Sent]
    head: int
    partitions: int = 4

    @property
    def life(self) -> Life:
        """The log, in its first life."""
        return Life(self.source.log, FIRST)

    def history(self) -> list[Recorded[Any]]:
        """Its contracts as its readers have them: nothing else, and nothing they cannot read."""
        entries = [arriving.entry_of(self.source, one) for one in self.sent]
        recorded = [entry for entry in entries if isinstance(entry, Recorded)]
        assert recorded == entries, "these contracts cannot be read by the catalogue of the source"
        return recorded

    def lines(self, random: Random) -> list[Batch]:
        """What the relay sends to each partition, in its order, with heartbeats here and there."""
        before = {number: Place(0) for number in range(self.partitions)}
        lines: list[Batch] = [[] for _ in before]
        outgoing, _ = outbox.chained(self.life, self.partitions, self.sent, before)
        for number, message in outgoing:
            lines[number].append(arriving.of_message(self.source, number, message))
            before[number] = Place(message.position, message.at)
            if random.random() < 0.05:
                self._beat(lines, Place(message.position, message.at), before)
        self._beat(lines, Place(self.head, self.sent[-1].recorded_at), before)
        return lines

    def _beat(self, lines: list[Batch], head: Place, before: dict[int, Place]) -> None:
        assert head.at is not None
        for number, beat in outbox.beats(self.life, head.position, head.at, before):
            lines[number].append(arriving.of_message(self.source, number, beat))


async def published(connection: Connection, publication: Publication, partitions: int = 4) -> Topic:
    """What this log has told others by now."""
    rows = await read.quick_page(connection, publication.source.log, 0, WHOLE_LOG)
    return Topic(publication.source, publication.of(rows).sent, len(rows), partitions)


def in_order(topic: Topic, sizes: Sequence[int], random: Random) -> Iterator[Batch]:
    """The whole of it as it was sent, in batches of one of these sizes."""
    line = [one for part in topic.lines(Random(0)) for one in part]
    line.sort(key=attrgetter("until"))
    start = 0
    while start < len(line):
        size = random.choice(sizes)
        yield line[start : start + size]
        start += size


def bad_days(topic: Topic, random: Random) -> Iterator[Batch]:
    """Batches that are doubled, out of order within a partition and between them, from long ago,
    or missing; the last thing that each partition brings is its head."""
    lines = topic.lines(random)
    runs = [list(_runs(line, random)) for line in lines]
    while any(runs):
        batch: Batch = []
        for queue in random.sample(runs, k=random.randrange(1, len(runs) + 1)):
            batch += queue.pop(0) if queue else []
        yield batch
    yield [line[-1] for line in lines]
    if random.random() < 0.3:
        yield [one for line in lines for one in line]


def _runs(line: Batch, random: Random) -> Iterator[Batch]:
    place, back = 0, BACK
    while place < len(line):
        run = line[place : place + random.randrange(1, 9)]
        place += len(run)
        arrived = [one for one in run if random.random() < 0.9]
        if random.random() < 0.2:
            random.shuffle(arrived)
        yield from [arrived] * random.choice((1, 1, 1, 2, 10))
        if back and random.random() < 0.15:
            place, back = random.randrange(place + 1), back - 1


class KeptFeed(FeedClient):
    """The feed of a history in memory: in pieces of any size, at times down or cut off, with the
    probability `trouble`."""

    def __init__(self, telling: Telling, random: Random, trouble: float = 0.0) -> None:
        self._telling = telling
        self._random = random
        self._trouble = trouble

    async def aclose(self) -> None:
        """There is nothing to let go of."""

    async def read(
        self,
        after: int,
        until: int | None = None,
        part: Slice = WHOLE,
        *,
        epoch: int | None = None,
    ) -> AsyncGenerator[Piece, None]:
        """As the real one, of a log in its first epoch. Raises FeedUnavailable."""
        await self.go_on()
        through = self._telling.head if until is None else min(self._telling.head, until)
        sent = self._of(after, through, part)
        while len(sent) > (size := self._random.randrange(1, 20)):
            yield Piece(sent[:size], sent[size - 1].position)
            await self.go_on()
            sent = sent[size:]
        yield Piece(sent, through, self.complete(through))

    async def go_on(self) -> None:
        """Before each piece. Raises FeedUnavailable when the line breaks."""
        if self._random.random() < self._trouble:
            raise FeedUnavailable("the line is bad today")

    def complete(self, through: int) -> datetime | None:
        """The time up to which the log ends there; None where only the events tell."""
        return None

    def _of(self, after: int, through: int, part: Slice) -> list[Sent]:
        place = attrgetter("position")
        first = bisect_right(self._telling.sent, after, key=place)
        sent = self._telling.sent[first : bisect_right(self._telling.sent, through, key=place)]
        if part.stream_id is not None:
            return [one for one in sent if one.stream_id == part.stream_id]
        if part.partition is not None:
            number, partitions = part.partition
            return [one for one in sent if partition_of(one.stream_id, partitions) == number]
        return list(sent)


async def insist(step: Callable[[], Awaitable[None]]) -> None:
    """Take this step again and again until the feed holds out."""
    for _ in range(TRIES):
        try:
            return await step()
        except FeedUnavailable:
            continue
    raise AssertionError(f"the feed did not hold out in {TRIES} tries")
