"""The log as an outbox: pages of messages past a cursor, chained partition by partition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shared.contracts.partitions import partition_of
from shared.contracts.sent import Life, Message, Sent
from shared.core.births import FIRST
from shared.core.chain import Place
from shared.runtime.projections import applying
from shared.runtime.publishing.publication import Publication
from shared.store import cursors, epochs, parked, read, slices
from shared.store.cursors import Reading, Watermark
from shared.store.parked import Waiting
from shared.store.pool import Connection, Pool
from shared.store.slices import Slice

CURSOR, SENT = "relay", "relay-sent"
PAGE = 1_000  # larger ones leave the processor's caches, and cost a fifth more an event
# What is larger is not sent: the chain shows the gap, and the feed has no such limit.
VALUE_LIMIT = 512 * 1024
LAST = 2**63 - 1
LIGHTLY = "set local synchronous_commit = off"

Outgoing = tuple[int, Message]


class Page(NamedTuple):
    """What is to be sent of the log past `since` up to `until`, and where that leads.

    `before` holds the last position sent to each partition so far, `moved` those that change.
    """

    since: Watermark
    until: Watermark
    outgoing: list[Outgoing]
    failed: list[Waiting]
    before: Mapping[int, Place]
    moved: Mapping[int, Place]

    @property
    def full(self) -> bool:
        """Whether more may stand behind it already; a log has no holes."""
        return self.until.position - self.since.position >= PAGE

    @property
    def done(self) -> Page:
        """The empty page where this one ends."""
        return Page(self.until, self.until, [], [], self.after, {})

    @property
    def after(self) -> dict[int, Place]:
        """The last position sent to each partition once this page is."""
        return {**self.before, **self.moved}


class Outbox:
    """Reads what is to be published, and remembers what was."""

    def __init__(self, pool: Pool, publication: Publication, partitions: int) -> None:
        source = publication.source
        self._pool = pool
        self._publication = publication
        self._partitions = partitions
        self._topic = source.topic
        self.life = Life(source.log, FIRST)

    @property
    def log(self) -> str:
        """The name of the log."""
        return self.life.log

    async def first(self) -> Page:
        """The page where the last relay stopped, in the epoch that the log is in now.

        A topic that is new begins there too, and so does an epoch: its first messages say that what
        came before them was not sent to it.
        """
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            self.life = Life(self.log, (await epochs.begin(connection, self.log)).number)
            await cursors.begin(connection, [CURSOR], self.log)
            since = (await cursors.read(connection, [CURSOR], self.log))[CURSOR]
            await cursors.begin_partitions(
                connection, self._reading, self._partitions, since.position
            )
            before = await cursors.places(connection, self._reading)
        return await self.read(since, before)

    async def read(self, since: Watermark, before: Mapping[int, Place]) -> Page:
        """The next page; an empty one ends where it begins."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await read.quick_page(connection, self.log, since.position, PAGE)
        if not rows:
            return Page(since, since, [], [], before, {})
        reached = datetime.fromisoformat(rows[-1]["recorded_at"])
        until = Watermark(rows[-1]["position"], reached)
        sent, failed = await self._publication.of_page(rows)
        outgoing, moved = chained(self.life, self._partitions, sent, before)
        return Page(since, until, outgoing, failed, before, moved)

    async def move(self, connection: Connection, page: Page) -> None:
        """The page was sent. Raises CursorMoved when another relay has sent it too.

        The commit does not wait for the disk: what a crash undoes is sent again.
        """
        await connection.execute(LIGHTLY)
        steps = (page.since.position, page.until)
        await cursors.move(connection, [CURSOR], self.log, steps)
        await cursors.advance(connection, self._reading, page.before, page.moved)
        await applying.park(connection, CURSOR, self.log, page.failed)

    @property
    def _reading(self) -> Reading:
        return Reading(SENT, *self.life, self._topic)

    async def replay(self, stream_id: UUID) -> int:
        """Try again what could not be published of a stream; how many of its events still wait.

        Its readers have parked it too, and find it in the feed when they replay it.
        """
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            lines = [one.position for one in await parked.of(connection, CURSOR, stream_id)]
            part = Slice(stream_id=stream_id)
            rows = await slices.page(connection, self.log, (0, LAST), LAST, part)
            failed = {one.position for one in self._publication.of(rows).failed}
            mended = [position for position in lines if position not in failed]
            await parked.drop(connection, CURSOR, self.log, stream_id, mended)
        return len(lines) - len(mended)


def chained(
    life: Life, partitions: int, sent: Sequence[Sent], before: Mapping[int, Place]
) -> tuple[list[Outgoing], dict[int, Place]]:
    """The messages of these contracts, each naming the one before it in its partition, and the
    last position of the partitions that get any."""
    outgoing: list[Outgoing] = []
    previous = {number: place.position for number, place in before.items()}
    last: dict[int, Sent] = {}
    for one in sent:
        number = partition_of(one.stream_id, partitions)
        if len(one.payload) <= VALUE_LIMIT:
            message = Message(*life, one.position, previous[number], one.recorded_at, one)
            outgoing.append((number, message))
        previous[number], last[number] = one.position, one
    return outgoing, {number: Place(one.position, one.recorded_at) for number, one in last.items()}


def beats(life: Life, head: int, at: datetime, before: Mapping[int, Place]) -> list[Outgoing]:
    """A heartbeat for every partition: all up to `head` has been sent, the last of it `before`."""
    return [
        (number, Message(*life, head, place.position, at, None)) for number, place in before.items()
    ]
