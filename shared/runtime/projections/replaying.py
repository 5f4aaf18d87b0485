"""A read model built once more from its events, in temporary tables beside the live ones.

Page by page of any size, with the streams shuffled against each other, and in shares that several
processes build: whatever way it is built, it holds what the live one holds at the same place.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from shared.core.envelope import Recorded
from shared.runtime.projections import digesting
from shared.runtime.projections.applying import Entry
from shared.runtime.projections.building import KnownBuilder
from shared.runtime.projections.digesting import Part
from shared.runtime.projections.folding import Model
from shared.runtime.projections.origins import Mark, Origin
from shared.runtime.projections.paging import Page
from shared.store import past
from shared.store.cursors import Watermark
from shared.store.pool import Connection

# So many events are shuffled at a time: some 50 MB.
MIXED = 20_000


class How(NamedTuple):
    """How to build: so many events a page, with this seed for the shuffle, and this share of the
    rows, by its number, of how many."""

    page: int
    seed: int | None = None
    share: tuple[int, int] = (0, 1)


async def replayed(origin: Origin, until: Mark, how: How) -> Part:
    """What this model's events up to there come to. Raises what the origin raises."""
    told, model = _Told(origin, until, how), _shared(origin.model, *how.share)
    builder = KnownBuilder(origin.pool, told, held=0)
    async with builder.known(model, None) as (connection, mark):
        return await digesting.part(connection, model, past.TEMPORARY, mark.parked)


def _shared(model: Model, number: int, of: int) -> Model:
    """The model with one share of its rows.

    Every share is told of all events, so it does not matter of how many streams a row is, and an
    erasure reaches all. What is keyed by its stream, or by an event of it, has keys that begin
    alike but for the version of the id, so a stream with something to park is in one share.
    """
    key_of = model.key

    def key(recorded: Recorded[Any]) -> UUID | None:
        found = key_of(recorded)
        mine = found is not None and (found.int >> 64 & 0xFFF) % of == number
        return found if mine else None

    return model if of == 1 else replace(model, key=key)


@dataclass(frozen=True)
class _Told:
    """The events of a model in the order and the pages of a replay; see Past."""

    origin: Origin
    until: Mark
    how: How

    async def pages(self, connection: Connection, _: object) -> AsyncGenerator[Page, None]:
        """The same each time. They are read elsewhere, and may say nothing for long."""
        await past.wait(connection)
        mark, size = Watermark(max(self.until.values(), default=0), None), self.how.page
        ready: list[Entry] = []
        async with aclosing(self._ordered()) as ordered:
            async for entries in ordered:
                ready += entries
                while len(ready) >= size:
                    yield Page(ready[:size], mark)
                    ready = ready[size:]
        if ready:
            yield Page(ready, mark)

    async def _ordered(self) -> AsyncGenerator[Sequence[Entry], None]:
        seed = self.how.seed
        mixing = None if seed is None else _Mixing(Random(seed))
        async with aclosing(self.origin.steps({}, self.until)) as steps:
            async for step in steps:
                yield step.entries if mixing is None else mixing.take(step.entries)
        while mixing is not None and (rest := mixing.rest()):
            yield rest


class _Mixing:
    """Events in an order that only their streams keep."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._streams: defaultdict[UUID, deque[Entry]] = defaultdict(deque)
        self._turns: list[UUID] = []

    def take(self, entries: Sequence[Entry]) -> list[Entry]:
        """Events that come out as these go in."""
        for entry in entries:
            self._streams[entry.stream_id].append(entry)
            self._turns.append(entry.stream_id)
        return [self._drawn() for _ in range(len(self._turns) - MIXED)]

    def rest(self) -> list[Entry]:
        """What is still in, a part at a time."""
        return [self._drawn() for _ in range(min(len(self._turns), 1_000))]

    def _drawn(self) -> Entry:
        turns, place = self._turns, self._random.randrange(len(self._turns))
        turns[place], turns[-1] = turns[-1], turns[place]
        stream_id = turns.pop()
        waiting = self._streams[stream_id]
        entry = waiting.popleft()
        if not waiting:
            del self._streams[stream_id]
        return entry
