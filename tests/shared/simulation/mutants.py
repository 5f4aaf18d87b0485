"""Breakages of the chain, the outbox, the relay and their neighbours, each of which a simulation
has to find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple
from unittest.mock import patch

from shared.contracts.sent import Life, Sent
from shared.core import chain
from shared.core.chain import Due, Gap, Place, Stretch
from shared.runtime.following import arriving
from shared.runtime.following.consuming import Consumer
from shared.runtime.publishing import outbox
from shared.runtime.publishing.outbox import Outbox, Outgoing, Page
from shared.runtime.publishing.relay import Relay
from shared.store import cursors, quiet

Places = Mapping[int, Place]
Stretches = Iterable[Stretch[Any]]


class Mutant(NamedTuple):
    """`broken` stands in the place of `name` there."""

    place: Any
    name: str
    broken: Callable[..., Any]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Within, it is broken."""
        with patch.object(self.place, self.name, self.broken):
            yield

    def __str__(self) -> str:
        return self.broken.__name__


due, chained, beats = chain.due, outbox.chained, outbox.beats
send, beat, move, complete = Relay._send, Relay._beat, Outbox.move, quiet.complete
first, of_partition = Outbox.first, arriving.of_partition


def what_follows_at_once_is_a_gap(known: Places, stretches: Stretches) -> Due[Any]:
    """`>=` for `>`."""
    stretches = list(stretches)
    touching = [
        Gap(one.partition, one.after, one.until)
        for one in stretches
        if one.after >= (known.get(one.partition) or Place(0)).position > 0
    ]
    return Due([], {}, touching) if touching else due(known, stretches)


def a_gap_is_passed_over(known: Places, stretches: Stretches) -> Due[Any]:
    """What is missing before a stretch is not looked at."""
    return due(known, [one._replace(after=0) for one in stretches])


def a_repeat_is_taken_again(known: Places, stretches: Stretches) -> Due[Any]:
    """Of a stretch that reaches further than the place, all is taken."""
    stretches = list(stretches)
    made = due(known, stretches)
    again = [
        event
        for one in stretches
        for event in one.events
        if one.until > (known.get(one.partition) or Place(0)).position >= event.position
        and one.partition in made.places
    ]
    return made._replace(events=[*again, *made.events])


def the_place_moves_over_a_gap(known: Places, stretches: Stretches) -> Due[Any]:
    """The gap is reported, but the place is behind it already."""
    made = due(known, stretches)
    beyond = {gap.partition: Place(gap.until) for gap in made.gaps}
    return made._replace(places={**made.places, **beyond})


def each_stretch_begins_where_the_batch_did(known: Places, stretches: Stretches) -> Due[Any]:
    """What a batch has moved already is forgotten for its next stretch."""
    parts = [due(known, [one]) for one in stretches]
    moved: dict[int, Place] = {}
    for part in parts:
        moved |= part.places
    events = [event for part in parts for event in part.events]
    return Due(events, moved, [gap for part in parts for gap in part.gaps])


def a_page_does_not_know_the_one_before(
    life: Life, partitions: int, sent: Sequence[Sent], before: Places
) -> tuple[list[Outgoing], dict[int, Place]]:
    """`previous` is 0 for the first of each partition in a page, and after each restart."""
    return chained(life, partitions, sent, dict.fromkeys(before, Place(0)))


async def a_restart_begins_a_new_chain(self: Outbox) -> Page:
    """`previous` is 0 for the first of each partition that a new leader sends."""
    page = await first(self)
    sent = [one.sent for _, one in page.outgoing if one.sent is not None]
    none = dict.fromkeys(page.before, Place(0))
    return page._replace(outgoing=chained(self.life, len(none), sent, none)[0])


def within_a_page_the_chain_is_lost(
    life: Life, partitions: int, sent: Sequence[Sent], before: Places
) -> tuple[list[Outgoing], dict[int, Place]]:
    """`previous` is that of the page before, for all of the page."""
    outgoing, moved = chained(life, partitions, sent, before)
    flat = [(n, one._replace(previous=before[n].position)) for n, one in outgoing]
    return flat, moved


def the_chain_is_that_of_the_log(
    life: Life, partitions: int, sent: Sequence[Sent], before: Places
) -> tuple[list[Outgoing], dict[int, Place]]:
    """`previous` is the position before, whatever partition that went to."""
    outgoing, moved = chained(life, partitions, sent, before)
    return [(n, one._replace(previous=one.position - 1)) for n, one in outgoing], moved


