"""The rows of a read model that is built anew: folded in memory, written when memory is full.

Rows that are spoken of again after they were written are loaded again, so the events of a stream
may lie as far apart in the log as they like.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shared.core.envelope import Recorded
from shared.runtime.projections import applying, folding
from shared.runtime.projections.applying import Entry, Unreadable
from shared.runtime.projections.folding import Model, Sums
from shared.store import tables, tallies
from shared.store.parked import Waiting
from shared.store.pool import Connection
from shared.store.purging import purge

# Rows in memory: some 100 MB of wide ones.
HELD = 50_000
# So many events are folded before others have their turn: a few milliseconds.
TURN = 500


class Parking:
    """What a build cannot take, and what stands behind it on the same stream."""

    def __init__(self) -> None:
        self.waiting: list[Waiting] = []
        self.streams: set[UUID] = set()

    def sort_out(self, entries: Sequence[Entry]) -> tuple[list[Recorded[Any]], list[Entry]]:
        """Those of them that can be folded, and those that have to be parked once these are."""
        blocked, ready, waiting = set[UUID](), list[Recorded[Any]](), list[Entry]()
        for entry in entries:
            known = entry.stream_id in self.streams or entry.stream_id in blocked
            if known or isinstance(entry, Unreadable):
                blocked.add(entry.stream_id)
                waiting.append(entry)
            else:
                ready.append(entry)
        return ready, waiting

    def park(self, entry: Entry, fault: Exception | None = None) -> None:
        """Park this event: for its fault, for what made it unreadable, or behind another."""
        reason = applying.BEHIND
        if entry.stream_id not in self.streams:
            told = entry.reason if isinstance(entry, Unreadable) else ""
            reason = applying.reason_of(fault) if fault else told
        self.streams.add(entry.stream_id)
        self.waiting.append(Waiting(entry.stream_id, entry.position, entry.type, reason))


class Gathering:
    """Folds events, in the order of the log, into rows for the model's empty tables in `schema`;
    rows are written when more than `held`, or HELD, are in memory.

    The tables are bare: made by `tables.create_bare`, and filled by nobody else.
    """

    def __init__(
        self,
        connection: Connection,
        model: Model,
        schema: str,
        parking: Parking,
        held: int | None = None,
    ) -> None:
        self._connection = connection
        self._model = model
        self._schema = schema
        self._parking = parking
        self._held = HELD if held is None else held
        self._rows: dict[UUID, Any] = {}
        self._before: dict[UUID, Any] = {}
        self._sums: Sums = defaultdict(lambda: defaultdict(int))
        self._filled = False
        self._erased: set[UUID] = set()

    async def take(self, entries: Sequence[Entry]) -> None:
        """Fold these; what an event is to blame for parks it."""
        if self._filled:
            await self._load(entries)
        for start in range(0, len(entries), TURN):
            self._fold(entries[start : start + TURN])
            await asyncio.sleep(0)
        self._erased |= folding.erased(entries)
        if len(self._rows) > self._held:
            await self._spill()

    async def finish(self) -> None:
        """Write what is held, and make keys, indexes and the tally."""
        if self._rows or not self._filled:
            await self._spill()
        await purge(self._connection, self._model, self._erased, self._schema)
        await tables.finish(self._connection, self._model, self._schema)
        if self._model.tally is not None:
            await tallies.add(self._connection, self._model.tally, self._sums, self._schema)

    def _fold(self, entries: Sequence[Entry]) -> None:
        key_of, fold, rows, parked = (
            self._model.key, self._model.fold, self._rows, self._parking.streams,
        )  # fmt: skip
        interest = self._model.interest
        for entry in entries:
            if entry.stream_id in parked or isinstance(entry, Unreadable):
                self._parking.park(entry)
                continue
            try:
                key = key_of(entry) if interest[type(entry.event)] else None
                if key is not None:
                    rows[key] = fold(rows.get(key), entry)
            except Exception as fault:
                if not applying.poisonous(fault):
                    raise
                self._parking.park(entry, fault)

    async def _load(self, entries: Sequence[Entry]) -> None:
        """Rows of this page that were written before."""
        missing = {key for one in entries if (key := self._key(one)) is not None}
        missing -= self._rows.keys()
        found = await tables.prior(self._connection, self._model, missing, self._schema)
        self._before |= found
        self._rows |= found

    def _key(self, entry: Entry) -> UUID | None:
        try:
            return None if isinstance(entry, Unreadable) else self._model.row_of(entry)
        except Exception:
            return None  # asked again, and judged, when it is folded

    async def _spill(self) -> None:
        connection, model, schema = self._connection, self._model, self._schema
        changes = folding.changed(self._before, self._rows)
        if model.tally is not None:
            folding.difference(model.tally, self._before, changes, self._sums)
        if self._filled:
            await tables.write(connection, model, changes, schema, self._before)
        else:
            await tables.fill(connection, model, list(changes.values()), schema)
        self._filled = True
        self._rows, self._before = {}, {}