def what_is_too_large_leaves_the_chain(
    life: Life, partitions: int, sent: Sequence[Sent], before: Places
) -> tuple[list[Outgoing], dict[int, Place]]:
    """What is not sent is not in the chain either."""
    kept = [one for one in sent if len(one.payload) <= outbox.VALUE_LIMIT]
    return chained(life, partitions, kept, before)


def streams_change_their_partition(
    life: Life, partitions: int, sent: Sequence[Sent], before: Places
) -> tuple[list[Outgoing], dict[int, Place]]:
    """Another relay has another idea of which partition a stream belongs to."""
    outgoing, moved = chained(life, partitions, sent, before)
    return [((n + 1) % partitions, one) for n, one in outgoing], moved


def a_heartbeat_forgets_the_last_message(
    life: Life, head: int, at: datetime, before: Places
) -> list[Outgoing]:
    """It says that nothing was sent before it."""
    return beats(life, head, at, dict.fromkeys(before, Place(0)))


async def a_heartbeat_runs_ahead(self: Relay, producer: Any, page: Page) -> None:
    """It tells of the page that is still to be sent."""
    await beat(self, producer, page._replace(since=page.until))


async def the_cursor_moves_before_the_answer(self: Relay, producer: Any, page: Page) -> Page:
    """The page is noted as sent, then sent."""
    async with self._pool.acquire(timeout=10) as connection, connection.transaction():
        await self._lease.keep(connection)
        await self._outbox.move(connection, page)
    await producer.send(page.outgoing)
    return await self._outbox.read(page.until, page.after)


async def what_was_sent_is_not_noted(self: Outbox, connection: Any, page: Page) -> None:
    """The cursor moves; the last positions of the partitions stay."""
    await move(self, connection, page._replace(moved={}))


async def quiet_though_someone_writes(connection: Any, log: str, position: int) -> Any:
    """The time is told without the log's lock."""
    log_ = connection.database.log
    return connection.database.weather.now() if log_.head == position else None


async def nobody_waits_for_the_other(
    self: Consumer, stretches: Sequence[Stretch[Any]], apply: Any
) -> list[Gap]:
    """Cursors are read without a lock, and put where they should go wherever they are by then."""
    async with self._pool.acquire(timeout=10) as connection, connection.transaction():
        made: Due[Any] = chain.due(await cursors.places(connection, self.reading), stretches)
        await apply(connection, self.model, self._source.log, made.events)
        now = await cursors.places(connection, self.reading)
        await cursors.advance(connection, self.reading, now, made.places)
    return made.gaps


def a_piece_of_the_feed_is_the_whole(source: Any, partition: int, after: int, piece: Any) -> Any:
    """A piece is taken for all that was asked for."""
    made = of_partition(source, partition, after, piece)
    return made._replace(until=made.until + 5)


MUTANTS = (
    Mutant(chain, "due", what_follows_at_once_is_a_gap),
    Mutant(chain, "due", a_gap_is_passed_over),
    Mutant(chain, "due", a_repeat_is_taken_again),
    Mutant(chain, "due", the_place_moves_over_a_gap),
    Mutant(chain, "due", each_stretch_begins_where_the_batch_did),
    Mutant(outbox, "chained", a_page_does_not_know_the_one_before),
    Mutant(Outbox, "first", a_restart_begins_a_new_chain),
    Mutant(outbox, "chained", within_a_page_the_chain_is_lost),
    Mutant(outbox, "chained", the_chain_is_that_of_the_log),
    Mutant(outbox, "chained", what_is_too_large_leaves_the_chain),
    Mutant(outbox, "chained", streams_change_their_partition),
    Mutant(outbox, "beats", a_heartbeat_forgets_the_last_message),
    Mutant(Relay, "_beat", a_heartbeat_runs_ahead),
    Mutant(Relay, "_send", the_cursor_moves_before_the_answer),
    Mutant(Outbox, "move", what_was_sent_is_not_noted),
    Mutant(quiet, "complete", quiet_though_someone_writes),
    Mutant(Consumer, "_apply", nobody_waits_for_the_other),
    Mutant(arriving, "of_partition", a_piece_of_the_feed_is_the_whole),
)
